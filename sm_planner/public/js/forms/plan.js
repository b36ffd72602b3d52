import { call, url } from "../shared/api.js";
import { counted } from "../shared/words.js";
import { html, joined } from "../shared/html.js";
import { field_button, follow, tab_button } from "../shared/places.js";
import { user_time } from "../shared/times.js";
import { take_workflow_actions } from "../shared/workflow_actions.js";
import { explain_depth, preview_depth } from "../plan/depth.js";
import { PlanFindings } from "../plan/findings.js";
import { PlanFunding } from "../plan/funding.js";
import { PlanGuide } from "../plan/guide.js";
import { KeyQuestions } from "../plan/questions.js";
import { PlanSignOff } from "../plan/sign_off.js";
import { ask_reason, ask_signature } from "../plan/signing.js";
import { show_fields_as_taken } from "../records/mark.js";

frappe.ui.form.on("SM Plan", {
  setup(frm) {
    frm.smp_findings = new PlanFindings(frm);
    frm.smp_guide = new PlanGuide(frm);
    frm.smp_questions = new KeyQuestions(frm);
    frm.smp_funding = new PlanFunding(frm);
    frm.smp_sign_off = new PlanSignOff(frm);
    take_workflow_actions(frm);
    frappe.ui.keys.add_shortcut({
      shortcut: "shift+ctrl+k",
      action: () => frm.is_new() || frm.smp_findings.check(),
      description: __("Check the plan again"),
      page: frm.page,
    });
  },

  refresh(frm) {
    show_headline(frm);
    show_fields_as_taken(frm);
    add_buttons(frm);
    frm.smp_guide.refresh();
    frm.smp_findings.refresh();
    frm.smp_questions.refresh();
    frm.smp_funding.refresh();
    frm.smp_sign_off.refresh();
    frm.smp_findings.$area.find("[data-act=tour]").on("click", async () => {
      await frm.tour.init({ tour_name: "SM Plan" });
      frm.tour.start();
      $(document).one("show.bs.modal", () => frm.tour.driver.reset(true)); // its shade would cover the dialog
    });
  },

  on_tab_change(frm) {
    frm.smp_findings.show();
    frm.smp_questions.show();
    frm.smp_funding.show();
    frm.smp_sign_off.show();
  },

  // Signing is an act of its own: the sponsor reads what is signed, says what it means and gives the password.
  // Who returns a plan says why. What keeps a plan from its sponsor is told with where to settle it.
  async before_workflow_action(frm) {
    const own = {
      Sign: () => ask_signature(frm),
      Return: () => ask_reason(frm),
      "Send to Sponsor": () => frm.smp_findings.why_not(),
    };
    const act = own[frm.selected_workflow_action];
    if (!act || (frm.selected_workflow_action === "Send to Sponsor" && !(await frm.smp_findings.blocks()))) return;
    frappe.dom.unfreeze();
    act();
    return new Promise(() => {}); // the workflow does not go on
  },

  findings_checked(frm) {
    const { overview } = frm.smp_findings;
    show_headline(frm);
    frm.smp_guide.take(overview);
    explain_depth(frm, overview.guide);
  },

  /** Another depth changes what is signed: what it changes is told before it is saved. */
  depth(frm) {
    const { guide } = frm.smp_findings.overview || {};
    if (!guide) return;
    explain_depth(frm, guide);
    if ((frm.doc.depth || "") === guide.depth) return;
    preview_depth(frm, frm.doc.depth || "", () => frm.set_value("depth", guide.depth));
  },
});

function add_buttons(frm) {
  if (frm.is_new()) return;
  const plan = frm.doc.name;
  if (frm.doc.state === "Active" && frappe.model.can_create("SM Plan")) {
    frm.add_custom_button(__("Start Revision"), () => start_revision(frm));
    frm.change_custom_button_type(__("Start Revision"), null, "primary");
  }
  frm.add_custom_button(__("RACI Sheet"), () => frappe.set_route("raci-sheet", plan));
  frm.add_custom_button(__("Plan Book"), () => window.open(url("plan_book", plan)), __("View"));
  frm.add_custom_button(__("Service Map"), () => frappe.set_route("service-map", plan), __("View"));
  const pdf = (part) => window.open(`${url("plan_pdf", plan)}&part=${part}`);
  frm.add_custom_button(__("Plan Book as PDF"), () => pdf("book"), __("View"));
  frm.add_custom_button(__("Summary for the Sponsor as PDF"), () => pdf("summary"), __("View"));
  frm.add_custom_button(__("Funding Request"), () => window.open(url("funding_page", plan)), __("View"));
  frm.add_custom_button(__("Funding Request as PDF"), () => pdf("funding"), __("View"));
  for (const report of ["Plan Findings", "Plan Readiness", "RACI Matrix", "Size of the Effort", "Budget and Payback"]) {
    frm.add_custom_button(__(report), () => frappe.set_route("query-report", report, { plan }), __("View"));
  }
  if (frappe.model.can_export("SM Plan")) {
    frm.page.add_menu_item(__("Download Plan File"), () => window.open(url("export_plan", plan)));
  }
}

