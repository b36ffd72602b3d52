frappe.query_reports["RACI Matrix"] = sm_planner.reports.about_plan([
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
  // Who is accountable stands out; what a row takes over from the level above steps back.
  formatter(value, row, column, data, default_formatter) {
    const text = sm_planner.reports.format(value, row, column, data, default_formatter);
    if (!column.fieldname.startsWith("role:")) return text;
    if (String(value).startsWith("(")) return `<span class="text-muted">${text}</span>`;
    return String(value).includes("A") ? `<b>${text}</b>` : text;
  },
});
