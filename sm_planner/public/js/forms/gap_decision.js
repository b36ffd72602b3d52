// A gap that the organisation lives with: decided about by another than who asked.
import { decide } from "../shared/deciding.js";
import { html } from "../shared/html.js";

frappe.ui.form.on("SM Gap Decision", {
  refresh(frm) {
    const { shown, refused } = frm.doc.__onload?.decision || {};
    if (!shown || frm.is_dirty()) return;
    if (refused) {
      frm.set_intro(String(html`${__("This decision waits for the plan owner or the executive sponsor.")}`), "blue");
      return;
    }
    const until = frappe.datetime.str_to_user(frm.doc.expires);
    const offer = (act, title) =>
      frm.add_custom_button(__(act), () => decide(frm, { api: "decide_gap", about: "gap_decision", act, shown, title }));
    offer("Approve", __("Live with this gap until {0}", [until])).addClass("btn-primary");
    offer("Reject", __("Do not live with this gap"));
  },
});
