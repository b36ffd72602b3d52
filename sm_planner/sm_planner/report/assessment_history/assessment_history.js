frappe.query_reports["Assessment History"] = sm_planner.about_plan([
  {
    fieldname: "framework",
    label: __("Framework"),
    fieldtype: "Data",
  },
]);
