frappe.query_reports["Improvement Register"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Open", "Ended"],
    default: "Open",
  },
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
  {
    fieldname: "owner",
    label: __("Owner"),
    fieldtype: "Link",
    options: "SM Person",
  },
]);
