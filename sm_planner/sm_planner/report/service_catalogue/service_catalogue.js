frappe.query_reports["Service Catalogue"] = sm_planner.about_plan([
  {
    fieldname: "customer",
    label: __("Customer"),
    fieldtype: "Link",
    options: "SM Stakeholder",
  },
  {
    fieldname: "published_only",
    label: __("Only published entries"),
    fieldtype: "Check",
  },
]);
