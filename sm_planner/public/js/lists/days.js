import { filled, html } from "../shared/html.js";
import { user_time } from "../shared/times.js";

/** An instant in a column of a list, as the user writes times: nothing for none. */
export const instant = (value) => (value ? String(html`<span title="${user_time(value)}">${user_time(value)}</span>`) : "");

/**
 * A day in a column of a list, as the user writes days: nothing for none.
 * note: what to say of the day, which stands at {0}; look: the classes of what says so.
 */
export function day(value, note = "", look = "indicator-pill red no-indicator-dot") {
  if (!value) return "";
  const shown = frappe.datetime.str_to_user(value);
  return String(note ? html`<span class="${look}">${filled(note, shown)}</span>` : html`${shown}`);
}
