// What comes of a lesson or a risk, and how a sanity check is begun: one step each.
import { call } from "./api.js";

/** A button that makes an improvement of the document. method: of the API; proposal: what is to be done, and by whom. */
export function offer_action(frm, method, about, proposal) {
  if (frm.is_new() || !frappe.model.can_create("SM Improvement")) return;
  frm.add_custom_button(__("Make an Improvement"), () =>
    frappe.prompt(
      [
        { fieldname: "doing", fieldtype: "Small Text", label: __("What Is to Be Done"), reqd: 1, default: proposal.doing },
        { fieldname: "owner", fieldtype: "Link", options: "SM Person", label: __("Owner"), default: proposal.owner },
        { fieldname: "due", fieldtype: "Date", label: __("Due") },
      ],
      async ({ doing, owner = "", due = "" }) => {
        if (frm.is_dirty()) await frm.save();
        await call(method, frm.doc.name, { about, args: { doing, owner, due }, type: "POST", freeze: true });
        frm.reload_doc();
      },
      __("Make an Improvement"),
      __("Make"),
    ),
  );
}

/** A button that begins the sanity check of what the form shows, and opens it. */
export function offer_sanity_check(frm, args) {
  if (frm.is_new() || !frappe.model.can_create("SM Sanity Check")) return;
  frm.add_custom_button(__("Sanity Check"), async () => {
    const { message } = await frappe.call({
      method: "sm_planner.api.begin_sanity_check",
      args,
      type: "POST",
      freeze: true,
    });
    if (message) frappe.set_route("Form", "SM Sanity Check", message);
  });
}
