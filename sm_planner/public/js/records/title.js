/** Head the form of what has no title of its own, such as a fact, with what it is about and its day. */
export function tell_title(frm) {
  const { fieldtype, options, fieldname } = frappe.meta.get_docfield(frm.doctype, frm.meta.title_field) || {};
  const { [fieldname]: name, day } = frm.doc;
  if (frm.is_new() || fieldtype !== "Link" || !name) return;
  const title = frappe.utils.get_link_title(options, name) || name;
  frm.page.set_title(day ? `${title}, ${frappe.datetime.str_to_user(day)}` : title);
}
