// Whether the targets of an agreement can be kept, told beside them.

const COLORS = { Infeasible: "red", Unknown: "gray", Feasible: "green" };

class AgreementChain extends sm_planner.Panel {
  constructor(frm) {
    super(frm, "chain_html", "agreement");
  }

  purpose() {
    return __("Save the agreement to see here whether its targets can be kept.");
  }

  load() {
    this.ask_for("agreement_chain", __("Following the chain …"), (chain) => {
      this.$area.html(`<section class="smp-panel" aria-label="${__("Chain")}">${this.told(chain)}</section>`);
    });
  }

  told({ refused, message, rows, as_of }) {
    if (refused) return `<p class="text-muted">${sm_planner.escape(refused)}</p>`;
    if (!rows.length) return `<p class="text-muted">${this.nothing()}</p>`;
    return `<p>${this.frm.doc.kind === "SLA" ? sm_planner.escape(message) : this.carried()}
        <span class="text-muted">${__("Assessed for a year from {0}.", [
          sm_planner.escape(frappe.datetime.str_to_user(as_of)),
        ])}</span></p>
      <ul class="smp-cards">${rows.map((row) => this.target(row)).join("")}</ul>`;
  }

  nothing() {
    return this.frm.doc.kind === "SLA"
      ? __("No chain can be followed for any of its targets. Add services to its scope, and targets.")
      : __("No target of an SLA in force depends on it.");
  }

  carried() {
    return __("These targets of SLAs depend on it.");
  }

  target(row) {
    const sla = row.agreement_id === this.frm.doc.name ? "" : link(row.agreement_id, row.sla);
    const about = [sm_planner.escape(row.promised), sla, sm_planner.document_link("SM Service", row.service_id, row.service)];
    const cause = row.cause_id ? link(row.cause_id, row.cause) : sm_planner.escape(row.cause);
    const facts = [
      [__("Worst start"), sm_planner.escape(row.worst_start)],
      [__("Least slack"), sm_planner.escape(row.slack)],
      [__("Late"), row.late && row.late !== "0" ? __("{0} % of the time", [sm_planner.escape(row.late)]) : ""],
      [__("Cause"), cause],
      [__("What would be enough"), sm_planner.escape(row.remedy)],
      [__("What is beneath"), sm_planner.escape(row.legs)],
      [__("What is not known"), sm_planner.escape(row.missing)],
    ];
    return `<li>
      <header>
        <span class="indicator-pill ${COLORS[row.verdict_key]}">${sm_planner.escape(row.verdict)}</span>
        <strong>${sm_planner.escape(row.target)}</strong>
        <span>${about.filter(Boolean).join(" · ")}</span>
      </header>
      <dl>${facts
        .filter(([, fact]) => fact)
        .map(([term, fact]) => `<div><dt>${term}</dt><dd>${fact}</dd></div>`)
        .join("")}</dl>
    </li>`;
  }
}

const link = (name, title) => sm_planner.document_link("SM Agreement", name, title);

sm_planner.on_form("SM Agreement", AgreementChain);
