frappe.query_reports["Skill Gaps"] = sm_planner.about_plan([
  {
    fieldname: "role",
    label: __("Role"),
    fieldtype: "Link",
    options: "SM Role",
  },
  {
    fieldname: "person",
    label: __("Person"),
    fieldtype: "Link",
    options: "SM Person",
  },
  {
    fieldname: "state",
    label: __("Stand"),
    fieldtype: "Select",
    options: ["", "Can Do It", "Trained in Time", "Trained Too Late", "Nothing Closes It"],
  },
]);
