frappe.query_reports["RACI Matrix"] = sm_planner.about_plan([
  {
    fieldname: "process",
    label: __("Process"),
    fieldtype: "Link",
    options: "SM Process",
  },
  {
    fieldname: "service",
    label: __("Service"),
    fieldtype: "Link",
    options: "SM Service",
  },
  {
    fieldname: "role",
    label: __("Role"),
    fieldtype: "Link",
    options: "SM Role",
  },
  {
    fieldname: "person",
    label: __("Person"),
    fieldtype: "Link",
    options: "SM Person",
  },
  {
    fieldname: "collapsed",
    label: __("Only differences"),
    fieldtype: "Check",
    default: 1,
  },
  {
    fieldname: "gaps_first",
    label: __("Gaps first"),
    fieldtype: "Check",
  },
], {
  formatter: (...cell) => sm_planner.reports.format_letter(...cell),
  onload: (report) => sm_planner.reports.begin_with_sheet(report),
});
