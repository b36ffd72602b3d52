frappe.query_reports["Plan Readiness"] = sm_planner.about_plan([
  {
    fieldname: "open_only",
    label: __("Only pieces that are not ready"),
    fieldtype: "Check",
  },
]);
