frappe.query_reports["Gap Register"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Nobody answers", "Answered", "Closed", "All lines"],
  },
  {
    fieldname: "framework",
    label: __("Framework"),
    fieldtype: "Data",
  },
]);
