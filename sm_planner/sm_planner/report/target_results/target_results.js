frappe.query_reports["Target Results"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "SLA", "OLA", "UC"],
  },
]);
