// How the cells of the script reports look.
import { as_reader_writes } from "../fields/numbers.js";
import { html, safe } from "../shared/html.js";
import { address } from "../shared/places.js";

// What a state, a severity or a verdict says in English → the colour of its pill.
export const STATE_COLORS = {
  Blocker: "red",
  Error: "red",
  Warning: "orange",
  Information: "blue",
  Ready: "green",
  Started: "blue",
  Blocked: "red",
  Missing: "red",
  Complete: "green",
  Published: "green",
  "Not published": "orange",
  "No entry": "red",
  Infeasible: "red",
  Unknown: "orange",
  Feasible: "green",
  Met: "green",
  Missed: "red",
  Reached: "green",
  Open: "orange",
  "Not known": "gray",
  "Too early": "red",
  "On track": "green",
  Behind: "red",
  Overdue: "red",
  "Not measured": "orange",
  "Not measurable": "orange",
  Expired: "red",
  "Ends soon": "orange",
  "Notice due": "blue",
  "In Notice": "orange",
  "No end date": "orange",
  "Until notice is given": "green",
  Scheduled: "blue",
  Held: "green",
  Skipped: "gray",
  Moved: "orange",
  Planned: "blue",
  Later: "green",
  New: "gray",
  Assess: "yellow",
  Approved: "green",
  "In Progress": "blue",
  Verify: "orange",
  Closed: "green",
  "On Hold": "orange",
  Rejected: "red",
  "Partly Reached": "orange",
  Holds: "green",
  "Content intact": "blue",
  Broken: "red",
  "Can Do It": "green",
  "Trained in Time": "blue",
  "Trained Too Late": "orange",
  "Nothing Closes It": "red",
  Rising: "green",
  Steady: "gray",
  Falling: "red",
  "Backed by action": "green",
  "Only words": "orange",
  Nobody: "red",
  "Fits In": "green",
  "Starts In": "orange",
  "Hurts from the Start": "red",
};

const NUMBERS = new Set(["Float", "Percent", "Currency"]);

export function format(value, row, column, data, default_formatter) {
  // The quote that keeps a text from being a formula in a spreadsheet is not for the screen.
  const plain = typeof value === "string" ? value.replace(/^'(?=[=+\-@\t\r\n])/, "") : value;
  const made = default_formatter(plain, row, column, data);
  const text = safe(typeof plain === "number" && NUMBERS.has(column.fieldtype) ? as_reader_writes(String(made)) : made);
  if (!data) return String(text);
  const color = STATE_COLORS[data[`${column.fieldname}_key`]];
  const pill = color ? html`<span class="indicator-pill ${color} ellipsis">${text}</span>` : text;
  const shown = data.is_head ? html`<b>${pill}</b>` : pill;
  const link = plain && link_of(column, data);
  return String(link ? html`<a href="${link}">${shown}</a>` : shown);
}

/** In the RACI matrix who is accountable stands out; what a row takes over from the level above steps back. */
export function format_letter(value, row, column, data, default_formatter) {
  const text = safe(format(value, row, column, data, default_formatter));
  if (!column.fieldname.startsWith("role:")) return String(text);
  if (String(value).startsWith("(")) return String(html`<span class="text-muted">${text}</span>`);
  return String(String(value).includes("A") ? html`<b>${text}</b>` : text);
}

/** The address of what a cell names. */
function link_of(column, data) {
  const opens = column.opens_key && data[column.opens_key];
  if (opens) return address(opens);
  const name = column.opens && data[column.opens];
  return name ? address({ doctype: column.opens_doctype, name: (column.opens_prefix || "") + name }) : "";
}
