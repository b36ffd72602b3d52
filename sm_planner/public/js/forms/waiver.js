import { decide } from "../shared/deciding.js";
import { html } from "../shared/html.js";

// A waiver names a rule and a record of its plan, chosen from lists.
frappe.ui.form.on("SM Waiver", {
  refresh(frm) {
    offer_choices(frm);
    offer_decision(frm);
  },
  lineage: offer_choices,
});

async function offer_choices(frm) {
  const lineage = frm.doc.lineage || "";
  const answer = await frappe.call({ method: "sm_planner.api.waivable", type: "GET", args: { lineage } });
  if (lineage !== (frm.doc.lineage || "")) return; // another answer is on its way
  frm.get_field("rule").set_data(answer.message.rules);
  frm.get_field("record").set_data(answer.message.records);
}

/** Buttons for who may decide; for who asks, a word on what it waits for. */
function offer_decision(frm) {
  const { shown, refused } = frm.doc.__onload?.decision || {};
  if (!shown || frm.is_dirty()) return;
  if (refused) {
    frm.set_intro(String(html`${__("This waiver waits for a decision.")}`), "blue");
    return;
  }
  offer(frm, "Approve", shown).addClass("btn-primary");
  offer(frm, "Reject", shown);
}

function offer(frm, act, shown) {
  const until = frappe.datetime.str_to_user(frm.doc.expires);
  const title = act === "Reject" ? __("Reject this waiver") : __("Approve this waiver until {0}", [until]);
  return frm.add_custom_button(__(act), () => decide(frm, { api: "decide_waiver", about: "waiver", act, shown, title }));
}
