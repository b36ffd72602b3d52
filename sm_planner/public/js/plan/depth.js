// How deep a plan goes: told in words beneath its field, and what changes with it before it is changed.
import { call } from "../shared/api.js";
import { filled, html } from "../shared/html.js";
import { counted } from "../shared/words.js";
import { load_style } from "../typing/style.js";
import { COLORS } from "./finding_lines.js";
import { TemplatePieces, stand_in, tell_taken } from "./pieces.js";

/** Say beneath the field what a plan of its depth is asked. */
export function explain_depth(frm, { depths }) {
  const { asks, rules } = depths[frm.doc.depth] || depths.Complete;
  frm.set_df_property("depth", "description", String(filled(__("{0} {1} rules are asked."), asks, rules)));
}

/** Tell what another depth would change, and let the user decide, and take with it what the templates of the plan bring there.
 * leave: what is done where it is to stay; without, it is only told, where nothing can be taken. */
export async function preview_depth(frm, depth, leave) {
  const told = await call("check_deeper", frm.doc.name, { args: { depth } });
  const name = __(told.depth);
  const offers = told.takes.length > 0;
  if (offers) await load_style(told.style);
  let decided = false;
  const dialog = new frappe.ui.Dialog({
    title: told.lowers ? __("What “{0}” would not ask any more", [name]) : __("What “{0}” would ask in addition", [name]),
    size: "large",
    fields: [
      { fieldtype: "HTML", fieldname: "told", options: String(told_html(frm, told)) },
      { fieldtype: "HTML", fieldname: "takes" },
      { ...stand_in(), hidden: !offers },
    ],
    ...((leave || offers) && {
      primary_action_label: __("Choose “{0}”", [name]),
      async primary_action(values) {
        if (offers) await deepen(frm, told.depth, { templates: chosen(takes), stand_in: values.stand_in });
        decided = true;
        dialog.hide();
      },
      secondary_action_label: __("Leave It as It Is"),
      secondary_action: () => dialog.hide(),
    }),
    on_hide: () => decided || leave?.(),
  });
  const takes = told.takes.map((one) => pieces_of(dialog.get_field("takes").$wrapper, one));
  dialog.show();
}

/** How many pieces a template brings in addition. */
function more({ title, sections }) {
  const count = sections.flatMap(({ pieces }) => pieces).length;
  return counted(count, "", __("1 more piece from “{0}”", [title]), __("{0} more pieces from “{1}”", [count, title]));
}

/** They stand there, each piece with its tick. */
function pieces_of($area, { template, title, sections }) {
  const pieces = new TemplatePieces($("<div>").appendTo($area), more({ title, sections }));
  pieces.offer(sections);
  return { template, pieces };
}

const chosen = (takes) =>
  Object.fromEntries(takes.map(({ template, pieces }) => [template, pieces.chosen]).filter(([, keys]) => keys.length));

/** Take the stored plan to another depth with the pieces that were chosen, in one request. What else is written here is saved first. */
async function deepen(frm, depth, values) {
  await frm.set_value("depth", frm.smp_findings.overview.guide.depth);
  if (frm.is_dirty()) await frm.save();
  const taken = await call("deepen_plan", frm.doc.name, { type: "POST", args: { depth, values }, freeze: true });
  if (Object.keys(values.templates).length) tell_taken(taken);
  await frm.reload_doc();
}

function told_html(frm, { asks, because, lowers, rules, passed, steps, pieces, found, takes }) {
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
    ${takes.length > 0 && html`<p>${__("Can be taken with it, further below:")} <strong>${takes.map(more).join(", ")}</strong></p>`}
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
