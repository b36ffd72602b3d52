// The gates in their order, as a strip, and what comes before them.
import { html } from "./html.js";
import { address } from "./places.js";

const COLORS = { Reached: "green", Open: "orange", "Not known": "gray" };

/** A step for each gate: how it stands, by what it was reached, or what is missing. */
export function gates_html(gates) {
  if (!gates.length) return "";
  return html`<ol class="smp-gates" aria-label="${__("Gates")}">${gates.map(step_html)}</ol>`;
}

function step_html({ name, state, day, how, missing, more }) {
  const reached = [day && frappe.datetime.str_to_user(day), how].filter(Boolean).join(" · ");
  return html`<li data-state="${state}">
    <span class="indicator-pill ${COLORS[state]}">${__(state)}</span>
    <strong>${name}</strong>
    ${reached ? html`<span class="text-muted">${reached}</span>` : ""}
    ${missing.length ? html`<ul>${missing.map(({ text, opens }) => html`<li><a href="${address(opens)}">${text}</a></li>`)}
      ${more ? html`<li>${__("and {0} more.", [more])}</li>` : ""}</ul>` : ""}
  </li>`;
}

/** What is ordered, rolled out or begun before its gates. */
export function early_html(early) {
  if (!early.length) return "";
  return html`<ul class="smp-early">${early.map(
    ({ title, text, opens }) => html`<li><span class="indicator-pill red">${__("Too early")}</span>
      <a href="${address(opens)}">${title}</a> ${text}</li>`,
  )}</ul>`;
}
