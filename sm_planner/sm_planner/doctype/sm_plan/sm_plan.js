frappe.ui.form.on("SM Plan", {
  refresh(frm) {
    frm.sm = { overview: null };
    add_buttons(frm);
    show_overview(frm);
  },

  // Signing is an act of its own: the sponsor sees what is signed, says what it means and gives the password.
  before_workflow_action(frm) {
    if (frm.selected_workflow_action !== "Sign") return;
    frappe.dom.unfreeze();
    ask_signature(frm);
    return new Promise(() => {}); // the workflow's own action waits for ever
  },
});

const esc = (text) => frappe.utils.escape_html(String(text ?? ""));
const call = (method, args, type = "GET") =>
  frappe.call({ method: `sm_planner.api.${method}`, args, type }).then((answer) => answer.message);
const url = (method, frm) => `/api/method/sm_planner.api.${method}?plan=${encodeURIComponent(frm.doc.name)}`;
const COLORS = { Blocker: "red", Error: "red", Warning: "orange", Information: "blue" };

function add_buttons(frm) {
  if (frm.is_new()) {
    frm.set_intro(__("Save the plan; then its findings stand here and say what to add."));
    return;
  }
  frm.add_custom_button(__("Check Again"), () => show_overview(frm));
  frm.add_custom_button(__("Plan Book"), () => window.open(url("plan_book", frm)), __("Show"));
  frm.add_custom_button(__("Plan File"), () => window.open(url("export_plan", frm)), __("Show"));
  for (const report of ["Plan Findings", "Plan Readiness", "RACI Matrix"]) {
    frm.add_custom_button(
      __(report),
      () => frappe.set_route("query-report", report, { plan: frm.doc.name }),
      __("Show"),
    );
  }
  if (frm.doc.state === "Active" && frappe.model.can_create("SM Plan")) {
    frm.add_custom_button(__("Start Revision"), () => start_revision(frm)).addClass("btn-primary");
  }
}

async function show_overview(frm) {
  if (frm.is_new()) return;
  const name = frm.doc.name;
  const findings = frm.get_field("findings_html").$wrapper;
  findings.attr("aria-busy", "true").html(`<p class="text-muted">${__("Checking the plan …")}</p>`);
  const overview = await call("check", { plan: name });
  if (frm.doc.name !== name) return;
  frm.sm.overview = overview;
  show_headline(frm, overview);
  findings.removeAttr("aria-busy").html(findings_html(overview));
  findings.find("[data-field]").on("click", (event) => {
    event.preventDefault();
    frm.scroll_to_field(event.currentTarget.dataset.field);
  });
  show_sign_off(frm, overview);
}

function show_headline(frm, { readiness, blockers, counts }) {
  const pieces = Object.values(readiness.pieces).length;
  const parts = [
    __("{0} of {1} pieces ready", [readiness.Ready, pieces]),
    blockers ? __("{0} blockers", [blockers]) : __("no blockers"),
    __("{0} errors", [counts.Error]),
  ];
  if (frm.doc.next_review) {
    parts.push(__("next review on {0}", [frappe.datetime.str_to_user(frm.doc.next_review)]));
  }
  frm.dashboard.set_headline(`${esc(__(frm.doc.state))}: ${parts.map(esc).join(" · ")}`, blockers ? "red" : "blue");
}

function findings_html(overview) {
  const decided = overview.findings.filter((finding) => finding.verdict === "failed");
  const open = overview.findings.filter((finding) => finding.verdict !== "failed");
  if (!overview.findings.length) {
    return `<p>${__("All {0} rules passed. There is nothing to do.", [overview.passed.length])}</p>`;
  }
  const groups = Object.keys(overview.counts)
    .map((severity) => [severity, decided.filter((finding) => finding.severity === severity)])
    .filter(([, group]) => group.length)
    .map(([severity, group]) => group_html(group[0].severity_label, COLORS[severity], group));
  if (open.length) groups.push(group_html(__("Not evaluated"), "gray", open));
  return groups.join("");
}

function group_html(label, color, findings) {
  const shown = findings.slice(0, 20).map(finding_html).join("");
  const more =
    findings.length > 20
      ? `<p class="text-muted">${__("{0} more stand in the report Plan Findings.", [findings.length - 20])}</p>`
      : "";
  return `<section class="mb-4">
    <h5><span class="indicator ${color}">${esc(label)}</span> <span class="text-muted">${findings.length}</span></h5>
    <ul class="list-unstyled">${shown}</ul>${more}
  </section>`;
}

function finding_html(finding) {
  const link =
    finding.collection === "plan"
      ? `<a href="#" data-field="${esc(finding.field || "title")}">${esc(finding.title)}</a>`
      : `<a href="${frappe.utils.get_form_link(finding.doctype, finding.name)}">${esc(finding.title)}</a>`;
  return `<li class="mb-3">
    <div><b>${link}</b> <span class="text-muted small">${esc(__(finding.doctype))} · ${esc(finding.code)}</span></div>
    <div>${esc(finding.message)}</div>
    <div class="text-muted">${esc(finding.fix)}</div>
  </li>`;
}

// Sign-off

