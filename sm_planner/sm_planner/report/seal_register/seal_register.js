frappe.query_reports["Seal Register"] = {
  filters: [
    {
      fieldname: "plan",
      label: __("Plan"),
      fieldtype: "Link",
      options: "SM Plan",
    },
    {
      fieldname: "broken_only",
      label: __("Only seals that do not hold"),
      fieldtype: "Check",
    },
  ],
  formatter: (...cell) => sm_planner.reports.format(...cell),
};
