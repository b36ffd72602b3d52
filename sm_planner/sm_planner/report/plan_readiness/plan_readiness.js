frappe.query_reports["Plan Readiness"] = sm_planner.about_plan([
  {
    fieldname: "open_only",
    label: __("Only what is not ready"),
    fieldtype: "Check",
  },
]);
