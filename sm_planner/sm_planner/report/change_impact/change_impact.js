frappe.query_reports["Change Impact"] = sm_planner.about_plan([
  {
    fieldname: "impact",
    label: __("Impact"),
    fieldtype: "Select",
    options: ["", "None", "Low", "Medium", "High"],
  },
]);
