// A risk: how much it weighs, by the scales of the plan, and the improvement that carries out its answer.
import { html, show } from "../shared/html.js";
import { facts_html } from "../shared/panel.js";
import { offer_action } from "../shared/outcomes.js";

const COLORS = { Low: "green", Medium: "yellow", High: "orange", Critical: "red" };

frappe.ui.form.on("SM Risk", {
  refresh(frm) {
    show_weight(frm);
    const { status, how, title, risk_owner } = frm.doc;
    if (status !== "Closed") offer_action(frm, "act_on_risk", "risk", { doing: how || title, owner: risk_owner });
  },
  likelihood: show_weight,
  impact: show_weight,
});

/** The level is looked up among those that the server worked out: it is stored nowhere. */
function show_weight(frm) {
  const { levels, criteria = {} } = frm.doc.__onload?.weights || {};
  const { likelihood, impact } = frm.doc;
  const found = levels?.[`${likelihood} / ${impact}`];
  const told = found
    ? html`<span class="indicator-pill ${COLORS[found.level]}">${__(found.level)}</span> ${__("{0} of 25", [found.score])}`
    : html`<span class="text-muted">${
        levels ? __("Rate likelihood and impact to see the level.") : __("Save the risk to see its level here.")
      }</span>`;
  show(
    frm.get_field("weight_html").$wrapper,
    html`<section class="smp-panel" aria-label="${__("Risk Level")}"><p>${told}</p>${facts_html([
      [__(likelihood || ""), criteria[likelihood]],
      [__(impact || ""), criteria[impact]],
    ])}</section>`,
  );
}