async function show_sign_off(frm, { seal }) {
  const wrapper = frm.get_field("sign_off_html").$wrapper.empty();
  if (seal) {
    wrapper.append(seal_html(seal));
    const result = $("<div role='status'></div>").appendTo(wrapper);
    $(`<button class="btn btn-default btn-sm">${__("Verify")}</button>`)
      .on("click", () => verify(frm, result))
      .insertBefore(result);
    verify(frm, result);
    return;
  }
  const summary = await call("sign_off_summary", { plan: frm.doc.name });
  const blockers = summary.blockers.map((finding) => `${finding.code}: ${finding.message}`);
  wrapper.append(`
    <p>${__("{0} signs this plan. Signing seals exactly what the plan holds then.", [
      esc(summary.sponsor || __("The executive sponsor")),
    ])}</p>
    ${list_html(__("What keeps it from its sponsor"), blockers)}
    ${list_html(__("What changed since the version that was signed before"), summary.changes || [])}
  `);
}

function seal_html(seal) {
  const rows = [
    [__("Signed by"), seal.signer_name],
    [__("Signed at"), seal.signed_at],
    [__("Meaning"), seal.meaning],
    [__("Version"), seal.version],
    [__("Seal"), seal.number],
    [__("Seal hash"), seal.seal_hash],
  ];
  const cells = rows.map(([label, value]) => `<tr><th scope="row">${label}</th><td class="text-break">${esc(value)}</td></tr>`);
  return `<table class="table table-bordered"><tbody>${cells.join("")}</tbody></table>`;
}

async function verify(frm, result) {
  result.html(`<p class="text-muted">${__("Verifying …")}</p>`);
  const verified = await call("verify", { plan: frm.doc.name });
  const verdict = verified.intact
    ? `<span class="indicator green">${__("All seals are intact.")}</span>`
    : `<span class="indicator red">${__("Something that was sealed has been changed.")}</span>`;
  const origin = verified.seals.some((seal) => seal.origin === "not checkable")
    ? `<p>${__("The key that made the seal is not on this site: the origin cannot be checked.")}</p>`
    : "";
  const unchanged = verified.drift.length ? "" : `<p>${__("Nothing has changed since it was signed.")}</p>`;
  result.html(`<p class="mt-3">${verdict}</p>${origin}
    ${list_html(__("Tampering"), verified.problems)}
    ${list_html(__("Changed since it was signed; start a revision to have it signed again"), verified.drift.map((change) => change.text))}
    ${verified.intact ? unchanged : ""}`);
}

function list_html(title, texts) {
  if (!texts.length) return "";
  return `<h5>${title}</h5><ul>${texts.map((text) => `<li>${esc(text)}</li>`).join("")}</ul>`;
}

async function ask_signature(frm) {
  const summary = await call("sign_off_summary", { plan: frm.doc.name });
  const stands_in_the_way = [...summary.refusals, ...summary.blockers.map((finding) => finding.message)];
  if (stands_in_the_way.length) {
    frappe.msgprint({ title: __("The plan cannot be signed"), message: stands_in_the_way.map(esc), as_list: true });
    return;
  }
  const dialog = new frappe.ui.Dialog({
    title: __("Sign {0}", [summary.title]),
    size: "large",
    fields: [
      { fieldname: "summary", fieldtype: "HTML", options: signature_html(summary) },
      {
        fieldname: "meaning",
        fieldtype: "Small Text",
        label: __("What my signature means"),
        default: __("I approve this plan and fund what it needs."),
        reqd: 1,
      },
      { fieldname: "password", fieldtype: "Data", label: __("My password"), reqd: 1 },
    ],
    primary_action_label: __("Sign"),
    // What is refused has been shown by then, and the dialog stays for another try.
    primary_action: (values) => sign(frm, dialog, summary, values).catch(() => {}),
  });
  // A plain password input: Frappe's own would judge how strong the password is.
  dialog.get_field("password").$input.attr({ type: "password", autocomplete: "current-password" });
  dialog.show();
}

function signature_html(summary) {
  const holds = Object.entries(summary.holds)
    .filter(([, count]) => count)
    .map(([label, count]) => `${count} × ${label}`)
    .join(", ");
  const findings = Object.entries(summary.counts)
    .filter(([, count]) => count)
    .map(([severity, count]) => `${count} × ${__(severity)}`)
    .join(", ");
  return `
    <p>${esc(summary.why)}</p>
    <p>${__("Version {0}, from {1} to {2}. It holds {3}.", [
      esc(summary.version),
      ...summary.period.map((day) => esc(frappe.datetime.str_to_user(day))),
      esc(holds),
    ])}</p>
    <p>${findings ? __("Open findings: {0}.", [esc(findings)]) : __("There are no findings.")}</p>
    ${list_html(__("What changed since the version that was signed before"), summary.changes || [])}
    <p class="text-muted text-break">${__("You sign the content with the hash {0}.", [esc(summary.seen_hash)])}</p>`;
}

async function sign(frm, dialog, summary, { meaning, password }) {
  await call("sign", { plan: frm.doc.name, seen_hash: summary.seen_hash, meaning, password }, "POST");
  dialog.hide();
  frappe.show_alert({ message: __("The plan is signed and sealed."), indicator: "green" });
  frm.reload_doc();
}

function start_revision(frm) {
  frappe.confirm(
    __("Make the next version as a draft? This version stays in force until the next one is signed."),
    async () => frappe.set_route("Form", "SM Plan", await call("start_revision", { plan: frm.doc.name }, "POST")),
  );
}
