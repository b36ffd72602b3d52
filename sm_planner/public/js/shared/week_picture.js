// The hours of a week as a picture, a day a line, and in words beside it.
import { html } from "./html.js";

const MINUTES = 24 * 60;
const HOURS = [0, 6, 12, 18, 24];
export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** days: Monday first, of each from which to which minute it is open. */
export function picture_html({ days }) {
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

const share = (minutes) => `${(100 * minutes) / MINUTES}%`;

const clock = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
