frappe.query_reports["Breaches and Credits"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "SLA", "OLA", "UC"],
  },
]);
