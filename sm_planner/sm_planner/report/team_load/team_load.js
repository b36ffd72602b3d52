frappe.query_reports["Team Load"] = sm_planner.about_plan([
  {
    fieldname: "team",
    label: __("Team"),
    fieldtype: "Link",
    options: "SM Team",
  },
]);
