frappe.query_reports["Gates"] = sm_planner.about_plan([]);
