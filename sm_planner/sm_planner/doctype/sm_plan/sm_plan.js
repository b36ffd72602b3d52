frappe.ui.form.on("SM Plan", {
  setup(frm) {
    frm.smp_findings = new sm_planner.PlanFindings(frm);
    frm.smp_sign_off = new sm_planner.PlanSignOff(frm);
    sm_planner.take_workflow_actions(frm);
    frappe.ui.keys.add_shortcut({
      shortcut: "shift+ctrl+k",
      action: () => frm.is_new() || frm.smp_findings.check(),
      description: __("Check the plan again"),
      page: frm.page,
    });
  },

  refresh(frm) {
    show_headline(frm);
    add_buttons(frm);
    frm.smp_findings.refresh();
    frm.smp_sign_off.refresh();
  },

  on_tab_change(frm) {
    frm.smp_findings.show();
    frm.smp_sign_off.show();
  },

  // Signing is an act of its own: the sponsor reads what is signed, says what it means and gives the password.
  // Who returns a plan says why.
  before_workflow_action(frm) {
    const own = { Sign: () => frm.smp_sign_off.ask(), Return: () => frm.smp_sign_off.ask_reason() };
    const act = own[frm.selected_workflow_action];
    if (!act) return;
    frappe.dom.unfreeze();
    act();
    return new Promise(() => {}); // the workflow does not go on
  },

  findings_checked(frm) {
    show_headline(frm);
  },
});

function add_buttons(frm) {
  if (frm.is_new()) return;
  const plan = frm.doc.name;
  if (frm.doc.state === "Active" && frappe.model.can_create("SM Plan")) {
    frm.add_custom_button(__("Start Revision"), () => start_revision(frm));
    frm.change_custom_button_type(__("Start Revision"), null, "primary");
  }
  frm.add_custom_button(__("Plan Book"), () => window.open(sm_planner.url("plan_book", plan)), __("View"));
  const pdf = (part) => window.open(`${sm_planner.url("plan_pdf", plan)}&part=${part}`);
  frm.add_custom_button(__("Plan Book as PDF"), () => pdf("book"), __("View"));
  frm.add_custom_button(__("Summary for the Sponsor as PDF"), () => pdf("summary"), __("View"));
  for (const report of ["Plan Findings", "Plan Readiness", "RACI Matrix"]) {
    frm.add_custom_button(__(report), () => frappe.set_route("query-report", report, { plan }), __("View"));
  }
  if (frappe.model.can_export("SM Plan")) {
    frm.page.add_menu_item(__("Download Plan File"), () => window.open(sm_planner.url("export_plan", plan)));
  }
}

function show_headline(frm) {
  if (frm.is_new()) {
    frm.dashboard.clear_headline();
    return;
  }
  const { overview } = frm.smp_findings;
  const facts = [sponsor(frm), next_review(frm), ...(overview ? standing(frm) : [])];
  const color = { "To Sign": "orange", Active: "green" }[frm.doc.state] || "blue";
  frm.dashboard.clear_headline();
  frm.dashboard.set_headline(
    `<div class="smp-headline"><div>${next_step(frm)}</div><div>${facts.join("")}</div></div>`,
    color,
  );
  const headline = frm.layout.message.find(".smp-headline");
  sm_planner.follow(frm, headline);
  headline.find("[data-act=sign]").on("click", () => frm.smp_sign_off.ask());
  headline.find("[data-act=why]").on("click", () => frm.smp_findings.why_not());
}

function next_step(frm) {
  const { doc } = frm;
  const steps = {
    Draft: __("This is a draft. When it is written, send it for review."),
    "In Review": __("This plan is in review. When it is agreed, send it to its sponsor."),
    "To Sign": __("This plan waits for its sponsor’s signature."),
    Active: __("This plan is signed and in force."),
    Superseded: __("A later version has taken the place of this plan."),
  };
  const sign =
    doc.state === "To Sign" && frappe.user.has_role("SM Executive Sponsor")
      ? `<button type="button" class="btn btn-default btn-xs" data-act="sign">${__("Read and Sign")}</button>`
      : "";
  const seal = doc.docstatus === 1 ? sm_planner.tab_button("sign_off_html", __("See its seal")) : "";
  return `<strong>${steps[doc.state]}</strong>${sign}${seal}`;
}

function sponsor(frm) {
  const { executive_sponsor: person } = frm.doc;
  const title = person && (frappe.utils.get_link_title("SM Person", person) || person);
  return sm_planner.field_button(
    "executive_sponsor",
    title ? __("Sponsor: {0}", [title]) : __("No sponsor is named yet"),
  );
}

function next_review(frm) {
  const { next_review: day, state } = frm.doc;
  if (!day) return sm_planner.field_button("next_review", __("No review is planned yet"));
  const overdue = state === "Active" && day < frappe.datetime.get_today();
  const shown = frappe.datetime.str_to_user(day);
  return sm_planner.field_button(
    "next_review",
    overdue ? __("Review overdue since {0}", [shown]) : __("Next review: {0}", [shown]),
  );
}

function standing(frm) {
  const { readiness, blockers, counts } = frm.smp_findings.overview;
  const lacking = frm.smp_findings.lacking();
  const ready = __("{0} of {1} pieces ready", [readiness.Ready, readiness.pieces.length]);
  const more = readiness.pieces.length - readiness.Ready - lacking.length;
  const pieces = [...lacking, ...(more > 0 ? [__("{0} more", [more])] : [])].join(", ");
  const standing = [
    sm_planner.tab_button("findings_html", ready) + (pieces ? `: ${pieces}` : ""),
    sm_planner.tab_button(
      "findings_html",
      sm_planner.counted(blockers, __("no blockers"), __("1 blocker"), __("{0} blockers", [blockers])),
    ),
  ];
  if (counts.Blocker && ["Draft", "In Review"].includes(frm.doc.state)) {
    standing.push(`<button type="button" class="smp-link" data-act="why">${__("Why not to its sponsor yet?")}</button>`);
  }
  return standing.map((part) => `<span>${part}</span>`);
}

function start_revision(frm) {
  frappe.confirm(
    __("Make the next version as a draft? This version stays in force until the next one is signed."),
    () =>
      sm_planner.call("start_revision", frm.doc.name, { type: "POST", freeze: true }).then((name) => {
        frappe.set_route("Form", "SM Plan", name);
      }),
  );
}
