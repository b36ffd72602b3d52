// The size of the effort, as the form of a plan and the sign-off show it.
import { html } from "../shared/html.js";

const shown = (value) => (value === null ? "?" : format_number(value, null, Number.isInteger(value) ? 0 : 1));

/** Each measure with what it means; a question mark for what the plan does not say. */
export function effort_html(lines) {
  return html`<section aria-label="${__("Size of the Effort")}"><h5>${__("Size of the Effort")}</h5>
    <dl class="smp-effort">${lines.map(
      ({ key, what, value, note }) => html`<div data-key="${key}"><dt>${what}</dt>
        <dd><strong>${shown(value)}</strong>${value === null && html`<span class="sr-only">${__("not known")}</span>`}
          <span class="text-muted">${note}</span></dd></div>`,
    )}</dl></section>`;
}
