// When agreements hold, so that one sees which end.
frappe.views.calendar["SM Agreement"] = {
  field_map: { id: "name", start: "start_date", end: "end_date", title: "title", allDay: "allDay" },
  gantt: true,
  get_events_method: "frappe.desk.calendar.get_events",
};
