frappe.query_reports["Lessons and Notes"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Lessons", "Benchmark Notes"],
  },
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Transition", "Review", "Incident", "Improvement", "Experiment", "Sanity Check", "Other", "Best Practice", "Benchmark", "Trend"],
  },
]);
