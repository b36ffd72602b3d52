// What the panels of the forms share: they fill an HTML field with what the API says of the document.
import { call } from "./api.js";
import { html, show } from "./html.js";

export const list = (texts) => html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;

/** Terms with their facts; those that say nothing are left out. */
export const facts_html = (facts) => html`<dl>${facts
  .filter(([, fact]) => fact !== "" && fact !== null && fact !== undefined)
  .map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>`;

const skeleton = (text) => html`<div class="smp-skeleton" role="status">
  <span class="sr-only">${text}</span><span></span><span></span><span></span></div>`;

/** Something that fills an HTML field when its tab is shown and the document is stored. */
export class Panel {
  constructor(frm, fieldname, about = "plan") {
    this.frm = frm;
    this.about = about; // what the API calls the document
    this.field = frm.get_field(fieldname);
    this.$area = this.field.$wrapper;
  }

  /** The form shows a document, perhaps another one or one that was changed: begin anew. */
  refresh() {
    this.fresh = false;
    this.show();
  }

  show() {
    if (this.fresh || this.hidden()) return;
    this.fresh = true;
    if (this.frm.is_new()) {
      show(this.$area, html`<p class="text-muted">${this.purpose()}</p>`);
    } else {
      this.load();
    }
  }

  /** Whether the panel waits until its tab is shown. */
  hidden() {
    const { tab } = this.field; // none where the form has no tabs
    return Boolean(tab) && !tab.is_active();
  }

  /** Ask the API, and hand on what it answers if the form still shows the same document and waits for it. */
  ask_for(method, working, then) {
    const question = (this.question = {});
    show(this.$area.attr("aria-busy", true), skeleton(working));
    return call(method, this.frm.doc.name, { about: this.about }).then(
      (answer) => {
        if (question !== this.question) return;
        this.$area.removeAttr("aria-busy");
        then(answer);
      },
      () => {
        if (question !== this.question) return;
        show(
          this.$area.removeAttr("aria-busy"),
          html`<p>${__("This did not work.")}
          <button type="button" class="btn btn-default btn-xs">${__("Try Again")}</button></p>`,
        );
        this.$area.find("button").on("click", () => this.load());
      },
    );
  }
}

/** A panel of a form. key: under what the form has it, where it has several. */
export const on_form = (doctype, PanelOfForm, key = "smp_panel") =>
  frappe.ui.form.on(doctype, {
    setup(frm) {
      frm[key] = new PanelOfForm(frm);
    },
    refresh(frm) {
      frm[key].refresh();
    },
    on_tab_change(frm) {
      frm[key].show();
    },
  });
