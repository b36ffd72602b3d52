// The act of signing, and that of sending a plan back.
import { call, url } from "../shared/api.js";
import { early_html, gates_html } from "../shared/gates.js";
import { filled, html, show } from "../shared/html.js";
import { effort_html } from "./effort.js";
import {
  blocker_text,
  changes_html,
  more_blockers,
  moved_html,
  signers_html,
  thresholds_html,
  waivers_html,
} from "./signing_facts.js";

/** Send the plan back to its authors, who are told why. */
export function ask_reason(frm, proposed = "") {
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
      call("return_plan", frm.doc.name, { args: { reason }, type: "POST", freeze: true }).then(() => frm.reload_doc()),
    __("Return the Plan"),
    __("Return"),
  );
}

/** Take a plan back that one sent for review oneself, so that it can be changed. */
export const take_back = (frm) =>
  call("return_plan", frm.doc.name, { args: { reason: "" }, type: "POST", freeze: true }).then(() => frm.reload_doc());

/** Show the sponsor what is to be signed, and ask for the signature. */
export function ask_signature(frm) {
  call("sign_off_summary", frm.doc.name, { freeze: true }).then((summary) => {
    const reasons = [...summary.refusals, ...summary.blockers.map(blocker_text), more_blockers(summary)].filter(Boolean);
    if (reasons.length) {
      frappe.msgprint({
        title: __("The plan cannot be signed"),
        message: reasons.map((reason) => String(html`${reason}`)),
        as_list: true,
        indicator: "orange",
      });
    } else {
      show_dialog(frm, summary);
    }
  });
}

function show_dialog(frm, summary) {
  const dialog = new frappe.ui.Dialog({
    title: String(filled(__("Sign {0}"), summary.title)),
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
      call("sign", frm.doc.name, { args, type: "POST", btn: dialog.get_primary_btn() }).then(({ sealed }) => {
        dialog.hide();
        const message = sealed
          ? __("The plan is signed and sealed.")
          : __("You have signed. The next signer has been notified.");
        frappe.show_alert({ message, indicator: "green" });
        frm.reload_doc();
      });
    },
  });
  show(dialog.get_field("summary").$wrapper, summary_html(summary));
  const password = dialog.get_field("password");
  if (password) {
    password.disable_password_checks();
    password.$input.attr("autocomplete", "current-password");
  }
  if (summary.proof.refusal) dialog.get_primary_btn().prop("disabled", true);
  dialog.show();
}

/** Why the signer cannot sign now: before all else, so that it is seen on a phone too. */
function refusal_fields({ refusal, new_log_in }) {
  if (!refusal) return [];
  const login = `/login?redirect-to=${encodeURIComponent(window.location.pathname)}`;
  const links = html`<a class="smp-link" href="/?cmd=web_logout">${__("Log out")}</a> ·
    <a class="smp-link" href="${login}">${__("Log in")}</a>`;
  const options = html`<p role="alert">${refusal} ${new_log_in ? links : ""}</p>`;
  return [{ fieldname: "refusal", fieldtype: "HTML", options: String(options) }];
}

/** What the signer gives beside the session. */
function proof_fields({ kind, refusal }) {
  if (refusal) return [];
  if (kind === "Password") {
    return [{ fieldname: "password", fieldtype: "Password", label: __("My password"), reqd: 1 }];
  }
  const options = html`<p class="text-muted">${__("You have just logged in, so your password is not needed again.")}</p>`;
  return [{ fieldname: "proof", fieldtype: "HTML", options: String(options) }];
}

function summary_html({ plan, version, period, why, holds, counts, changes, content_hash, ...signing }) {
  const days = period.map((day) => frappe.datetime.str_to_user(day));
  const held = Object.entries(held_labels())
    .filter(([collection]) => holds[collection])
    .map(([collection, [one, many]]) => {
      const count = holds[collection];
      return html`<li><strong>${count}</strong> ${count === 1 ? one : many}</li>`;
    });
  const open = Object.entries(counts)
    .filter(([, count]) => count)
    .map(([severity, count]) => `${__(severity)} (${count})`);
  return html`<div class="smp-panel">
    <p>${__("Version {0}, in force from {1} to {2}.", [version, ...days])}
      <a class="smp-link" href="${url("plan_book", plan)}" target="_blank">${__("Read the whole plan")}</a></p>
    <blockquote>${why}</blockquote>
    <ul class="smp-holds" aria-label="${__("What the plan contains")}">${held}</ul>
    ${effort_html(signing.effort)}
    ${gates_html(signing.gates)}${early_html(signing.early)}
    <p>${open.length ? __("Open findings: {0}.", [open.join(", ")]) : __("No findings are open.")}</p>
    <p>${signing.depth}</p>
    ${thresholds_html(signing.thresholds)}
    ${changes_html(changes)}
    ${moved_html(signing.moved)}
    ${waivers_html(signing.waivers)}
    ${signing.signers.length > 1 ? signers_html(signing.signers) : ""}
    <p>${
      signing.on_behalf_of && html`<strong>${__("You sign on behalf of {0}.", [signing.on_behalf_of])}</strong>`
    } ${__("Your signature seals exactly this content; any later change shows.")}
      <span class="text-muted">${__("Its hash:")} <code>${content_hash}</code></span></p>
  </div>`;
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
