// Who signs a plan, what stands in the way, the seal once it is signed, and the act of signing.

const STATES = ["Draft", "In Review", "To Sign", "Active"];
const LISTED_BLOCKERS = 5;

sm_planner.PlanSignOff = class extends sm_planner.Panel {
  constructor(frm) {
    super(frm, "sign_off_html");
  }

  purpose() {
    return __("The executive sponsor signs the plan when it is written and reviewed. Save it first.");
  }

  load() {
    if (this.frm.doc.docstatus === 1) {
      this.verify();
    } else {
      this.ask_for("sign_off_summary", __("Checking what prevents the signature …"), (summary) => {
        this.$area.html(this.before_signing(summary));
        sm_planner.follow(this.frm, this.$area);
        this.$area.find("[data-act=delegate]").on("click", () => {
          frappe.new_doc("SM Delegation", { plan: this.frm.doc.name });
        });
        this.show_log();
      });
    }
  }

  // Before it is signed

  before_signing({ sponsor, signers, blockers, changes, thresholds }) {
    const signs = sponsor
      ? __("{0} signs this plan as its executive sponsor.", [`<strong>${sm_planner.escape(sponsor)}</strong>`])
      : `${__("Nobody is named yet to sign this plan.")} ${sm_planner.field_button(
          "executive_sponsor",
          __("Name the executive sponsor"),
        )}`;
    return `<section class="smp-panel" aria-label="${__("Sign-off")}">
      <ol class="smp-steps">${STATES.map((state) => this.step(state)).join("")}</ol>
      <p>${signs} ${__("The signature seals exactly what the plan contains at that time; any later change shows.")}</p>
      ${signers.length > 1 ? signers_html(signers) : ""}
      ${
        frappe.model.can_create("SM Delegation")
          ? `<p><button type="button" class="smp-link" data-act="delegate">${__("Let a deputy sign")}</button></p>`
          : ""
      }
      <h5>${__("What prevents the signature")}</h5>
      ${blockers_html(blockers)}
      ${thresholds_html(thresholds)}
      ${changes_html(changes)}
      <div data-log></div>
    </section>`;
  }

  step(state) {
    const current = state === this.frm.doc.state;
    const done = STATES.indexOf(state) < STATES.indexOf(this.frm.doc.state);
    return `<li ${current ? 'aria-current="step"' : ""} class="${done ? "done" : ""}">
      ${done ? '<span aria-hidden="true">✓</span> ' : ""}${__(state)}</li>`;
  }

  // Once it is signed

  verify() {
    this.fresh = true;
    this.ask_for("verify", __("Verifying the seals …"), (verified) => {
      this.$area.html(this.sealed(verified));
      this.$area.find("[data-act=verify]").on("click", () => this.verify());
      this.$area.find("[data-act=compare]").on("submit", (event) => {
        event.preventDefault();
        this.compare();
      });
      this.show_log();
    });
  }

  sealed({ own, ...verified }) {
    return `<section class="smp-panel" aria-label="${__("Sign-off")}">
      ${own ? seal_html(own, verified.intact) : `<p>${__("This version has no seal.")}</p>`}
      <div role="status">${verdict_html(verified)}</div>
      <button type="button" class="btn btn-default btn-xs" data-act="verify">${__("Verify Again")}</button>
      ${own ? this.receipt() : ""}
      ${compare_html()}
      <div data-log></div>
    </section>`;
  }

  receipt() {
    return `<a class="btn btn-default btn-xs" href="${sm_planner.url("receipt", this.frm.doc.name)}">${__(
      "Download Receipt",
    )}</a>
      <p class="text-muted">${__("A receipt can be verified without this site, with Python and one small script:")}
      <a class="smp-link" href="/assets/sm_planner/verify_receipt.py" download>verify_receipt.py</a></p>`;
  }

  /** Say which seal of the plan a hash from elsewhere belongs to. */
  compare() {
    const hash = this.$area.find("[data-hash]").val().trim();
    if (!hash) return;
    sm_planner.call("compare_hash", this.frm.doc.name, { args: { hash } }).then(({ known, text }) => {
      const pill = known
        ? `<span class="indicator-pill green">${__("Known")}</span>`
        : `<span class="indicator-pill red">${__("Not known")}</span>`;
      this.$area.find("[data-compared]").html(`${pill} ${sm_planner.escape(text)}`);
    });
  }

  /** What was done about the sign-off, and what was refused; the latest first. */
  show_log() {
    const plan = this.frm.doc.name;
    sm_planner.call("sign_off_log", plan).then((events) => {
      if (plan === this.frm.doc.name) this.$area.find("[data-log]").html(log_html(events));
    });
  }

  // Returning

  /** Send the plan back to its authors, who are told why. */
  ask_reason(proposed = "") {
    frappe.prompt(
      {
        fieldname: "reason",
        fieldtype: "Small Text",
        default: proposed,
        label: __("Reason for the return"),
        description: __("The authors can read this. Signatures given so far no longer count."),
        reqd: 1,
      },
      ({ reason }) =>
        sm_planner
          .call("return_plan", this.frm.doc.name, { args: { reason }, type: "POST", freeze: true })
          .then(() => this.frm.reload_doc()),
      __("Return the Plan"),
      __("Return"),
    );
  }

  // Signing

  /** Show the sponsor what is to be signed, and ask for the signature. */
  ask() {
    sm_planner.call("sign_off_summary", this.frm.doc.name, { freeze: true }).then((summary) => {
      const reasons = [...summary.refusals, ...summary.blockers.map(blocker_text)];
      if (reasons.length) {
        frappe.msgprint({
          title: __("The plan cannot be signed"),
          message: reasons.map(sm_planner.escape),
          as_list: true,
          indicator: "orange",
        });
      } else {
        this.show_dialog(summary);
      }
    });
  }

  show_dialog(summary) {
    const dialog = new frappe.ui.Dialog({
      title: __("Sign {0}", [sm_planner.escape(summary.title)]),
      size: "large",
      fields: [
        ...refusal_fields(summary.proof),
        { fieldname: "summary", fieldtype: "HTML", options: " " },
        {
          fieldname: "meaning",
          fieldtype: "Small Text",
          label: __("What my signature means"),
          default: __("I approve this plan, and commit the people and money that it needs."),
          max_height: "5rem",
          reqd: 1,
        },
        ...proof_fields(summary.proof),
      ],
      primary_action_label: __("Sign"),
      primary_action: ({ meaning, password = "" }) => {
        const args = { seen_hash: summary.seen_hash, meaning, password };
        sm_planner
          .call("sign", this.frm.doc.name, { args, type: "POST", btn: dialog.get_primary_btn() })
          .then(({ sealed }) => {
            dialog.hide();
            const message = sealed
              ? __("The plan is signed and sealed.")
              : __("You have signed. The next signer has been notified.");
            frappe.show_alert({ message, indicator: "green" });
            this.frm.reload_doc();
          });
      },
    });
    dialog.get_field("summary").$wrapper.html(summary_html(summary));
    const password = dialog.get_field("password");
    if (password) {
      password.disable_password_checks();
      password.$input.attr("autocomplete", "current-password");
    }
    if (summary.proof.refusal) dialog.get_primary_btn().prop("disabled", true);
    dialog.show();
  }
};

