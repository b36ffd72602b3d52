frappe.query_reports["Plan Readiness"] = {
  filters: [
    {
      fieldname: "plan",
      label: __("Plan"),
      fieldtype: "Link",
      options: "SM Plan",
    },
    {
      fieldname: "open_only",
      label: __("Only what is not ready"),
      fieldtype: "Check",
    },
  ],
};
