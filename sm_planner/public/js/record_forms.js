// What the forms, grids and quick entries of all records share: what links offer, and what of a record is open.
// What holds is said by the server: see adapters/desk/link_choices.py, and form_facts.openness.

frappe.provide("sm_planner");

/** Let the Gantt chart of a list begin with months, call its bars by titles, and color them by a word of each. */
sm_planner.prepare_gantt = (word_of) => {
  if (cur_list?.view_name !== "Gantt") return;
  const settings = (cur_list.user_settings[cur_list.view_name] ??= {});
  settings.gantt_view_mode ??= "Month";
  for (const task of cur_list.tasks) {
    const item = cur_list.get_item(task.id);
    task.name = item[cur_list.meta.title_field] || item.name;
    task.custom_class = `smp-bar smp-bar-${word_of(item)}`;
  }
};

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

  /** Change a field of rows: in their DocType, and in the copies that rows have of it already. */
  function change_of_rows(doctype, fieldname, properties) {
    const copies = Object.values(frappe.meta.docfield_copy[doctype] || {}).map((fields) => fields[fieldname]);
    for (const df of [frappe.meta.get_docfield(doctype, fieldname), ...copies]) Object.assign(df, properties);
  }

  const note_of = ({ note, noted }) => __(note, noted && [__(noted)]);

  /** Let the links of a form, and of its rows, offer what can be saved. */
  function offer(frm) {
    for (const { fieldname, fieldtype, options } of frm.meta.fields) {
      const choice = told.choices[frm.doctype][fieldname];
      if (choice) frm.set_query(fieldname, query_of(choice));
      const of_rows = (fieldtype === "Table" && told.choices[options]) || {};
      for (const [field, of_row] of Object.entries(of_rows)) {
        frm.set_query(field, fieldname, query_of(of_row));
        change_of_rows(options, field, { filter_description: note_of(of_row) });
      }
    }
  }

  /** Say in words what links offer: Frappe would tell fields and values. */
  function describe(frm) {
    for (const [field, choice] of Object.entries(told.choices[frm.doctype])) {
      frm.set_df_property(field, "filter_description", note_of(choice));
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

  /** Let the timeline tell titles where versions hold the names of what links lead to. */
  function tell_titles(frm) {
    const titles = frm.doc.__onload?.sm_planner?.titles || {};
    const told_by = (doctype, [field, ...values]) => {
      const { options } = frappe.meta.get_docfield(doctype, field) || {};
      return [field, ...values.map((value) => titles[options]?.[value] || value)];
    };
    let changed = false;
    for (const version of frm.get_docinfo()?.versions || []) {
      const data = JSON.parse(version.data || "{}");
      data.changed = data.changed?.map((change) => told_by(frm.doctype, change));
      for (const row of data.row_changed || []) {
        const { options } = frappe.meta.get_docfield(frm.doctype, row[0]) || {};
        row[3] = row[3].map((change) => told_by(options, change));
      }
      const told_now = JSON.stringify(data);
      changed ||= told_now !== version.data;
      version.data = told_now;
    }
    if (changed) frm.timeline?.refresh();
  }

  /** The quick entry of a record: its links offer what can be saved, and keep what is made from within them. */
  class RecordQuickEntry extends frappe.ui.form.QuickEntryForm {
    render_dialog() {
      super.render_dialog();
      for (const control of this.dialog.fields_list.filter(({ df }) => df.fieldtype === "Link")) {
        const choice = told.choices[this.doctype][control.df.fieldname];
        if (choice) {
          control.get_query = query_of(choice);
          this.change(control, { filter_description: note_of(choice) });
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

  for (const doctype of Object.keys(told.choices)) {
    frappe.ui.form.on(doctype, {
      setup: offer,
      onload: describe,
      refresh(frm) {
        show_openness(frm);
        tell_titles(frm);
      },
    });
    frappe.ui.form[`${doctype.replaceAll(" ", "")}QuickEntryForm`] = RecordQuickEntry;
  }

  // The kinds of what a plan has in its scope, without the prefix of their DocTypes.
  frappe.ui.form.on("SM Plan", {
    setup() {
      const kinds = Object.entries(told.kinds).map(([value, label]) => ({ value, label: __(label) }));
      const label_of = (value) => (value ? __(told.kinds[value]) : "");
      const options = [{ value: "", label: "" }, ...kinds];
      change_of_rows("SM Plan Scope", "record_type", { options, formatter: label_of });
    },
  });
})();
