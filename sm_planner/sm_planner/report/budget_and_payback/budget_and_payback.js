frappe.query_reports["Budget and Payback"] = sm_planner.about_plan([
  {
    fieldname: "category",
    label: __("Category"),
    fieldtype: "Select",
    options: ["", "Customer Experience", "Cost Reduction", "Scaling Without Cost", "Obligation"],
  },
]);
