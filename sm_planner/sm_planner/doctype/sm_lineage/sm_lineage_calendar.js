// The reviews of the plans.
frappe.views.calendar["SM Lineage"] = {
  field_map: { id: "name", start: "next_review", end: "next_review", title: "title", allDay: "allDay" },
  get_events_method: "frappe.desk.calendar.get_events",
};
