// The week of a calendar as a picture, when it opens or closes next, and the holidays ahead.
import { call } from "../shared/api.js";
import { html, joined, show } from "../shared/html.js";
import { Panel, on_form } from "../shared/panel.js";

const MINUTES = 24 * 60;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HOURS = [0, 6, 12, 18, 24];

class CalendarWeek extends Panel {
  constructor(frm) {
    super(frm, "week_html", "calendar");
  }

  purpose() {
    return __("Save the calendar to see its week here.");
  }

  load() {
    this.ask_for("calendar_week", __("Drawing the week …"), (week) => {
      show(
        this.$area,
        week.refused
          ? html`<p class="text-muted">${week.refused}</p>`
          : html`<section class="smp-panel" aria-label="${__("Week")}">
              <p>${now_html(week)}</p>${picture_html(week)}${holidays_html(week.holidays)}${openings_html(week.openings)}${others_html(week.other_hours)}</section>`,
      );
    });
  }
}

function now_html({ is_open, changes, hours, timezone }) {
  const when = changes && moment_of(changes);
  const state = is_open ? __("Open now") : __("Closed now");
  const next = is_open ? __("It closes on {0}.", [when]) : __("It opens on {0}.", [when]);
  const never = is_open ? __("It does not close within a year.") : __("It does not open within a year.");
  return html`<span class="indicator-pill ${is_open ? "green" : "gray"}">${state}</span>
      ${changes ? next : never}
      <span class="text-muted">${__("{0} per week, in the time zone {1}.", [hours, timezone])}</span>`;
}

function picture_html({ days }) {
  return html`<table class="smp-week">
      <caption class="sr-only">${__("Opening hours of an ordinary week")}</caption>
      <thead aria-hidden="true"><tr><th></th><th><div class="smp-hours">${HOURS.map(hour_html)}</div></th><th></th></tr></thead>
      <tbody>${days.map((spans, position) => day_html(WEEKDAYS[position], spans))}</tbody></table>`;
}

const hour_html = (hour) => html`<span style="left:${share(hour * 60)}">${hour}</span>`;

function day_html(weekday, spans) {
  const bars = spans.map(
    ([opens, closes]) => html`<span style="left:${share(opens)};width:${share(closes - opens)}"></span>`,
  );
  const told = spans.map(([opens, closes]) => `${clock(opens)}–${clock(closes)}`).join(", ");
  return html`<tr><th scope="row">${__(weekday)}</th>
    <td aria-hidden="true"><div class="smp-day">${bars}</div></td>
    <td>${told || html`<span class="text-muted">${__("Closed")}</span>`}</td></tr>`;
}

function holidays_html(holidays) {
  if (!holidays.length) return html`<p class="text-muted">${__("No holidays are ahead.")}</p>`;
  return html`<h5>${__("Holidays ahead")}</h5><ul>${holidays.map(dated_html)}</ul>`;
}

function openings_html(openings) {
  return openings.length ? html`<h5>${__("Extra openings ahead")}</h5><ul>${openings.map(dated_html)}</ul>` : "";
}

function others_html(others) {
  return others.length ? html`<h5>${__("Other hours")}</h5><ul>${others.map(other_html)}</ul>` : "";
}

function other_html({ first, last, calendar }) {
  const [from, to] = [first, last].map((day) => day && frappe.datetime.str_to_user(day));
  return html`<li>${joined([last ? __("{0} to {1}", [from, to]) : __("from {0} on", [from]), calendar], " · ")}</li>`;
}

function dated_html({ day, title, opens, closes }) {
  const part = opens || closes ? `${opens ?? ""}–${closes ?? ""}` : "";
  return html`<li>${joined([frappe.datetime.str_to_user(day), title, part], " · ")}</li>`;
}

/** Weekday, date and time, as the user writes them. */
function moment_of(local) {
  const [day, time] = local.split(" ");
  const weekday = WEEKDAYS[(new Date(`${day}T${time}`).getDay() + 6) % 7];
  return `${__(weekday)}, ${frappe.datetime.str_to_user(day)}, ${time.slice(0, 5)}`;
}

const share = (minutes) => `${(100 * minutes) / MINUTES}%`;

const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Where ERPNext or Helpdesk keep lists of holidays. */
const HOLIDAY_LISTS = ["Holiday List", "HD Service Holiday List"];

/** What became of the days of a list, in sentences; none is left out without a word. */
function imported({ added, known, days_off, half_days }) {
  return [
    __("Holidays added: {0}.", [added]),
    known && __("Holidays that the calendar already had: {0}.", [known]),
    days_off && __("Weekly days off, which are already covered by the windows of the calendar: {0}.", [days_off]),
    half_days && __("Half-day holidays, which were not added: {0}. Enter them with their hours.", [half_days]),
  ].filter(Boolean);
}

function import_holidays(frm, holiday_list_type) {
  const ask = {
    fieldname: "holiday_list",
    fieldtype: "Link",
    options: holiday_list_type,
    label: __(holiday_list_type),
    description: __("Its holidays are added, but not its weekly days off."),
    default: frm.doc.linked_holiday_list,
    reqd: 1,
  };
  const add = async ({ holiday_list }) => {
    const args = { holiday_list_type, holiday_list };
    const days = await call("import_holidays", frm.doc.name, { about: "calendar", type: "POST", args });
    frappe.msgprint({
      title: __("Import Holidays"),
      message: imported(days),
      as_list: true,
      indicator: days.added ? "green" : "blue",
    });
    frm.reload_doc();
  };
  frappe.prompt(ask, add, __("Import Holidays"), __("Import"));
}

frappe.ui.form.on("SM Service Calendar", {
  onload(frm) {
    if (frm.is_new() && !frm.doc.timezone) frm.set_value("timezone", frappe.boot.time_zone?.system);
  },

  async setup(frm) {
    const answer = await frappe.call({ method: "frappe.core.doctype.user.user.get_timezones", type: "GET" });
    frm.get_field("timezone").set_data([...answer.message.timezones].sort());
  },

  refresh(frm) {
    if (frm.is_new() || !frm.perm[0].write) return;
    for (const list of HOLIDAY_LISTS.filter((list) => frappe.model.can_read(list))) {
      frm.add_custom_button(__(list), () => import_holidays(frm, list), __("Import Holidays"));
    }
  },
});

on_form("SM Service Calendar", CalendarWeek);
