frappe.query_reports["Stakeholder Coverage"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Internal Team", "Customer", "Supplier", "Regulator", "Other"],
  },
  {
    fieldname: "gaps_only",
    label: __("Only with gaps"),
    fieldtype: "Check",
  },
]);
