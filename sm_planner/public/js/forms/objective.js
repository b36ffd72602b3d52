// The goals in the strategy map of the plan are offered where an objective names the one that it serves, for it has to
// be named in the same words.
frappe.ui.form.on("SM Objective", {
  refresh: offer_goals,
  plan: offer_goals,
});

async function offer_goals(frm) {
  const { $input } = frm.get_field("business_goal");
  if (!frm.doc.plan || !$input) return;
  const { business_goals } = await frappe.db.get_doc("SM Plan", frm.doc.plan);
  const $goals = $("<datalist>").attr("id", "smp-business-goals");
  for (const { goal } of business_goals) $("<option>").attr("value", goal).appendTo($goals);
  $input.attr("list", "smp-business-goals").siblings("datalist").remove();
  $input.after($goals);
}
