frappe.query_reports["Agreement Terms"] = sm_planner.about_plan([
  {
    fieldname: "agreement",
    label: __("Agreement"),
    fieldtype: "Link",
    options: "SM Agreement",
  },
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "SLA", "OLA", "UC"],
  },
  {
    fieldname: "taken_over_only",
    label: __("Only what is taken over"),
    fieldtype: "Check",
  },
]);