function show_headline(frm) {
  if (frm.is_new()) {
    frm.dashboard.clear_headline();
    return;
  }
  const { overview } = frm.smp_findings;
  // Versions of one plan bear the same title: here stands which one this is.
  const version = field_button("version", __("Version {0}", [frm.doc.version]));
  const facts = [version, sponsor(frm), next_review(frm), ...(overview ? standing(frm) : [])];
  const color = { "To Sign": "orange", Active: "green" }[frm.doc.state] || "blue";
  frm.dashboard.clear_headline();
  frm.dashboard.set_headline(
    String(html`<div class="smp-headline"><div>${next_step(frm)}</div><div>${facts}</div></div>`),
    color,
  );
  const headline = frm.layout.message.find(".smp-headline");
  follow(frm, headline);
  headline.find("[data-act=sign]").on("click", () => ask_signature(frm));
  headline.find("[data-act=why]").on("click", () => frm.smp_findings.why_not());
}

/** What the state means today, as the check says it, and what can be done about it here. */
function next_step(frm) {
  const { doc } = frm;
  const { standing, returned } = frm.smp_findings.overview || {};
  const sign =
    doc.state === "To Sign" && frappe.user.has_role("SM Executive Sponsor")
      ? html`<button type="button" class="btn btn-default btn-xs" data-act="sign">${__("Read and Sign")}</button>`
      : "";
  const seal = doc.docstatus === 1 ? tab_button("sign_off_html", __("See its seal")) : "";
  return html`<strong>${returned ? returned_text(returned) : standing}</strong>${
    returned ? reason_html(returned) : ""
  }${sign}${seal}`;
}

function returned_text({ by, at }) {
  return __("{0} returned this plan on {1}. Change what is asked for, and send it for review again.", [by, user_time(at)]);
}

function reason_html({ reason }) {
  return reason ? html`<q class="smp-reason">${reason}</q>` : "";
}

function sponsor(frm) {
  const { executive_sponsor: person } = frm.doc;
  const title = person && (frappe.utils.get_link_title("SM Person", person) || person);
  return field_button(
    "executive_sponsor",
    title ? __("Sponsor: {0}", [title]) : __("No sponsor is named yet"),
  );
}

function next_review(frm) {
  const { lineage, state } = frm.doc;
  const { next_review: day } = frm.smp_findings.overview || {};
  const home = (text) => html`<a href="${frappe.utils.get_form_link("SM Lineage", lineage)}">${text}</a>`;
  if (!day) return home(__("No review is planned yet"));
  const overdue = state === "Active" && day < frappe.datetime.get_today();
  const shown = frappe.datetime.str_to_user(day);
  return home(overdue ? __("Review overdue since {0}", [shown]) : __("Next review: {0}", [shown]));
}

function standing(frm) {
  const { readiness, blockers, counts } = frm.smp_findings.overview;
  const lacking = frm.smp_findings.lacking();
  const ready = __("{0} of {1} pieces ready", [readiness.Ready, readiness.pieces.length]);
  const more = readiness.pieces.length - readiness.Ready - lacking.length;
  const pieces = more > 0 ? [...lacking, __("{0} more", [more])] : lacking;
  const standing = [
    html`${tab_button("findings_html", ready)}${pieces.length > 0 && html`: ${joined(pieces, ", ")}`}`,
    tab_button(
      "findings_html",
      counted(blockers, __("no blockers"), __("1 blocker"), __("{0} blockers", [blockers])),
    ),
  ];
  if (counts.Blocker && ["Draft", "In Review"].includes(frm.doc.state)) {
    standing.push(html`<button type="button" class="smp-link" data-act="why">${__("Why can it not go to its sponsor yet?")}</button>`);
  }
  return standing.map((part) => html`<span>${part}</span>`);
}

function start_revision(frm) {
  frappe.confirm(
    __("Create the next version as a draft? This version stays in force until the next one is signed."),
    () =>
      call("start_revision", frm.doc.name, { type: "POST", freeze: true }).then((name) => {
        frappe.set_route("Form", "SM Plan", name);
      }),
  );
}
