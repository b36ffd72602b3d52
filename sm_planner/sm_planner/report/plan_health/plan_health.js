frappe.query_reports["Plan Health"] = sm_planner.about_plan([]);
