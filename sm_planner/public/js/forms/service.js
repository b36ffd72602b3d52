// What a service stands among: what it rests on, what rests on it, and what is promised about it.
import { html, joined, show } from "../shared/html.js";
import { offer_sanity_check } from "../shared/outcomes.js";
import { Panel, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

class ServiceSurroundings extends Panel {
  constructor(frm) {
    super(frm, "surroundings_html", "service");
  }

  purpose() {
    return __("Save the service to see here what it depends on, and what depends on it.");
  }

  load() {
    this.ask_for("service_surroundings", __("Loading the surroundings of the service …"), (groups) => {
      show(
        this.$area,
        html`<section class="smp-panel smp-groups" aria-label="${__("Surroundings")}">${groups.map(group_html)}</section>`,
      );
    });
  }
}

function group_html({ title, empty, lines, hidden }) {
  const more = hidden ? html`<p class="text-muted">${__("{0} more that you may not read.", [hidden])}</p>` : "";
  const told = lines.length ? html`<ul>${lines.map(line_html)}</ul>` : "";
  return html`<div>
      <h5>${title} <span class="text-muted">${lines.length + hidden || ""}</span></h5>
      ${told}${more || (told ? "" : html`<p class="text-muted">${empty}</p>`)}
    </div>`;
}

function line_html({ doctype, id, title, details, warns }) {
  const mark = warns ? html`<span class="smp-warns" aria-hidden="true">!</span> ` : "";
  return html`<li>${mark}${document_link(doctype, id, title)}
    <span class="text-muted">${joined(details, " · ")}</span></li>`;
}

frappe.ui.form.on("SM Service", {
  refresh(frm) {
    offer_sanity_check(frm, { service: frm.doc.name });
    if (!frm.is_new()) frm.add_custom_button(__("Service Map"), () => frappe.set_route("service-map", { at: `services/${frm.doc.name}` }));
  },
});

on_form("SM Service", ServiceSurroundings);
