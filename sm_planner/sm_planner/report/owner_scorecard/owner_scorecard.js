frappe.query_reports["Owner Scorecard"] = sm_planner.about_plan([
  {
    fieldname: "owner",
    label: __("Owner"),
    fieldtype: "Link",
    options: "SM Person",
  },
]);
