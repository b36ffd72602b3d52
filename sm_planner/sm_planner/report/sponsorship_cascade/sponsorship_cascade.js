frappe.query_reports["Sponsorship Cascade"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Backed by action", "Only words", "Nobody"],
  },
]);
