// The reviews, on the days on which they were held or are to be held.
frappe.views.calendar["SM Review"] = {
  field_map: { id: "name", start: "day", end: "day", title: "kind", held_on: "held_on", skip_reason: "skip_reason", allDay: "allDay" },
  get_events_method: "frappe.desk.calendar.get_events",
  get_css_class({ held_on, skip_reason, start }) {
    if (held_on) return "success";
    if (skip_reason) return "standard";
    return String(start) < frappe.datetime.get_today() ? "danger" : "info";
  },
};
