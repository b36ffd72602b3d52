// An improvement: how far it has come, who decides about it, and what was decided.
import { decide } from "../shared/deciding.js";
import { gates_html } from "../shared/gates.js";
import { html, joined, show } from "../shared/html.js";
import { facts_html } from "../shared/panel.js";
import { document_link } from "../shared/places.js";
import { take_workflow_actions } from "../shared/workflow_actions.js";

frappe.ui.form.on("SM Improvement", {
  setup: take_workflow_actions,
  refresh(frm) {
    // The buttons of the workflow, and of who decides, move it on; without a workflow, the field does.
    frm.set_df_property("status", "read_only", frappe.workflow.get_state_fieldname(frm.doctype) ? 1 : 0);
    show_progress(frm);
    show(frm.get_field("gates_html").$wrapper, gates_html(frm.doc.__onload?.gates?.gates || []));
    offer_decisions(frm);
    offer_report(frm);
  },
});

const day = (value) => (value ? frappe.datetime.str_to_user(value) : "");
const span = ([from, to] = []) => (from || to ? `${day(from)} – ${day(to)}` : "");
const percent = (value) => (value === null || value === undefined ? "" : `${Math.round(value)} %`);
const days = (value) => (value === null || value === undefined ? "" : __("{0} person-days", [format_number(value, null, 1)]));

function show_progress(frm) {
  const { progress: told = {}, gap = {} } = frm.doc.__onload || {};
  const { reports = [], decisions = [], waits_for = [] } = told;
  const facts = [
    [__("Priority"), percent(told.priority)],
    [__("Waits for"), waits_for.join(", ")],
    [__("Earliest"), span(told.earliest)],
    [__("Levelled"), span(told.levelled)],
    [__("What Sets the Date"), told.sets_date],
    [__("Waits for itself"), told.in_circle ? __("Take one of the predecessors away.") : ""],
    [__("Closes the gap"), gap_html(gap)],
    [__("Spent"), days(told.spent)],
    [__("Share of the way to the target"), percent(told.reached)],
  ];
  frm.toggle_display("progress_section", facts.some(([, fact]) => fact) || decisions.length + reports.length > 0);
  show(
    frm.get_field("progress_html").$wrapper,
    html`<section class="smp-panel" aria-label="${__("Progress")}">
      ${facts_html(facts)}
      ${decisions.length ? html`<h5>${__("Decided")}</h5><ul>${decisions.map(decision_html)}</ul>` : ""}
      ${reports.length ? html`<h5>${__("Progress Reports")}</h5><ul>${reports.map(report_html)}</ul>` : ""}
    </section>`,
  );
}

/** What each assessment found of the gap that it closes, the oldest first. */
function gap_html({ title, assessment, track = [] }) {
  if (!title) return "";
  const found = track.map(({ as_of, score }) => `${day(as_of)}: ${score ?? "–"}`);
  const { target } = track[track.length - 1];
  return html`${document_link("SM Assessment", assessment, title)} · ${joined(found, " → ")}${target === null ? "" : ` · ${__("Target")} ${target}`}`;
}

const decision_html = ({ state, person, day: on, reason }) =>
  html`<li>${joined([day(on), __(state), person, reason].filter(Boolean), " · ")}</li>`;

const report_html = ({ day: on, note, effort_days }) =>
  html`<li>${joined([day(on), note, days(effort_days)].filter(Boolean), " · ")}</li>`;

/** Buttons for who may decide; for others, a word on what it waits for. */
function offer_decisions(frm) {
  const { shown, decides, acts = {} } = frm.doc.__onload?.decision || {};
  if (!shown || frm.is_dirty()) return;
  if (!decides) {
    if (["Assess", "Verify"].includes(frm.doc.status)) {
      frm.set_intro(String(html`${__("This improvement waits for a decision.")}`), "blue");
    }
    return;
  }
  for (const [act, refused] of Object.entries(acts)) {
    const asked = { api: "decide_improvement", about: "improvement", act, shown };
    const title = __("{0}: {1}", [__(act), frm.doc.title]);
    const button = frm.add_custom_button(__(act), () =>
      refused ? frappe.msgprint(refused) : decide(frm, { ...asked, title }),
    );
    if (!refused && act !== "Reject") button.addClass("btn-primary");
  }
}

/** A new progress report, with the improvement filled in. */
function offer_report(frm) {
  if (frm.is_new() || !["In Progress", "Verify", "On Hold", "Closed"].includes(frm.doc.status)) return;
  if (!frappe.model.can_create("SM Progress Report")) return;
  frm.add_custom_button(__("Report Progress"), () =>
    frappe.new_doc("SM Progress Report", {
      lineage: frm.doc.lineage,
      improvement: frm.doc.name,
      day: frappe.datetime.get_today(),
    }),
  );
}
