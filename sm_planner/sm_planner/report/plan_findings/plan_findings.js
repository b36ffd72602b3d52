frappe.query_reports["Plan Findings"] = sm_planner.about_plan([
  {
    fieldname: "severity",
    label: __("Severity"),
    fieldtype: "Select",
    options: ["", "Blocker", "Error", "Warning", "Information", "Blockers and Errors"],
  },
  { fieldname: "all_in_force", label: __("All plans in force"), fieldtype: "Check" },
  {
    fieldname: "family",
    label: __("Rules"),
    fieldtype: "Data",
    description: __("Such as RAC or SVC"),
  },
  {
    fieldname: "decided",
    label: __("Leave out undecided rules"),
    fieldtype: "Check",
  },
  {
    fieldname: "waived",
    label: __("Include waived findings"),
    fieldtype: "Check",
  },
]);
