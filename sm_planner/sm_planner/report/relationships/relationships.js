frappe.query_reports["Relationships"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Internal Team", "Customer", "Supplier", "Regulator", "Other"],
  },
]);
