frappe.query_reports["Size of the Effort"] = sm_planner.about_plan([]);
