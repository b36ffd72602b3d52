// The week of a calendar as a picture, when it opens or closes next, and the holidays ahead.
import { call } from "../shared/api.js";
import { WeekLine } from "../typing/week_line.js";
import { html, joined, show } from "../shared/html.js";
import { Panel, on_form } from "../shared/panel.js";
import { WEEKDAYS, picture_html } from "../shared/week_picture.js";

class CalendarWeek extends Panel {
  constructor(frm) {
    super(frm, "week_html", "calendar");
  }

  purpose() {
    return __("Save the calendar to see its week here.");
  }

  load() {
    this.ask_for("calendar_week", __("Drawing the week …"), (week) => {
      this.frm.smp_week_line.tell(week.line);
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
    frm.smp_week_line = new WeekLine(frm);
    const answer = await frappe.call({ method: "frappe.core.doctype.user.user.get_timezones", type: "GET" });
    frm.get_field("timezone").set_data([...answer.message.timezones].sort());
  },

  validate: (frm) => frm.smp_week_line.settle(),

  refresh(frm) {
    frm.smp_week_line.refresh();
    if (frm.is_new() || !frm.perm[0].write) return;
    for (const list of HOLIDAY_LISTS.filter((list) => frappe.model.can_read(list))) {
      frm.add_custom_button(__(list), () => import_holidays(frm, list), __("Import Holidays"));
    }
  },
});

on_form("SM Service Calendar", CalendarWeek);
