// How an agreement stands today, told above all tabs, with the way to its next version; and whether its targets can be kept,
// told beside them.
import { call } from "../shared/api.js";
import { html, joined, show } from "../shared/html.js";
import { Panel, facts_html, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

const COLORS = { Infeasible: "red", Unknown: "gray", "Not judged": "gray", Feasible: "green" };

class AgreementChain extends Panel {
  constructor(frm) {
    super(frm, "chain_html", "agreement");
  }

  purpose() {
    return __("Save the agreement to see here whether its targets can be kept.");
  }

  load() {
    this.ask_for("agreement_chain", __("Following the chain …"), (chain) => {
      show(this.$area, html`<section class="smp-panel" aria-label="${__("Chain")}">${this.told(chain)}</section>`);
    });
  }

  told({ refused, message, rows, as_of }) {
    if (refused) return html`<p class="text-muted">${refused}</p>`;
    if (!rows.length) return html`<p class="text-muted">${this.nothing()}</p>`;
    return html`<p>${this.frm.doc.kind === "SLA" ? message : __("These targets of SLAs depend on it.")}
        <span class="text-muted">${__("Assessed for a year from {0}.", [frappe.datetime.str_to_user(as_of)])}</span></p>
      <ul class="smp-cards">${rows.map((row) => this.target(row))}</ul>`;
  }

  nothing() {
    return this.frm.doc.kind === "SLA"
      ? __("No chain can be followed for any of its targets. Add services to its scope, and targets.")
      : __("No target of an SLA in force depends on it.");
  }

  target(row) {
    const sla = row.agreement_id === this.frm.doc.name ? "" : link(row.agreement_id, row.sla);
    const about = [row.promised, sla, document_link("SM Service", row.service_id, row.service)];
    const cause = row.cause_id ? link(row.cause_id, row.cause) : row.cause;
    const facts = [
      [__("Worst start"), row.worst_start],
      [__("Least slack"), row.slack],
      [__("Late"), row.late && row.late !== "0" ? __("{0} % of the time", [row.late]) : ""],
      [__("Certain to be in time"), row.certain ? __("{0} % of cases", [row.certain]) : ""],
      [__("In time if misses are independent"), row.independent ? __("{0} % of cases", [row.independent]) : ""],
      [__("Cause"), cause],
      [__("What would be enough"), row.remedy],
      [__("What is beneath"), row.legs],
      [__("How long tiers keep it"), row.readings],
      [__("What is not known"), row.missing],
      [__("What to do"), row.ask],
    ];
    return html`<li>
      <header>
        <span class="indicator-pill ${COLORS[row.verdict_key]}">${row.verdict}</span>
        <strong>${row.target}</strong>
        <span>${joined(about, " · ")}</span>
      </header>
      ${facts_html(facts)}
    </li>`;
  }
}

const link = (name, title) => document_link("SM Agreement", name, title);

on_form("SM Agreement", AgreementChain);

const TERM_COLORS = {
  Draft: "gray",
  Scheduled: "blue",
  "In Force": "green",
  "In Notice": "orange",
  Expired: "red",
  Ended: "gray",
};

async function show_term(frm) {
  const { name, modified } = frm.doc;
  frm.dashboard.clear_headline();
  if (frm.is_new()) return;
  const { state, sentence } = await call("agreement_term", name, { about: "agreement" });
  if (frm.doc.name !== name || frm.doc.modified !== modified) return; // another one is shown by now
  frm.dashboard.clear_headline();
  if (!state) return; // not all that it takes over may be read
  frm.dashboard.set_headline(
    String(html`<div><span class="indicator-pill ${TERM_COLORS[state]}">${__(state)}</span> ${sentence}</div>`),
  );
}

function offer_next_version(frm) {
  if (frm.is_new() || !frappe.model.can_create("SM Agreement")) return;
  frm.add_custom_button(__("New Version"), async () => {
    const values = await call("next_agreement_version", frm.doc.name, { about: "agreement", freeze: true });
    const [doc] = frappe.model.sync(values);
    frappe.set_route("Form", doc.doctype, doc.name);
  });
}

frappe.ui.form.on("SM Agreement", {
  refresh(frm) {
    show_term(frm);
    offer_next_version(frm);
  },
});
