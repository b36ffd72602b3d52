frappe.query_reports["Objective Progress"] = sm_planner.about_plan([
  {
    fieldname: "category",
    label: __("Category"),
    fieldtype: "Select",
    options: ["", "Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive"],
  },
  {
    fieldname: "service",
    label: __("Service"),
    fieldtype: "Link",
    options: "SM Service",
  },
]);
