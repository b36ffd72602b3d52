import { choice_of } from "./choices.js";

/** The quick entry of a record: its links offer what can be saved, and keep what is made from within them. */
export class RecordQuickEntry extends frappe.ui.form.QuickEntryForm {
  render_dialog() {
    super.render_dialog();
    for (const control of this.dialog.fields_list.filter(({ df }) => df.fieldtype === "Link")) {
      const choice = choice_of(this.doctype, control.df.fieldname);
      if (choice) {
        control.get_query = choice.query;
        this.change(control, { filter_description: choice.note });
      }
      keep_made(control);
      // What has no quick entry opens a form, for which this dialog would be given up.
      const { options } = control.df;
      frappe.model.with_doctype(options, () => {
        if (!frappe.get_meta(options).quick_entry) this.change(control, { only_select: 1 });
      });
    }
  }

  /** Change the field of a control here, also as the dialog takes it up again from the new document. */
  change(control, properties) {
    control.df = { ...control.df, ...properties };
    const { fieldname } = control.df;
    Object.assign(frappe.meta.get_docfield(this.doctype, fieldname, this.doc.name), properties);
  }
}

/** Let a link take what is made from within it: Frappe 15 gives its title to a copy of the control alone. */
function keep_made(control) {
  const make = control.new_doc;
  control.new_doc = () => {
    const answer = make.call(control);
    if (frappe._from_link?.df) frappe._from_link = control; // Frappe 16 holds the control itself
    return answer;
  };
}
