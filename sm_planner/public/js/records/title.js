/** Documents whose names are no words, and for which no field is a title → what they are called, in lists and on forms. */
const TITLES = {
  "SM Delegation": (doc) => `${linked(doc, "SM Person", "principal")} → ${linked(doc, "SM Person", "deputy")}`,
  "SM Health": ({ day }) => shown_day(day),
  "SM Measurement": (doc) =>
    doc.objective ? linked(doc, "SM Objective", "objective") : joined(linked(doc, "SM Agreement", "agreement"), target(doc)),
  "SM Plan Seal": ({ number }) => __("Seal {0}", [number]),
  "SM Sign-off Event": ({ act }) => __(act),
};

/** The title of what a field links to: a list reads it along, a form knows it. */
const linked = (doc, doctype, field) =>
  doc[`${field}_title`] || (doc[field] && frappe.utils.get_link_title(doctype, doc[field])) || doc[field] || "";

const target = ({ metric, own_metric, priority }) => [own_metric || __(metric), priority].filter(Boolean).join(" ");

const joined = (...texts) => texts.filter(Boolean).join(", ");

const shown_day = (day) => (day ? frappe.datetime.str_to_user(day) : "");

/** What a document is called that no field of its own calls by name; empty for others. */
export const title_of = (doctype, doc) => TITLES[doctype]?.(doc) || "";

/** Head the form of what has no title of its own, such as a fact, with what it is about and its day. */
export function tell_title(frm) {
  const own = !frm.is_new() && title_of(frm.doctype, frm.doc);
  if (own) {
    frm.page.set_title(frm.doc.day && frm.doctype !== "SM Health" ? `${own}, ${shown_day(frm.doc.day)}` : own);
    return;
  }
  const { fieldtype, options, fieldname } = frappe.meta.get_docfield(frm.doctype, frm.meta.title_field) || {};
  const { [fieldname]: name, day } = frm.doc;
  if (frm.is_new() || fieldtype !== "Link" || !name) return;
  const title = frappe.utils.get_link_title(options, name) || name;
  frm.page.set_title(day ? `${title}, ${frappe.datetime.str_to_user(day)}` : title);
}

/** Ask for the titles of what the server filled in: else links show names until the form is opened again. */
export async function learn_titles(frm) {
  for (const { fieldname, fieldtype, options } of frm.meta.fields) {
    const name = frm.doc[fieldname];
    const is_titled = fieldtype === "Link" && name && frappe.boot.link_title_doctypes.includes(options);
    if (!is_titled || frappe.utils.get_link_title(options, name)) continue;
    await frappe.utils.fetch_link_title(options, name);
    frm.refresh_field(fieldname);
  }
}
