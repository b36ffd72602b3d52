frappe.query_reports["Risks"] = sm_planner.about_plan([
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "List", "Matrix"],
  },
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Availability", "Continuity", "Information Security", "Supplier", "Change", "People", "Money", "Opportunity", "Other"],
  },
  {
    fieldname: "owner",
    label: __("Owner"),
    fieldtype: "Link",
    options: "SM Person",
  },
]);
