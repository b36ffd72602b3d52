// What the links of a record offer. It is said by the server: see adapters/desk/link_choices.py.

const told = frappe.boot.sm_planner; // none where this user reads no plans

/** The DocTypes whose links are told of. */
export const doctypes = () => Object.keys(told?.choices || {});

const note_of = ({ note, noted }) => __(note, noted && [__(noted)]);

/** What a field offers, as its query and a note; nothing where it offers all. */
export const choice_of = (doctype, fieldname) => {
  const choice = told.choices[doctype]?.[fieldname];
  return choice && { query: query_of(choice), note: note_of(choice) };
};

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

/** Let the links of a form, and of its rows, offer what can be saved. */
export function offer(frm) {
  for (const { fieldname, fieldtype, options } of frm.meta.fields) {
    const choice = choice_of(frm.doctype, fieldname);
    if (choice) frm.set_query(fieldname, choice.query);
    const of_rows = fieldtype === "Table" ? Object.keys(told.choices[options] || {}) : [];
    for (const field of of_rows) {
      const { query, note } = choice_of(options, field);
      frm.set_query(field, fieldname, query);
      change_of_rows(options, field, { filter_description: note });
    }
  }
}

/** Say in words what links offer: Frappe would tell fields and values. */
export function describe(frm) {
  for (const field of Object.keys(told.choices[frm.doctype])) {
    frm.set_df_property(field, "filter_description", choice_of(frm.doctype, field).note);
  }
}

/** The kinds of what a plan has in its scope, without the prefix of their DocTypes. */
export function offer_kinds() {
  const kinds = Object.entries(told.kinds).map(([value, label]) => ({ value, label: __(label) }));
  const label_of = (value) => (value ? __(told.kinds[value]) : "");
  const options = [{ value: "", label: "" }, ...kinds];
  change_of_rows("SM Plan Scope", "record_type", { options, formatter: label_of });
}
