frappe.query_reports["RACI Matrix"] = {
  filters: [
    {
      fieldname: "plan",
      label: __("Plan"),
      fieldtype: "Link",
      options: "SM Plan",
    },
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
      fieldname: "collapsed",
      label: __("Only what differs"),
      fieldtype: "Check",
      default: 1,
    },
    {
      fieldname: "gaps_first",
      label: __("Gaps first"),
      fieldtype: "Check",
    },
  ],
};
