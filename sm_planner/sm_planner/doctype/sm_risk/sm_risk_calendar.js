// The risks, on the days on which their owners look at them again.
frappe.views.calendar["SM Risk"] = {
  field_map: { id: "name", start: "next_look", end: "next_look", title: "title", status: "status", allDay: "allDay" },
  get_events_method: "frappe.desk.calendar.get_events",
  get_css_class({ status, start }) {
    if (status === "Closed") return "success";
    return String(start) < frappe.datetime.get_today() ? "danger" : "info";
  },
};
