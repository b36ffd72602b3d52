// Who signs a plan, what stands in the way, and the seal once it is signed.
import { call, url } from "../shared/api.js";
import { filled, html, show } from "../shared/html.js";
import { Panel } from "../shared/panel.js";
import { field_button, follow } from "../shared/places.js";
import { log_html } from "./log.js";
import { compare_html, seal_html, verdict_html } from "./seal.js";
import { blockers_html, changes_html, moved_html, signers_html, thresholds_html, waivers_html } from "./signing_facts.js";

const STATES = ["Draft", "In Review", "To Sign", "Active"];

export class PlanSignOff extends Panel {
  constructor(frm) {
    super(frm, "sign_off_html");
  }

  purpose() {
    return __("The executive sponsor signs the plan when it is written and reviewed. Save it first.");
  }

  load() {
    if (this.frm.doc.docstatus === 1) {
      this.verify();
    } else {
      this.ask_for("sign_off_summary", __("Checking what prevents the signature …"), (summary) => {
        show(this.$area, this.before_signing(summary));
        follow(this.frm, this.$area);
        this.$area.find("[data-act=delegate]").on("click", () => {
          frappe.new_doc("SM Delegation", { plan: this.frm.doc.name });
        });
        this.show_log();
      });
    }
  }

  // Before it is signed

  before_signing({ sponsor, signers, blockers, blocker_count, changes, moved, waivers, depth, thresholds }) {
    const signs = sponsor
      ? filled(__("{0} signs this plan as its executive sponsor."), html`<strong>${sponsor}</strong>`)
      : html`${__("Nobody is named yet to sign this plan.")} ${field_button(
          "executive_sponsor",
          __("Name the executive sponsor"),
        )}`;
    return html`<section class="smp-panel" aria-label="${__("Sign-off")}">
      <ol class="smp-steps">${STATES.map((state) => this.step(state))}</ol>
      <p>${signs} ${__("The signature seals exactly what the plan contains at that time; any later change shows.")}</p>
      ${signers.length > 1 ? signers_html(signers) : ""}
      ${
        frappe.model.can_create("SM Delegation")
          ? html`<p><button type="button" class="smp-link" data-act="delegate">${__("Let a deputy sign")}</button></p>`
          : ""
      }
      <h5>${__("What prevents the signature")}</h5>
      ${blockers_html({ blockers, blocker_count })}
      <p>${depth}</p>
      ${thresholds_html(thresholds)}
      ${changes_html(changes)}
      ${moved_html(moved)}
      ${waivers_html(waivers)}
      <div data-log></div>
    </section>`;
  }

  step(state) {
    const current = state === this.frm.doc.state;
    const done = STATES.indexOf(state) < STATES.indexOf(this.frm.doc.state);
    return html`<li ${current && html`aria-current="step"`} class="${done ? "done" : ""}">
      ${done && html`<span aria-hidden="true">✓</span> `}${__(state)}</li>`;
  }

  // Once it is signed

  verify() {
    this.fresh = true;
    this.ask_for("verify", __("Verifying the seals …"), (verified) => {
      show(this.$area, this.sealed(verified));
      this.$area.find("[data-act=verify]").on("click", () => this.verify());
      this.$area.find("[data-act=compare]").on("submit", (event) => {
        event.preventDefault();
        this.compare();
      });
      this.show_log();
    });
  }

  sealed({ own, ...verified }) {
    return html`<section class="smp-panel" aria-label="${__("Sign-off")}">
      ${own ? seal_html(own, verified.intact) : html`<p>${__("This version has no seal.")}</p>`}
      <div role="status">${verdict_html(verified)}</div>
      <button type="button" class="btn btn-default btn-xs" data-act="verify">${__("Verify Again")}</button>
      ${own ? this.receipt() : ""}
      ${compare_html()}
      <div data-log></div>
    </section>`;
  }

  receipt() {
    return html`<a class="btn btn-default btn-xs" href="${url("receipt", this.frm.doc.name)}">${__(
      "Download Receipt",
    )}</a>
      <p class="text-muted">${__("A receipt can be verified without this site, with Python and one small script:")}
      <a class="smp-link" href="/assets/sm_planner/verify_receipt.py" download>verify_receipt.py</a></p>`;
  }

  /** Say which seal of the plan a hash from elsewhere belongs to. */
  compare() {
    const hash = this.$area.find("[data-hash]").val().trim();
    if (!hash) return;
    call("compare_hash", this.frm.doc.name, { args: { hash } }).then(({ known, text }) => {
      const pill = known
        ? html`<span class="indicator-pill green">${__("Known")}</span>`
        : html`<span class="indicator-pill red">${__("Not known")}</span>`;
      show(this.$area.find("[data-compared]"), html`${pill} ${text}`);
    });
  }

  /** What was done about the sign-off, and what was refused; the latest first. */
  show_log() {
    const plan = this.frm.doc.name;
    call("sign_off_log", plan).then((events) => {
      if (plan === this.frm.doc.name) show(this.$area.find("[data-log]"), log_html(events));
    });
  }
}
