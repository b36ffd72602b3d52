// A new record with what is there of another one: its title is asked, and what is its alone stays behind. What that is say the
// DocTypes (`no_copy`), so that Frappe's own *Duplicate* leaves it behind too.
import { filled } from "../shared/html.js";

const COPIED = {
  "SM Agreement": () => __("Days, signatures, versions and its state stay behind."),
  "SM Service Calendar": () => __("The days of its validity stay behind."),
};

function copy(frm, note) {
  frappe.prompt(
    { fieldname: "title", fieldtype: "Data", label: __("Title of the Copy"), description: note, default: frm.doc.title, reqd: 1 },
    ({ title }) => {
      const made = Object.assign(frappe.model.copy_doc(frm.doc), { title });
      frappe.set_route("Form", made.doctype, made.name);
    },
    String(filled(__("Copy {0}"), frm.doc.title)),
    __("Copy"),
  );
}

for (const [doctype, note] of Object.entries(COPIED)) {
  frappe.ui.form.on(doctype, {
    refresh(frm) {
      if (!frm.is_new() && frappe.model.can_create(doctype)) frm.page.add_menu_item(__("Copy"), () => copy(frm, note()));
    },
  });
}
