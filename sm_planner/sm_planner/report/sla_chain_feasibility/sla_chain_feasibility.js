frappe.query_reports["SLA Chain Feasibility"] = sm_planner.about_plan([
  {
    fieldname: "agreement",
    label: __("SLA"),
    fieldtype: "Link",
    options: "SM Agreement",
  },
  {
    fieldname: "service",
    label: __("Service"),
    fieldtype: "Link",
    options: "SM Service",
  },
  {
    fieldname: "verdict",
    label: __("Verdict"),
    fieldtype: "Select",
    options: ["", "Infeasible", "Unknown", "Feasible"],
  },
]);
