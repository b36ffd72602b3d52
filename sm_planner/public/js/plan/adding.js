// New records of a plan, with the plan and the links filled in.

/**
 * Add records of a kind: several in one grid where there is one for them, else one in its own form, which leads back to the
 * guide. What the form does not hold of the values is left out.
 */
export async function add_records(frm, collection, doctype, values) {
  if (frm.is_dirty()) await frm.save();
  if (sm_planner.add_several?.takes?.(collection)) {
    sm_planner.add_several(frm, collection, { values });
    return;
  }
  sm_planner.guided = { plan: frm.doc.name, title: frm.doc.title, doctype, step: frm.smp_guide.open };
  await frappe.model.with_doctype(doctype);
  const known = Object.entries(values).filter(([fieldname]) => frappe.meta.has_field(doctype, fieldname));
  frappe.route_options = Object.fromEntries(known);
  frappe.new_doc(doctype);
}
