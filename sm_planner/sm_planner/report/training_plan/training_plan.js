frappe.query_reports["Training Plan"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Trainings", "Units and Levels"],
  },
]);
