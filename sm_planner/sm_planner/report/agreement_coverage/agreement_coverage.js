frappe.query_reports["Agreement Coverage"] = sm_planner.about_plan([
  {
    fieldname: "customer",
    label: __("Customer"),
    fieldtype: "Link",
    options: "SM Stakeholder",
  },
  {
    fieldname: "show",
    label: __("Show"),
    fieldtype: "Select",
    options: ["", "Under None", "Under One", "Under Several, Alike", "Under Several, Different"],
  },
]);
