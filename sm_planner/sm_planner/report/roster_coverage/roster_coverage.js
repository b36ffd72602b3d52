frappe.query_reports["Roster Coverage"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Service Hours", "After Hours", "Teams", "Two Shifts at Once"],
  },
]);
