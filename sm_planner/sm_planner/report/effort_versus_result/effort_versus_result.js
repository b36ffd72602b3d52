frappe.query_reports["Effort versus Result"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Improvement", "Corrective Action", "Experiment", "Suggestion"],
  },
  {
    fieldname: "dimension",
    label: __("Dimension"),
    fieldtype: "Select",
    options: ["", "People", "Process", "Technology"],
  },
]);
