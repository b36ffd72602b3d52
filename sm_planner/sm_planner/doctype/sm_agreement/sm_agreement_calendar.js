// When agreements hold, so that one sees which end: renewed ones and open-ended ones go on.
frappe.views.calendar["SM Agreement"] = {
  field_map: { id: "name", start: "start_date", end: "end_date", title: "title", allDay: "allDay" },
  gantt: true,
  get_events_method: "sm_planner.api.agreement_calendar",
};
