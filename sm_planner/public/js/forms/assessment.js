// An assessment: begun by a framework, answered on a page of its own, and what came out, with the gaps and what answers them.
import { call } from "../shared/api.js";
import { html, joined, show } from "../shared/html.js";
import { Panel, facts_html, on_form } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

const day = (value) => (value ? frappe.datetime.str_to_user(value) : "");

class Standing extends Panel {
  constructor(frm) {
    super(frm, "standing_html", "assessment");
  }

  purpose() {
    return __("Choose a framework and save: the lines to be answered come from it.");
  }

  load() {
    this.ask_for("assessment_standing", __("Working out the result …"), (told) => {
      offer_page(this.frm, told);
      show(
        this.$area,
        html`<section class="smp-panel" aria-label="${__("Where It Stands")}">
          ${told.not_yet ? html`<p class="text-muted">${told.not_yet}</p>` : ""}
          ${numbers_html(told)}${groups_html(told)}${gaps_html(this.frm, told)}</section>`,
      );
      const of_row = (event) => told.gaps[Number(event.currentTarget.dataset.gap)];
      this.$area.find("[data-improve]").on("click", (event) => improve(this.frm, of_row(event)));
      this.$area.find("[data-accept]").on("click", (event) => accept(this.frm, of_row(event)));
    });
  }
}

const level = (value, digits = 0) => (value === null ? "–" : format_number(value, null, digits));

const numbers_html = ({ progress, open, result }) =>
  facts_html([
    [__("Answered"), __("{0} %, open: {1}", [Math.round(progress), open])],
    [__("Mean Level"), result.assessed ? level(result.mean, 1) : ""],
    [__("Lowest Level"), result.assessed ? level(result.minimum) : ""],
    [__("Below Target"), result.assessed ? __("{0} of {1}", [result.below, result.assessed]) : ""],
    [__("Does Not Apply"), result.not_applicable || ""],
  ]);

function groups_html({ groups, goal }) {
  const cell = (value) => html`<td class="text-right">${value}</td>`;
  return html`<div class="table-responsive"><table class="table table-bordered">
    <thead><tr><th scope="col">${__("Group")}</th>${[__("Answered"), __("Mean Level"), __("Lowest Level"), __("Below Target")].map(
      (text) => html`<th scope="col" class="text-right">${text}</th>`,
    )}${goal === null ? "" : html`<th scope="col">${__("Certifiable (level {0})", [goal])}</th>`}</tr></thead>
    <tbody>${groups.map(
      ({ group, result }) => html`<tr><th scope="row">${group}</th>
        ${cell(__("{0} of {1}", [result.assessed, result.in_scope]))}${cell(level(result.mean, 1))}${cell(level(result.minimum))}${cell(result.below)}
        ${goal === null ? "" : html`<td>${result.certifiable ? __("Yes") : __("{0} of {1} reach it", [result.met, result.in_scope])}</td>`}</tr>`,
    )}</tbody></table></div>`;
}

function gaps_html(frm, { gaps, is_newest }) {
  if (frm.doc.status !== "Submitted") return "";
  if (!gaps.length) return html`<h5>${__("Gaps")}</h5><p>${__("Nothing is below its target.")}</p>`;
  const may = is_newest && frappe.model.can_create("SM Improvement");
  const may_accept = is_newest && frappe.model.can_create("SM Gap Decision");
  return html`<h5>${__("Gaps")}</h5><ul class="smp-cards">${gaps.map(
    (gap, place) => html`<li><header><strong>${gap.told}</strong>
      <span class="${gap.is_open ? "smp-warns" : "text-muted"}">${gap.state}${gap.until ? ` · ${__("until {0}", [day(gap.until)])}` : ""}</span></header>
      ${gap.last === null ? "" : html`<div class="text-muted">${__("Last time: level {0}", [gap.last])}</div>`}
      ${gap.improvements.map(
        (one) => html`<div>${document_link(one.doctype, one.name, one.title)} <span class="text-muted">${joined([one.state, one.verdict].filter(Boolean), " · ")}</span></div>`,
      )}
      ${gap.decision ? html`<div>${document_link(gap.decision.doctype, gap.decision.name, gap.decision.title)}</div>` : ""}
      ${gap.is_open ? html`<p>${may ? html`<button type="button" class="btn btn-default btn-xs" data-improve data-gap="${place}">${__("Make an Improvement")}</button> ` : ""}
        ${may_accept ? html`<button type="button" class="btn btn-default btn-xs" data-accept data-gap="${place}">${__("Live with It")}</button>` : ""}</p>` : ""}</li>`,
  )}</ul>`;
}

async function improve(frm, { framework, code }) {
  const name = await call("improvement_of_gap", frm.doc.lineage, {
    about: "lineage",
    args: { framework, code },
    type: "POST",
    freeze: true,
  });
  frappe.set_route("Form", "SM Improvement", name);
}

function accept(frm, { framework, code, title }) {
  frappe.new_doc("SM Gap Decision", { lineage: frm.doc.lineage, framework, code, title });
}

function offer_page(frm, { may_answer }) {
  if (frm.is_new() || !frm.doc.answers?.length) return;
  const text = may_answer ? __("Answer Line by Line") : __("Read Line by Line");
  const button = frm.add_custom_button(text, () => frappe.set_route("assess", frm.doc.name));
  if (may_answer) button.addClass("btn-primary");
}

async function offer_frameworks(frm) {
  if (!frm.is_new()) return;
  const lineage = frm.doc.lineage || "";
  const { message } = await frappe.call({ method: "sm_planner.api.assessment_frameworks", type: "GET", args: { lineage } });
  if (lineage === (frm.doc.lineage || "")) frm.get_field("framework").set_data(message);
}

frappe.ui.form.on("SM Assessment", {
  refresh(frm) {
    offer_frameworks(frm);
    if (frm.doc.status === "Submitted") {
      frm.disable_form();
      frm.set_intro(String(html`${__("This assessment was submitted, and stays as it is.")}`), "blue");
    }
  },
  lineage: offer_frameworks,
});

on_form("SM Assessment", Standing);
