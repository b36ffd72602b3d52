frappe.query_reports["SLA Attainment"] = sm_planner.about_plan(
  [
    {
      fieldname: "log",
      label: __("Log"),
      fieldtype: "Select",
      options: [],
    },
    {
      fieldname: "map",
      label: __("Map of the Log"),
      fieldtype: "Select",
      options: [{ value: "servicenow-incidents", label: __("ServiceNow incidents") }],
      default: "servicenow-incidents",
    },
    {
      fieldname: "by",
      label: __("By"),
      fieldtype: "Select",
      options: [
        { value: "service-level", label: __("Agreement") },
        { value: "service", label: __("Service") },
        { value: "priority", label: __("Priority") },
        { value: "party", label: __("Party") },
        { value: "month", label: __("Month") },
        { value: "period", label: __("Target and Period") },
      ],
      default: "service-level",
    },
  ],
  { onload: (report) => sm_planner.reports.begin_with_files(report) }
);
