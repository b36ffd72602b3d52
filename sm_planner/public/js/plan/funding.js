// The funding request of a plan: what it asks for, how that stands, and the decision of the sponsor.
import { call, url } from "../shared/api.js";
import { decide } from "../shared/deciding.js";
import { html, show } from "../shared/html.js";
import { Panel } from "../shared/panel.js";

export class PlanFunding extends Panel {
  constructor(frm) {
    super(frm, "funding_html");
  }

  purpose() {
    return __("What the plan costs and brings, on one page, for who is to grant the money. Save the plan first.");
  }

  load() {
    this.ask_for("funding_request", __("Adding up what the plan costs …"), (request) => {
      show(this.$area, this.panel(request));
      const page = () => window.open(url("funding_page", this.frm.doc.name));
      this.$area.find("[data-act=open]").on("click", page);
      this.$area.find("[data-act=ledger]").on("click", () => this.take_over());
      for (const act of ["Approve", "Reject"]) {
        this.$area.find(`[data-act=${act}]`).on("click", () => this.decide(act, request.shown));
      }
    });
  }

  // The page stands in a frame of its own: what is decided about is what was read here.
  panel({ html: page, standing, refused, ledger }) {
    return html`<section class="smp-panel" aria-label="${__("Funding Request")}">
      <p>${standing}</p>
      <p>
        ${!refused && html`<button type="button" class="btn btn-primary btn-sm" data-act="Approve">${__("Approve the Funding Request")}</button>
        <button type="button" class="btn btn-default btn-sm" data-act="Reject">${__("Reject")}</button>`}
        <button type="button" class="btn btn-default btn-sm" data-act="open">${__("Open for Printing")}</button>
        ${ledger && html`<button type="button" class="btn btn-default btn-sm" data-act="ledger">${__("Take Over From Ledger")}</button>`}
      </p>
      <iframe class="smp-page" sandbox="" title="${__("Funding Request")}" srcdoc="${page}"></iframe>
    </section>`;
  }

  decide(act, shown) {
    const title = act === "Reject" ? __("Reject this funding request") : __("Approve this funding request");
    decide(this.frm, { api: "decide_funding", about: "plan", act, shown, title });
  }

  async take_over() {
    const { added, lines } = await call("take_over_actuals", this.frm.doc.name, { type: "POST", freeze: true });
    const told = lines
      ? __("Entries added: {0}, for {1} budget lines.", [added, lines])
      : __("No budget line names a cost center and an account.");
    frappe.show_alert({ message: told, indicator: added ? "green" : "blue" });
    this.load();
  }
}
