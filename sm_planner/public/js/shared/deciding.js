// Deciding about an entry of a register: what is decided about is what was read.
import { call } from "./api.js";


/** Ask for a reason, which a rejection has to have, and send the decision.
 *  asked: api (the function), about (what it calls the entry), act, shown (the hash of what was read), title. */
export function decide(frm, { api, about, act, shown, title }) {
  if (frm.is_dirty()) {
    frappe.msgprint(__("Save your changes first. What is decided about is what you have read."));
    return;
  }
  frappe.prompt(
    [{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: act === "Reject" ? 1 : 0 }],
    async ({ reason = "" }) => {
      await call(api, frm.doc.name, { about, args: { act, shown, reason }, type: "POST", freeze: true });
      frm.reload_doc();
    },
    title,
    __(act),
  );
}
