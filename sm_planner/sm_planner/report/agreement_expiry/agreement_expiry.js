frappe.query_reports["Agreement Expiry"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "SLA", "OLA", "UC"],
  },
  {
    fieldname: "days",
    label: __("Days Ahead"),
    fieldtype: "Int",
    default: 90,
  },
  {
    fieldname: "ended",
    label: __("Include ended agreements"),
    fieldtype: "Check",
  },
]);