/** Why the signer cannot sign now: before all else, so that it is seen on a phone too. */
function refusal_fields({ refusal, new_log_in }) {
  if (!refusal) return [];
  const login = `/login?redirect-to=${encodeURIComponent(window.location.pathname)}`;
  const links = `<a class="smp-link" href="/?cmd=web_logout">${__("Log out")}</a> ·
    <a class="smp-link" href="${login}">${__("Log in")}</a>`;
  const options = `<p role="alert">${sm_planner.escape(refusal)} ${new_log_in ? links : ""}</p>`;
  return [{ fieldname: "refusal", fieldtype: "HTML", options }];
}

/** What the signer gives beside the session. */
function proof_fields({ kind, refusal }) {
  if (refusal) return [];
  if (kind === "Password") {
    return [{ fieldname: "password", fieldtype: "Password", label: __("My password"), reqd: 1 }];
  }
  const options = `<p class="text-muted">${__("You have just logged in, so your password is not needed again.")}</p>`;
  return [{ fieldname: "proof", fieldtype: "HTML", options }];
}

const blocker_text = ({ code, message, fix }) => `${code}: ${message} ${fix}`;

function blockers_html(blockers) {
  const rest = blockers.length - LISTED_BLOCKERS;
  if (!blockers.length) return `<p>${__("Nothing keeps the plan from its sponsor.")}</p>`;
  return `${sm_planner.list(blockers.slice(0, LISTED_BLOCKERS).map(blocker_text))}
    <p>${rest > 0 ? __("{0} more blockers keep the plan from its sponsor.", [rest]) : ""}
      ${sm_planner.tab_button("findings_html", __("Settle them under Summary"))}</p>`;
}

