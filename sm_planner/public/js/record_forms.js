// What the forms, grids and quick entries of all records share: what links offer, and what of a record is open.
// What holds is said by the server: see adapters/link_choices.py, and guards.openness.

frappe.provide("sm_planner");

(() => {
  const told = frappe.boot.sm_planner;
  if (!told) return; // this user reads no plans

  /** The query of a link field. A filter of a list, which has no document, offers everything. */
  const query_of =
    ({ query, filters }) =>
    (doc) => {
      if (!doc) return {};
      const asked = {};
      for (const [field, [operator, value]] of Object.entries(filters)) {
        const known = value.of ? doc[value.of] : value.user ? frappe.session.user : value;
        if (known) asked[field] = query ? known : [operator, known];
      }
      return query ? { query, filters: asked } : { filters: asked };
    };

  const with_note = (df, { note }) => note && Object.assign(df, { filter_description: __(note) });

  /** Let the links of a form, and of its rows, offer what can be saved. */
  function offer(frm) {
    for (const df of frm.meta.fields) {
      const choice = told.choices[frm.doctype][df.fieldname];
      if (choice) {
        with_note(frm.get_field(df.fieldname).df, choice);
        frm.set_query(df.fieldname, query_of(choice));
      }
      const of_rows = (df.fieldtype === "Table" && told.choices[df.options]) || {};
      for (const [field, of_row] of Object.entries(of_rows)) frm.set_query(field, df.fieldname, query_of(of_row));
    }
  }

  /** Close what this user cannot change now, and say why. */
  function show_openness(frm) {
    const { note = "", fields = null } = frm.doc.__onload?.sm_planner || {};
    if (note || frm.smp_noted) frm.set_intro("");
    if (note) frm.set_intro(`<div>${frappe.utils.escape_html(note)}</div>`, "blue");
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

  /** The quick entry of a record: its links offer what can be saved, and keep what is made from within them. */
  class RecordQuickEntry extends frappe.ui.form.QuickEntryForm {
    set_meta_and_mandatory_fields() {
      super.set_meta_and_mandatory_fields();
      const name = this.docfields ? "docfields" : "mandatory"; // Frappe 16, and 15
      this[name] = this[name].map((df) => this.offering(df));
    }

    offering(df) {
      const choice = told.choices[this.doctype][df.fieldname];
      const copy = choice ? { ...df, get_query: query_of(choice) } : df;
      if (choice) with_note(copy, choice);
      return copy;
    }

    render_dialog() {
      super.render_dialog();
      for (const control of this.dialog.fields_list.filter(({ df }) => df.fieldtype === "Link")) keep_made(control);
    }
  }

  /** Let a link of a dialog take what is made from within it. */
  function keep_made(control) {
    // What has no quick entry opens a form, for which the dialog would be given up.
    frappe.model.with_doctype(control.df.options, () => {
      if (!frappe.get_meta(control.df.options).quick_entry) control.df = { ...control.df, only_select: 1 };
    });
    const make = control.new_doc;
    control.new_doc = () => {
      const answer = make.call(control);
      // Frappe 15 gives the new title to a copy of the control: https://github.com/frappe/frappe/pull/35793
      if (frappe._from_link?.df) frappe._from_link = control;
      return answer;
    };
  }

  for (const doctype of Object.keys(told.choices)) {
    frappe.ui.form.on(doctype, { setup: offer, refresh: show_openness });
    frappe.ui.form[`${doctype.replaceAll(" ", "")}QuickEntryForm`] = RecordQuickEntry;
  }

  // The kinds of what a plan has in its scope, without the prefix of their DocTypes.
  frappe.ui.form.on("SM Plan", {
    setup(frm) {
      const { grid } = frm.get_field("scope");
      const kinds = Object.entries(told.kinds).map(([value, label]) => ({ value, label: __(label) }));
      grid.update_docfield_property("record_type", "options", [{ value: "", label: "" }, ...kinds]);
      grid.update_docfield_property("record_type", "formatter", (value) => (value ? __(told.kinds[value]) : ""));
    },
  });
})();
