// How deep a plan goes: told in words beneath its field, and what changes with it before it is changed.
import { call } from "../shared/api.js";
import { filled, html } from "../shared/html.js";
import { COLORS } from "./finding_lines.js";


/** Say beneath the field what a plan of its depth is asked. */
export function explain_depth(frm, { depths }) {
  const { asks, rules } = depths[frm.doc.depth] || depths.Complete;
  frm.set_df_property("depth", "description", String(filled(__("{0} {1} rules are asked."), asks, rules)));
}

/** Tell what another depth would change, and let the user decide. leave: what is done where it is to stay; without, it is only told. */
export async function preview_depth(frm, depth, leave) {
  const told = await call("check_deeper", frm.doc.name, { args: { depth } });
  const name = __(told.depth);
  let decided = false;
  const dialog = new frappe.ui.Dialog({
    title: told.lowers ? __("What “{0}” would not ask any more", [name]) : __("What “{0}” would ask in addition", [name]),
    size: "large",
    fields: [{ fieldtype: "HTML", fieldname: "told", options: String(told_html(frm, told)) }],
    ...(leave && {
      primary_action_label: __("Choose “{0}”", [name]),
      primary_action() {
        decided = true;
        dialog.hide();
      },
      secondary_action_label: __("Leave It as It Is"),
      secondary_action: () => dialog.hide(),
    }),
    on_hide: () => decided || leave?.(),
  });
  dialog.show();
}

function told_html(frm, { asks, because, lowers, rules, passed, steps, pieces, found }) {
  const order = frm.smp_findings.overview?.guide.steps || [];
  const groups = order.map(({ key, title }) => ({
    title,
    pieces: pieces.filter(({ step }) => step === key).map((piece) => piece.title),
    rows: found.filter(({ step }) => step === key),
  }));
  return html`<section class="smp-panel">
    <p>${asks}</p>
    <p class="text-muted">${
      lowers
        ? __("{0} rules would go, of which {1} pass today. Whoever signs reads how deep the plan goes.", [rules, passed])
        : __("{0} more rules, of which {1} pass today.", [rules, passed])
    } ${because}</p>
    ${steps.length > 0 && html`<p>${lowers ? __("Steps that are left out:") : __("Steps that begin:")} ${steps.join(", ")}</p>`}
    ${found.length > 0 && html`<p><strong>${lowers ? __("This would not be told any more:") : __("This would be told of the plan as it is:")}</strong></p>`}
    ${groups
      .filter((group) => group.pieces.length || group.rows.length)
      .map(
        ({ title, pieces: named, rows }) => html`<h5>${title}</h5>
          ${named.length > 0 && html`<p>${lowers ? __("Not asked for any more:") : __("Asked for in addition:")} ${named.join(", ")}</p>`}
          <ul class="list-unstyled">${rows.map(line)}</ul>`,
      )}</section>`;
}

const line = ({ severity, title, count }) => html`<li><span class="indicator-pill no-indicator-dot ${COLORS[severity]}">${__(
  severity,
)}</span> ${title}${count > 1 && html` <span class="text-muted">× ${count}</span>`}</li>`;