function summary_html({ plan, version, period, why, holds, counts, changes, content_hash, ...signing }) {
  const days = period.map((day) => sm_planner.escape(frappe.datetime.str_to_user(day)));
  const held = Object.entries(held_labels())
    .filter(([collection]) => holds[collection])
    .map(([collection, [one, many]]) => {
      const count = holds[collection];
      return `<li><strong>${count}</strong> ${count === 1 ? one : many}</li>`;
    });
  const open = Object.entries(counts)
    .filter(([, count]) => count)
    .map(([severity, count]) => `${__(severity)} (${count})`);
  return `<div class="smp-panel">
    <p>${__("Version {0}, in force from {1} to {2}.", [sm_planner.escape(version), ...days])}
      <a class="smp-link" href="${sm_planner.url("plan_book", plan)}" target="_blank">${__("Read the whole plan")}</a></p>
    <blockquote>${sm_planner.escape(why)}</blockquote>
    <ul class="smp-holds" aria-label="${__("What the plan contains")}">${held.join("")}</ul>
    <p>${
      open.length
        ? __("Open findings: {0}.", [sm_planner.escape(open.join(", "))])
        : __("No findings are open.")
    }</p>
    ${thresholds_html(signing.thresholds)}
    ${changes_html(changes)}
    ${signing.signers.length > 1 ? signers_html(signing.signers) : ""}
    <p>${
      signing.on_behalf_of
        ? `<strong>${__("You sign on behalf of {0}.", [sm_planner.escape(signing.on_behalf_of)])}</strong>`
        : ""
    } ${__("Your signature seals exactly this content; any later change shows.")}
      <span class="text-muted">${__("Its hash:")} <code>${sm_planner.escape(content_hash)}</code></span></p>
  </div>`;
}

/** By what the plan is measured, where that is not the standard: part of what is signed. */
function thresholds_html(thresholds) {
  if (!thresholds.length) return "";
  return `<p>${__("This site measures plans by thresholds that differ from the standard:")}</p>${sm_planner.list(thresholds)}`;
}

/** Who signs, in which order, and who is next. */
function signers_html(signers) {
  const rows = signers.map(({ name, stands_for, signed_at, deputy, next }) => {
    const what = [sm_planner.escape(name), stands_for && `(${sm_planner.escape(stands_for)})`];
    if (signed_at) what.push("–", __("signed at {0}", [sm_planner.escape(sm_planner.user_time(signed_at))]));
    if (deputy) what.push(__("by {0}, deputy", [sm_planner.escape(deputy)]));
    if (next) what.push(`<span class="indicator-pill orange">${__("signs next")}</span>`);
    return `<li ${next ? 'aria-current="step"' : ""}>${what.filter(Boolean).join(" ")}</li>`;
  });
  return `<h5>${__("Who signs, in this order")}</h5><ol class="smp-signers">${rows.join("")}</ol>`;
}

const OUTCOME_COLORS = { Done: "green", Refused: "red", Noted: "orange" };

function log_html(events) {
  if (!events.length) return "";
  const rows = events.map(
    ({ act, outcome, user, acted_at, reason, proof }) => `<li>
      <span class="indicator-pill ${OUTCOME_COLORS[outcome]}">${__(outcome)}</span>
      <div><p><strong>${sm_planner.escape(act)}</strong> ${sm_planner.escape(frappe.user.full_name(user))}
        <span class="text-muted">${sm_planner.escape(
          [sm_planner.user_time(acted_at), proof].filter(Boolean).join(" · "),
        )}</span></p>
      ${reason ? `<p class="text-muted">${sm_planner.escape(reason)}</p>` : ""}</div></li>`,
  );
  return `<details class="smp-group" open><summary>${__("What happened: {0}", [events.length])}</summary>
    <ul class="smp-log">${rows.join("")}</ul></details>`;
}

/** What one of a collection is called, and several. */
function held_labels() {
  return {
    services: [__("service"), __("services")],
    components: [__("component"), __("components")],
    agreements: [__("agreement"), __("agreements")],
    objectives: [__("objective"), __("objectives")],
    processes: [__("process"), __("processes")],
    roles: [__("role"), __("roles")],
    raci: [__("RACI entry"), __("RACI entries")],
    people: [__("person"), __("people")],
    improvements: [__("improvement"), __("improvements")],
    stakeholders: [__("stakeholder"), __("stakeholders")],
  };
}

