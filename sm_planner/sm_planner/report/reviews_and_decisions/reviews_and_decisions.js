frappe.query_reports["Reviews and Decisions"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Plan Review", "Service Review", "Supplier Review", "Planning Slot"],
  },
]);
