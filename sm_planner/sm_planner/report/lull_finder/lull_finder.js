frappe.query_reports["Lull Finder"] = sm_planner.about_plan([
  {
    fieldname: "component",
    label: __("Component"),
    fieldtype: "Link",
    options: "SM Component",
  },
  {
    fieldname: "service",
    label: __("Or Service"),
    fieldtype: "Link",
    options: "SM Service",
  },
  {
    fieldname: "minutes",
    label: __("Minutes"),
    fieldtype: "Int",
  },
  {
    fieldname: "begin",
    label: __("From"),
    fieldtype: "Date",
  },
  {
    fieldname: "before",
    label: __("Over Before"),
    fieldtype: "Date",
  },
]);
