// What the forms, grids and quick entries of all records share.
import { describe, doctypes, offer, offer_kinds } from "./choices.js";
import { offer_guide } from "./guided.js";
import { show_mark } from "./mark.js";
import { show_openness } from "./openness.js";
import { RecordQuickEntry } from "./quick_entry.js";
import { tell_titles } from "./timeline.js";
import { learn_titles, tell_title } from "./title.js";

for (const doctype of doctypes()) {
  frappe.ui.form.on(doctype, {
    setup: offer,
    onload: describe,
    after_save: learn_titles,
    refresh(frm) {
      show_openness(frm);
      show_mark(frm);
      offer_guide(frm);
      tell_titles(frm);
      tell_title(frm);
    },
  });
  frappe.ui.form[`${doctype.replaceAll(" ", "")}QuickEntryForm`] = RecordQuickEntry;
}

if (doctypes().length) frappe.ui.form.on("SM Plan", { setup: offer_kinds });
