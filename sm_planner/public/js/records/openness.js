// What of a record is open to this user. It is said by the server: see adapters/site/form_facts.py.
import { html } from "../shared/html.js";

/** Close what this user cannot change now, and say why. */
export function show_openness(frm) {
  const { note = "", fields = null } = frm.doc.__onload?.sm_planner || {};
  if (note || frm.smp_noted) frm.set_intro("");
  if (note) frm.set_intro(String(html`<div>${note}</div>`), "blue");
  frm.smp_noted = Boolean(note);
  if (fields || frm.smp_closed) {
    for (const { fieldname, read_only } of frm.meta.fields) {
      frm.set_df_property(fieldname, "read_only", fields && !fields.includes(fieldname) ? 1 : read_only);
    }
  }
  frm.smp_closed = Boolean(fields);
  if (fields && !fields.length) frm.disable_save();
  // A record that came without a title may be changed where its title cannot.
  if (!frm.is_new() && !frm.doc.title && frm.get_field("title")) frm.set_df_property("title", "reqd", 0);
}
