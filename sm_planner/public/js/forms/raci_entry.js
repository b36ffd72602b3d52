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
  return html`<div class="smp-scroll" tabindex="0" role="group" aria-label="${__("Effect")}">
    <table class="table smp-table"><thead><tr>${head}</tr></thead>
      <tbody>${rows.slice(0, LISTED).map((row) => row_html(columns, row))}</tbody></table></div>
      ${rest > 0 ? html`<p class="text-muted">${__("The report RACI Matrix shows {0} more.", [rest])}</p>` : ""}`;
}

function row_html(columns, row) {
  return html`<tr>${columns.map(({ fieldname }) => html`<td>${row[fieldname]}</td>`)}</tr>`;
}

frappe.ui.form.on("SM RACI Entry", {
  // An entry has no title of its own, and its name tells nobody anything.
  refresh(frm) {
    const { plan, sm_process, service, component, role, letter } = frm.doc;
    if (frm.is_new() || !sm_process) return;
    const places = [["SM Process", sm_process], ["SM Service", service], ["SM Component", component], ["SM Role", role]];
    const titles = places.filter(([, name]) => name).map(([kind, name]) => frappe.utils.get_link_title(kind, name) || name);
    const title = `${titles.join(" · ")} · ${letter === "AR" ? "A/R" : letter}`;
    frm.page.set_title(title);
    frm.add_custom_button(__("RACI Sheet"), () => {
      frappe.set_route("raci-sheet", plan, ...[sm_process, service, component, role].map((name) => name || "-"));
    });
    const name_it = () => {
      const $last = frappe.breadcrumbs.$breadcrumbs?.find("li").last().find("a");
      if ($last?.text() === frm.doc.name) $last.text(title);
    };
    name_it();
    frappe.after_ajax(name_it); // the Desk may draw the way there once more
  },
});

on_form("SM RACI Entry", RaciEffect);
