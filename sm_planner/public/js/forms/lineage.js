// The home of a plan: what is in force, what is being prepared, what moved since the signature.
import { early_html, gates_html } from "../shared/gates.js";
import { html, safe, show } from "../shared/html.js";
import { offer_sanity_check } from "../shared/outcomes.js";
import { Panel, facts_html, list, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";
import { offer_progress_sheet } from "../shared/progress_sheets.js";
import { user_time } from "../shared/times.js";

class LineageHome extends Panel {
  constructor(frm) {
    super(frm, "home_html", "lineage");
  }

  purpose() {
    return __("A lineage is made with the first version of a plan.");
  }

  load() {
    this.ask_for("lineage_home", __("Looking at the plan …"), (home) => {
      show(this.$area, html`<section class="smp-panel" aria-label="${__("Home of the plan")}">${this.told(home)}</section>`);
      if (home.health?.days.length > 1) this.draw(home.health);
    });
  }

  /** Findings day by day. */
  draw({ days, blockers, errors, warnings }) {
    new frappe.Chart(this.$area.find("[data-chart]")[0], {
      type: "line",
      height: 180,
      colors: ["#b3261e", "#d9730d", "#e3b341"],
      lineOptions: { hideDots: 1 },
      axisOptions: { xIsSeries: 1 },
      data: {
        labels: days.map((day) => frappe.datetime.str_to_user(day)),
        datasets: [
          { name: __("Blockers"), values: blockers },
          { name: __("Errors"), values: errors },
          { name: __("Warnings"), values: warnings },
        ],
      },
    });
  }

  health({ days, signed, now }) {
    const labels = {
      blockers: __("Blockers"),
      errors: __("Errors"),
      warnings: __("Warnings"),
      ready: __("Ready (%)"),
      confirmed: __("Confirmed (%)"),
      objectives_behind: __("Objectives Behind"),
      targets_missed: __("Targets Missed"),
    };
    const rows = Object.entries(labels).map(([name, label]) => [label, signed ? `${signed[name] ?? "–"} → ${now[name] ?? "–"}` : now[name]]);
    const title = signed
      ? __("Since the sign-off, from {0} until today", [frappe.datetime.str_to_user(signed.day)])
      : __("Today");
    return html`<li>
      <header><strong>${__("Health")}</strong> <span>${title}</span></header>
      ${facts_html(rows)}
      ${days.length > 1 ? html`<div data-chart></div>` : html`<p class="text-muted">${__("The first day is counted. A chart follows.")}</p>`}
    </li>`;
  }

  /** What is stuck, and with whom. */
  waiting(things) {
    return html`<li><header><strong>${__("What waits for whom")}</strong></header>
      <ul>${things.map(({ text, whom = [], more, doctype, name }) => {
        const names = more ? [...whom, __("and {0} more.", [more])] : whom;
        const told = name ? document_link(doctype, name, text) : text;
        return html`<li>${told} <span class="text-muted">${names.join(", ")}</span></li>`;
      })}</ul></li>`;
  }

  /** How far the plan is on the way to its tools, and what comes too early. */
  gates({ gates, early }, plan) {
    const report = { type: "report", name: "Gates", is_query_report: true, route_options: { plan } };
    return html`<li><header><strong>${__("Gates")}</strong>
      <a href="${frappe.utils.generate_route(report)}">${__("Report")}</a></header>
      ${gates_html(gates)}${early_html(early)}</li>`;
  }

  /** Who stands behind the plan, level by level, and where support ends. The server draws it and escapes every text. */
  cascade({ svg, reading }, plan) {
    const report = { type: "report", name: "Sponsorship Cascade", is_query_report: true, route_options: { plan } };
    return html`<li><header><strong>${__("Sponsorship cascade")}</strong> <span>${reading}</span>
      <a href="${frappe.utils.generate_route(report)}">${__("Report")}</a></header>
      <div class="smp-scroll" tabindex="0" role="group" aria-label="${__("Sponsorship cascade")}">${safe(svg)}</div></li>`;
  }

  told({ in_force, draft, health, waiting, gates, cascade }) {
    const parts = [
      in_force ? this.in_force(in_force) : html`<p class="text-muted">${__("No version that you may read is in force.")}</p>`,
      draft ? this.card(__("In Preparation"), draft, []) : "",
      waiting.length ? this.waiting(waiting) : "",
      gates ? this.gates(gates, (in_force || draft).plan) : "",
      cascade ? this.cascade(cascade, (in_force || draft).plan) : "",
      health ? this.health(health) : "",
    ];
    return html`<ul class="smp-cards">${parts.filter(String)}</ul>`;
  }

  in_force(version) {
    const { signed_by, signed_at, period, drift, moved } = version;
    const facts = [
      [__("Signed by"), [signed_by, signed_at && user_time(signed_at)].filter(Boolean).join(", ")],
      [__("Period"), period.filter(Boolean).map((day) => frappe.datetime.str_to_user(day)).join(" – ")],
      [
        __("Promised"),
        drift
          ? html`<span class="indicator-pill orange">${__("Changed since signing: {0}", [drift])}</span>`
          : __("Unchanged since it was signed"),
      ],
      [__("Worked On"), moved ? this.moved(moved) : ""],
    ];
    return this.card(__("In Force"), version, facts);
  }

  moved({ told, changes, more }) {
    if (!changes.length) return told;
    const lines = more ? [...changes, __("and {0} more changes.", [more])] : changes;
    return html`<details><summary>${__("Since signing: {0}", [told])}</summary>${list(lines)}</details>`;
  }

  card(label, { plan, version, state, standing, counts }, facts) {
    const link = document_link("SM Plan", plan, __("Version {0}", [version]));
    const found = Object.entries(counts).filter(([, count]) => count);
    const all = [
      ...facts,
      [__("Findings"), found.map(([severity, count]) => `${__(severity)}: ${count}`).join(", ") || __("None")],
    ];
    return html`<li>
      <header>
        <span class="indicator-pill ${state === "Active" ? "green" : "blue"}">${label}</span>
        <strong>${link}</strong>
        <span>${standing}</span>
      </header>
      ${facts_html(all)}
    </li>`;
  }
}

frappe.ui.form.on("SM Lineage", {
  refresh(frm) {
    offer_sanity_check(frm, { lineage: frm.doc.name });
    offer_progress_sheet(frm);
  },
});

on_form("SM Lineage", LineageHome);
