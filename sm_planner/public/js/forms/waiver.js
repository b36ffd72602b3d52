// A waiver names a rule and a record of its plan, chosen from lists.
frappe.ui.form.on("SM Waiver", {
  refresh: offer_choices,
  plan: offer_choices,
});

async function offer_choices(frm) {
  const plan = frm.doc.plan || "";
  const answer = await frappe.call({ method: "sm_planner.api.waivable", type: "GET", args: { plan } });
  if (plan !== (frm.doc.plan || "")) return; // another answer is on its way
  frm.get_field("rule").set_data(answer.message.rules);
  frm.get_field("record").set_data(answer.message.records);
}
