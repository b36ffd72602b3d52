// Calendar and Gantt: moving a bar writes the dates back through the controller.
frappe.views.calendar["SM Improvement"] = {
  field_map: { id: "name", start: "start_date", end: "due", title: "title", status: "status", allDay: "allDay" },
  gantt: true,
  get_events_method: "frappe.desk.calendar.get_events",
  get_css_class: ({ status }) => ({ Closed: "success", Verify: "warning", "In Progress": "info", Rejected: "danger" })[status] || "standard",
};
