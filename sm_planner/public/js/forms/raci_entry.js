// In which cells a RACI entry decides, and what its role holds where it does not.
import { html, show } from "../shared/html.js";
import { Panel, on_form } from "../shared/panel.js";

const LISTED = 50;

class RaciEffect extends Panel {
  constructor(frm) {
    super(frm, "effect_html", "entry");
  }

  purpose() {
    return __("Save the entry to see here what it means in each cell.");
  }

  load() {
    this.ask_for("raci_effect", __("Calculating the matrix …"), (effect) => {
      show(
        this.$area,
        html`<section class="smp-panel" aria-label="${__("Effect")}">
        <p>${effect.message}</p>${effect.rows.length ? table_html(effect) : ""}</section>`,
      );
    });
  }
}

function table_html({ columns, rows }) {
  const head = columns.map((column) => html`<th scope="col">${column.label}</th>`);
  const rest = rows.length - LISTED;
  return html`<div class="smp-scroll"><table class="table smp-table"><thead><tr>${head}</tr></thead>
      <tbody>${rows.slice(0, LISTED).map((row) => row_html(columns, row))}</tbody></table></div>
      ${rest > 0 ? html`<p class="text-muted">${__("The report RACI Matrix shows {0} more.", [rest])}</p>` : ""}`;
}

function row_html(columns, row) {
  return html`<tr>${columns.map(({ fieldname }) => html`<td>${row[fieldname]}</td>`)}</tr>`;
}

frappe.ui.form.on("SM RACI Entry", {
  // The title of an entry is its process, which a form would show by its ID.
  refresh(frm) {
    const { sm_process, role, letter } = frm.doc;
    if (frm.is_new() || !sm_process) return;
    const titles = [frappe.utils.get_link_title("SM Process", sm_process) || sm_process];
    if (role) titles.push(frappe.utils.get_link_title("SM Role", role) || role);
    frm.page.set_title(`${titles.join(" · ")} · ${letter}`);
  },
});

on_form("SM RACI Entry", RaciEffect);
