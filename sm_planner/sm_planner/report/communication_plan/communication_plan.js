frappe.query_reports["Communication Plan"] = sm_planner.about_plan([
  {
    fieldname: "kind",
    label: __("Kind"),
    fieldtype: "Select",
    options: ["", "Launch", "Policy", "Supervisor Briefing", "Team Briefing", "Meeting", "Status Update", "Training Session", "Other"],
  },
  {
    fieldname: "sender",
    label: __("Sender"),
    fieldtype: "Link",
    options: "SM Person",
  },
]);
