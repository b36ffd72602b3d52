frappe.query_reports["Reports to People"] = sm_planner.about_plan([
  {
    fieldname: "owner",
    label: __("Owner"),
    fieldtype: "Link",
    options: "SM Person",
  },
]);
