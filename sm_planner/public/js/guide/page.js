// The way to the guide without knowing which plan: to that of the draft that one is writing, at the step that the address names;
// to start one where there is none.
import { start_plan } from "../plan/start.js";
import { html, show } from "../shared/html.js";

const DRAFTS = 20; // the latest, of which the user chooses one

/** Lead from a page of the Desk to the guide of a draft. */
export async function show_plan_guide(wrapper) {
  const step = frappe.get_route()[1] || "";
  wrapper.smp_page ??= frappe.ui.make_app_page({ parent: wrapper, title: __("Guide through the Plan"), single_column: true });
  const $area = $(wrapper.smp_page.main);
  const drafts = await frappe.db.get_list("SM Plan", {
    filters: { state: "Draft" },
    fields: ["name", "title", "version", "modified"],
    order_by: "modified desc",
    limit: DRAFTS,
  });
  const starts = step === "start";
  if (drafts.length === 1 && !starts) {
    frappe.route_flags.replace_route = true; // who goes back is not led here again
    return go_on(drafts[0].name, step);
  }
  show(
    $area,
    html`<section class="smp-begin">
      <p>${__("A plan says which services an organisation provides, what it promises, and who does what.")}</p>
      ${frappe.model.can_create("SM Plan") && html`<p><button type="button" class="btn btn-primary btn-sm" data-act="start">${__("Start a Plan")}</button></p>`}
      ${drafts.length ? html`<h4>${__("Go on with a draft")}</h4><ul>${drafts.map(draft_html)}</ul>` : ""}
      ${!drafts.length && html`<p class="text-muted">${__("There is no draft to go on with.")}</p>`}</section>`,
  );
  $area.find("[data-plan]").on("click", (event) => go_on(event.currentTarget.dataset.plan, starts ? "" : step));
  $area.find("[data-act=start]").on("click", start_plan);
}

function draft_html({ name, title, version, modified }) {
  return html`<li><button type="button" class="btn btn-link" data-plan="${name}">${title || name}</button>
    <span class="text-muted">${__("Version {0}", [version])}, ${frappe.datetime.prettyDate(modified, true)}</span></li>`;
}

function go_on(plan, step) {
  sm_planner.returning = { plan, step };
  frappe.set_route("Form", "SM Plan", plan);
}
