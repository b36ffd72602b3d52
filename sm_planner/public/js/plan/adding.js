// New records of a plan, with the plan and the links filled in.
import { add_several } from "../typing/several.js";

/**
 * Add records of a kind: several in one table where there is one for them, else one in its own form, which leads back to the guide.
 * adds: the collection, its doctype, whether several, and the values of what is new.
 */
export async function add_records(frm, { collection, doctype, several, values }) {
  if (several) return add_several(frm, collection, { values });
  if (frm.is_dirty()) await frm.save();
  sm_planner.guided = { plan: frm.doc.name, title: frm.doc.title, doctype, step: frm.smp_guide.open };
  frappe.route_options = values;
  frappe.new_doc(doctype);
}
