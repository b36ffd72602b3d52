frappe.query_reports["Peaks and Lulls"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: [
      "",
      { value: "Peak", label: __("Peak") },
      { value: "Lull", label: __("Lull") },
      { value: "Blackout", label: __("Blackout") },
      { value: "Maintenance", label: __("Maintenance") },
      { value: "Go-live", label: __("Go-live") },
      { value: "Flat", label: __("Flat") },
    ],
  },
]);
