frappe.query_reports["Confirmed Parts"] = sm_planner.about_plan([]);
