/** Head the form of what has no title of its own, such as a fact, with what it is about and its day. */
export function tell_title(frm) {
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
