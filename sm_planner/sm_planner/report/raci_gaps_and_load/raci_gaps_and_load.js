frappe.query_reports["RACI Gaps and Load"] = sm_planner.about_plan([
  {
    fieldname: "about",
    label: __("About"),
    fieldtype: "Select",
    options: ["", "Gap", "Person", "Role"],
  },
]);
