// The way from a record back to the guide of the plan that is being written with it, at the step in which it is written.

/** Offer it where the server knows such a plan, or the record was begun from the guide of one. */
export function offer_guide(frm) {
  const { plan, step, title } = frm.doc.__onload?.sm_planner?.guide || begun(frm) || {};
  if (!plan) return;
  const button = frm.add_custom_button(__("Back to the Guide"), () => {
    sm_planner.returning = { plan, step };
    frappe.set_route("Form", "SM Plan", plan);
  });
  $(button).attr("title", title || plan);
}

/** A record that no plan names yet: that a guide began it is known as long as the page of the Desk is open. */
function begun({ doctype }) {
  const { guided } = sm_planner;
  return guided?.doctype === doctype ? guided : null;
}
