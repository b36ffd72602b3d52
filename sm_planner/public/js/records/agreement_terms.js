// What holds for an agreement beneath a general one: each term, and the agreement that says it.
import { html, show } from "../shared/html.js";
import { Panel, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

class AgreementTerms extends Panel {
  constructor(frm) {
    super(frm, "terms_html", "agreement");
  }

  purpose() {
    return __("Save the agreement to see here what holds for it, and where that comes from.");
  }

  load() {
    this.ask_for("agreement_terms", __("Reading the agreements above it …"), (found) => {
      show(this.$area, html`<section class="smp-panel" aria-label="${__("What Holds")}">${told(found)}</section>`);
    });
  }
}

function told({ refused, message, terms }) {
  if (refused) return html`<p class="text-muted">${refused}</p>`;
  const head = [__("Subject"), __("What Holds"), __("Said In")].map((label) => html`<th scope="col">${label}</th>`);
  return html`<p>${message}</p>
    <div class="smp-scroll" tabindex="0" role="group" aria-label="${__("What Holds")}">
    <table class="table smp-table"><thead><tr>${head}</tr></thead>
      <tbody>${terms.map(term_html)}</tbody></table></div>`;
}

const term_html = ({ what, value, origin, origin_title, inherited }) => html`<tr>
    <th scope="row">${what}</th><td>${value}</td>
    <td>${inherited ? document_link("SM Agreement", origin, origin_title) : __("This Agreement")}</td></tr>`;

on_form("SM Agreement", AgreementTerms, "smp_terms");
