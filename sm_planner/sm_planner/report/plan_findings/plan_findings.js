frappe.query_reports["Plan Findings"] = {
  filters: [
    {
      fieldname: "plan",
      label: __("Plan"),
      fieldtype: "Link",
      options: "SM Plan",
    },
    {
      fieldname: "severity",
      label: __("Severity"),
      fieldtype: "Select",
      options: ["", "Blocker", "Error", "Warning", "Information"],
    },
    {
      fieldname: "family",
      label: __("Rules"),
      fieldtype: "Data",
      description: __("Such as RAC or SVC"),
    },
    {
      fieldname: "not_evaluated",
      label: __("With what could not be decided"),
      fieldtype: "Check",
      default: 1,
    },
  ],

  formatter(value, row, column, data, default_formatter) {
    const text = default_formatter(value, row, column, data);
    if (!data) return text;
    if (column.fieldname === "severity") {
      const colors = { Blocker: "red", Error: "red", Warning: "orange" };
      return `<span class="indicator-pill ${colors[data.severity_key] || "blue"}">${text}</span>`;
    }
    if (column.fieldname === "title" && data.name) {
      const field = data.field ? `#${encodeURIComponent(data.field)}` : "";
      return `<a href="${frappe.utils.get_form_link(data.doctype, data.name)}${field}">${text}</a>`;
    }
    return text;
  },
};
