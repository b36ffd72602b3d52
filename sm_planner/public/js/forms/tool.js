// A tool: the gates that it waits for, and how it does by its criteria.
import { early_html, gates_html } from "../shared/gates.js";
import { html, show } from "../shared/html.js";

frappe.ui.form.on("SM Tool", {
  refresh(frm) {
    const { gates = [], early = [], result = null, failed = [] } = frm.doc.__onload?.gates || {};
    show(frm.get_field("gates_html").$wrapper, html`<div class="smp-panel">${gates_html(gates)}${early_html(early)}</div>`);
    show(frm.get_field("result_html").$wrapper, html`<div class="smp-panel"><p>${result_text(result)}</p>
      ${failed.map((criterion) => html`<p>${__("It does not meet “{0}”, which is a must.", [criterion])}</p>`)}</div>`);
  },
});

const result_text = (result) =>
  result === null
    ? __("The result follows once each criterion has a weight and a score.")
    : __("Result: {0} % of what is possible.", [format_number(result, null, 1)]);