function changes_html(changes) {
  if (!changes) return `<p class="text-muted">${__("This plan has no earlier signed version.")}</p>`;
  if (!changes.length) return `<p>${__("Nothing has changed since the previous signed version.")}</p>`;
  return `<details class="smp-group" open>
    <summary>${__("Changed since the previous signed version: {0}", [changes.length])}</summary>
    ${sm_planner.list(changes)}</details>`;
}

function seal_html({ signed_by, earlier, asked, delegation, signed_at, proof, version, number, meaning, seal_hash }, intact) {
  const rows = [
    [intact ? __("Signed by") : __("Signed by, according to a seal that does not hold"), signed_by],
    ...(delegation ? [[__("Delegation"), delegation]] : []),
    ...earlier.map((one) => [
      __("Signed before by"),
      [one.signed_by, sm_planner.user_time(one.signed_at), one.proof].filter(Boolean).join(", "),
    ]),
    [__("Signed at"), sm_planner.user_time(signed_at)],
    ...(proof ? [[__("Proof of the Signer"), proof]] : []),
    [__("Version"), version],
    [__("Seal"), number],
    ...(asked.length ? [[__("Thresholds that differ from the standard"), asked.join("; ")]] : []),
  ];
  return `<figure class="smp-seal">
    <blockquote>${sm_planner.escape(meaning)}</blockquote>
    <dl>${rows.map(([term, value]) => `<div><dt>${term}</dt><dd>${sm_planner.escape(value)}</dd></div>`).join("")}
      <div class="smp-wide"><dt>${__("Seal hash")}</dt><dd><code>${sm_planner.escape(seal_hash)}</code></dd></div>
    </dl>
  </figure>`;
}

/** Where a hash that left the site is entered. */
function compare_html() {
  return `<form class="smp-compare" data-act="compare">
    <label>${__("Compare a hash from a mail, a print or a receipt")}
      <input type="text" class="form-control input-xs" data-hash maxlength="100" autocomplete="off" spellcheck="false">
    </label>
    <button type="submit" class="btn btn-default btn-xs">${__("Compare")}</button>
    <p role="status" data-compared></p>
  </form>`;
}

/** What the verification says, in plain words. */
function verdict_html({ outside, ...verified }) {
  const missed = outside.length
    ? `<p><span class="indicator-pill orange">${__("Something is missing.")}</span>
        ${__("The site recorded these outside its database, and they are no longer in it:")}</p>${sm_planner.list(outside)}`
    : "";
  return held_html(verified) + missed;
}

function held_html({ intact, seals_fit, problems, notes, drift, seals }) {
  const origins = {
    "not checkable": (number) => __("It cannot be checked who made seal {0}, because its key is not known here.", [number]),
    unsigned: (number) => __("It cannot be proved who made seal {0}, because it is not signed with a key.", [number]),
  };
  const doubts = [
    ...seals.flatMap(({ number, origin }) => (origins[origin] ? [origins[origin](number)] : [])),
    ...notes,
  ];
  if (!intact && seals_fit && seals.length) {
    return `<p><span class="indicator-pill red">${__("The sign-off was changed.")}</span>
      ${__("The seals hold, but what belongs to them was changed outside the sign-off:")}</p>${sm_planner.list([...problems, ...notes])}`;
  }
  if (!intact) {
    return `<p><span class="indicator-pill red">${__("The seal does not hold.")}</span>
      ${__("The sealed content, or the seal itself, was changed afterwards.")}</p>${sm_planner.list([...problems, ...notes])}`;
  }
  const verdict = drift.length
    ? `<p><span class="indicator-pill orange">${__("The seal holds, but shared records have changed.")}</span>
        ${__("The sealed content is unchanged. Records that the plan shares have changed since:")}</p>
        ${sm_planner.list(drift.map((change) => change.text))}
        <p>${__("Start a revision to have the changes signed.")}</p>`
    : `<p><span class="indicator-pill green">${__("The seal holds.")}</span>
        ${__("The plan is exactly as it was signed.")}</p>`;
  return verdict + (doubts.length ? sm_planner.list(doubts) : "");
}
