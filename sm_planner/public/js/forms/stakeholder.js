// A stakeholder: the replay of how a customer came on board.
import { offer_sanity_check } from "../shared/outcomes.js";

frappe.ui.form.on("SM Stakeholder", {
  refresh(frm) {
    if (frm.doc.kind === "Customer") offer_sanity_check(frm, { customer: frm.doc.name });
  },
});
