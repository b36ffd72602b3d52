import { html } from "../shared/html.js";

frappe.ui.form.on("SM Delegation", {
  // Whoever gives a delegation is whom it stands for.
  async onload(frm) {
    if (!frm.is_new() || frm.doc.principal) return;
    const found = await frappe.db.get_value("SM Person", { user: frappe.session.user }, "name");
    if (found.message?.name) frm.set_value("principal", found.message.name);
  },

  refresh(frm) {
    frm.set_intro(""); // what an earlier refresh said
    if (frm.is_new() || frm.doc.revoked) return;
    const lapsed = frm.doc.__onload?.lapsed;
    if (lapsed) return frm.set_intro(String(html`${lapsed}`), "orange");
    frm.set_intro(__("Only the represented person can end this, with the box Revoked. Seals that were made under it stay."));
  },
});
