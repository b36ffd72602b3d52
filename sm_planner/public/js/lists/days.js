import { filled, html } from "../shared/html.js";

/**
 * A day in a column of a list, as the user writes days: nothing for none.
 * note: what to say of the day, which stands at {0}; look: the classes of what says so.
 */
export function day(value, note = "", look = "indicator-pill red no-indicator-dot") {
  if (!value) return "";
  const shown = frappe.datetime.str_to_user(value);
  return String(note ? html`<span class="${look}">${filled(note, shown)}</span>` : html`${shown}`);
}
