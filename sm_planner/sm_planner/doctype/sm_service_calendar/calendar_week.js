// The week of a calendar as a picture, when it opens or closes next, and the holidays ahead.

const MINUTES = 24 * 60;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HOURS = [0, 6, 12, 18, 24];

class CalendarWeek extends sm_planner.Panel {
  constructor(frm) {
    super(frm, "week_html", "calendar");
  }

  purpose() {
    return __("Save the calendar to see its week here.");
  }

  load() {
    this.ask_for("calendar_week", __("Drawing the week …"), (week) => {
      this.$area.html(
        week.refused
          ? `<p class="text-muted">${sm_planner.escape(week.refused)}</p>`
          : `<section class="smp-panel" aria-label="${__("Week")}">
              <p>${this.now(week)}</p>${this.picture(week)}${this.holidays(week.holidays)}</section>`,
      );
    });
  }

  now({ is_open, changes, hours, timezone }) {
    const when = changes && moment_of(changes);
    const state = is_open ? __("Open now") : __("Closed now");
    const next = is_open ? __("It closes on {0}.", [when]) : __("It opens on {0}.", [when]);
    const never = is_open ? __("It does not close within a year.") : __("It does not open within a year.");
    return `<span class="indicator-pill ${is_open ? "green" : "gray"}">${state}</span>
      ${changes ? next : never}
      <span class="text-muted">${__("{0} per week, in the time zone {1}.", [
        sm_planner.escape(hours),
        sm_planner.escape(timezone),
      ])}</span>`;
  }

  picture({ days }) {
    const marks = HOURS.map((hour) => `<span style="left:${share(hour * 60)}">${hour}</span>`).join("");
    const rows = days.map((spans, position) => day_html(WEEKDAYS[position], spans)).join("");
    return `<table class="smp-week">
      <caption class="sr-only">${__("Opening hours of an ordinary week")}</caption>
      <thead aria-hidden="true"><tr><th></th><th><div class="smp-hours">${marks}</div></th><th></th></tr></thead>
      <tbody>${rows}</tbody></table>`;
  }

  holidays(holidays) {
    if (!holidays.length) return `<p class="text-muted">${__("No holidays are ahead.")}</p>`;
    return `<h5>${__("Holidays ahead")}</h5><ul>${holidays.map(holiday_html).join("")}</ul>`;
  }
}

/** Weekday, date and time, as the user writes them. */
function moment_of(local) {
  const [day, time] = local.split(" ");
  const weekday = WEEKDAYS[(new Date(`${day}T${time}`).getDay() + 6) % 7];
  return `${__(weekday)}, ${sm_planner.escape(frappe.datetime.str_to_user(day))}, ${time.slice(0, 5)}`;
}

const share = (minutes) => `${(100 * minutes) / MINUTES}%`;

const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function day_html(weekday, spans) {
  const bars = spans
    .map(([opens, closes]) => `<span style="left:${share(opens)};width:${share(closes - opens)}"></span>`)
    .join("");
  const told = spans.map(([opens, closes]) => `${clock(opens)}–${clock(closes)}`).join(", ");
  return `<tr><th scope="row">${__(weekday)}</th>
    <td aria-hidden="true"><div class="smp-day">${bars}</div></td>
    <td>${told || `<span class="text-muted">${__("Closed")}</span>`}</td></tr>`;
}

function holiday_html({ day, title, opens, closes }) {
  const part = opens || closes ? `${sm_planner.escape(opens)}–${sm_planner.escape(closes)}` : "";
  const told = [frappe.datetime.str_to_user(day), sm_planner.escape(title), part].filter(Boolean);
  return `<li>${told.join(" · ")}</li>`;
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
    const days = await sm_planner.call("import_holidays", frm.doc.name, { about: "calendar", type: "POST", args });
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

sm_planner.on_form("SM Service Calendar", CalendarWeek);
