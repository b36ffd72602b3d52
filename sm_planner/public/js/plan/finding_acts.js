// What is done about a finding where it is read: why it is asked, lived with, worked on, given to its owner.
import { call } from "../shared/api.js";
import { choice, filled, html } from "../shared/html.js";
import { facts_html } from "../shared/panel.js";
import { document_link } from "../shared/places.js";

/** The menu of a finding about a record, or of a rule where no record is named. */
export function menu_html(frm, { code, collection = "", id = "", waivable, improvement }) {
  if (!code) return "";
  const may_write = Boolean(frm.perm[0]?.write);
  const acts = [
    ["why", __("Why Is This Asked?"), true],
    ["waive", id ? __("Waive …") : __("Waive for All …"), waivable && frappe.model.can_create("SM Waiver")],
    ["improve", __("Make an Improvement …"), id && !improvement && frappe.model.can_create("SM Improvement")],
    ["assign", __("Assign to Its Owner"), id && may_write],
  ].filter(([, , offered]) => offered);
  const items = acts.map(
    ([act, label]) => html`<button type="button" role="menuitem" class="dropdown-item" data-finding-act="${act}">${label}</button>`,
  );
  return html`<div class="dropdown" data-code="${code}" data-collection="${collection}" data-id="${id}">
    <button type="button" class="btn btn-default btn-xs" data-toggle="dropdown" aria-haspopup="true" aria-expanded="false"
      aria-label="${__("What can be done about {0}", [code])}" title="${__("What can be done about {0}", [code])}">⋯</button>
    <div class="dropdown-menu dropdown-menu-right" role="menu">${items}</div></div>`;
}

/** That something is being done about it already. */
export const improvement_html = (improvement) =>
  improvement &&
  html`<p>${filled(__("Being worked on: {0}"), document_link("SM Improvement", improvement.name, improvement.title))}</p>`;

/** Let the menus in an area act. */
export function follow_acts(frm, $area) {
  $area.find("[data-finding-act]").on("click", (event) => {
    const $menu = $(event.currentTarget.closest(".dropdown"));
    const { code: rule, collection, id } = $menu.get(0).dataset;
    const about = { rule, collection, id };
    const act = event.currentTarget.dataset.findingAct;
    if (act === "why") tell_why(frm, about);
    if (act === "waive") ask_waiver(frm, about);
    if (act === "improve") ask_improvement(frm, about, $menu);
    if (act === "assign") assign(frm, about);
  });
}

const ask = (frm, args) => call("about_finding", frm.doc.name, { args });
const act_on = (frm, method, args) => call(method, frm.doc.name, { args, type: "POST", freeze: true });

/** What was found stays as it is: nobody loses the place where he reads. */
const done = (message) => frappe.show_alert({ message: String(message), indicator: "green" }, 10);

async function tell_why(frm, about) {
  const { code, title, why, fix, source, depth, severity } = await ask(frm, about);
  frappe.msgprint({
    title: `${code}: ${title}`,
    message: String(html`<div class="smp-panel"><p>${why}</p>${facts_html([
      [__("What to Do"), fix],
      [__("Severity"), severity],
      [__("Asked from Depth"), depth],
      [__("Source"), source],
    ])}</div>`),
  });
}

async function ask_waiver(frm, about) {
  const { code, title, approvers, requester, expires } = await ask(frm, about);
  if (!approvers.length) {
    frappe.msgprint(__("Nobody else can approve a waiver yet. Name the executive sponsor of the plan first."));
    return;
  }
  const asks = { fieldname: "requester", fieldtype: "Link", options: "SM Person", label: __("Requester"), reqd: 1 };
  frappe.prompt(
    [
      { fieldname: "rule", fieldtype: "HTML", options: String(html`<p>${title}</p>`) },
      { fieldname: "reason", fieldtype: "Small Text", label: __("Why can this be lived with?"), reqd: 1 },
      { fieldname: "expires", fieldtype: "Date", label: __("Expires"), default: expires, reqd: 1 },
      {
        fieldname: "approver",
        fieldtype: "Select",
        label: __("Approver"),
        options: approvers.map(choice),
        default: approvers[0].value,
        reqd: 1,
      },
      ...(requester ? [] : [asks]),
    ],
    async (values) => {
      const name = await act_on(frm, "waive_finding", {
        ...about,
        requester: values.requester || requester,
        reason: values.reason,
        approver: values.approver,
        expires: values.expires,
      });
      const { label } = approvers.find(({ value }) => value === values.approver);
      done(filled(__("{0} waits for approval by {1}."), document_link("SM Waiver", name, __("The waiver")), label));
    },
    __("Waive {0}", [code]),
    __("Ask for Approval"),
  );
}

async function ask_improvement(frm, about, $menu) {
  const { code, title, owner } = await ask(frm, about);
  frappe.prompt(
    [
      { fieldname: "rule", fieldtype: "HTML", options: String(html`<p>${title}</p>`) },
      {
        fieldname: "title",
        fieldtype: "Data",
        label: __("What Is to Be Done"),
        description: __("If empty, what is wrong."),
      },
      { fieldname: "owner", fieldtype: "Link", options: "SM Person", label: __("Owner"), default: owner?.id },
      { fieldname: "due", fieldtype: "Date", label: __("Due") },
    ],
    async ({ title: doing = "", owner: person = "", due = "" }) => {
      const name = await act_on(frm, "improve_finding", { ...about, title: doing, owner: person, due });
      const made = { name, title: doing || __("The improvement") };
      done(filled(__("{0} is made."), document_link("SM Improvement", name, made.title)));
      const $told = $(String(improvement_html(made)));
      $menu.closest("li").find("[data-told]").first().append($told);
      $menu.find("[data-finding-act=improve]").remove();
    },
    __("Make an Improvement of {0}", [code]),
    __("Make"),
  );
}

async function assign(frm, about) {
  const name = await act_on(frm, "assign_finding", about);
  done(html`${__("Assigned to {0}.", [name])}`);
}
