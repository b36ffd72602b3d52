frappe.query_reports["Confirmed Parts"] = sm_planner.about_plan([
  { fieldname: "all_in_force", label: __("All plans in force"), fieldtype: "Check" },
]);
