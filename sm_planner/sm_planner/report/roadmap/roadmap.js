frappe.query_reports["Roadmap"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Late", "Critical"],
  },
  {
    fieldname: "team",
    label: __("Done By"),
    fieldtype: "Link",
    options: "SM Team",
  },
]);
