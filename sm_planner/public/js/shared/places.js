// Where something is written, and the links and buttons that lead there.
import { html } from "./html.js";

/** The address of a document, at the field that is meant, or of the list of a DocType with its filters; or of the page on which
 * it is better done, by the parts of its route. */
export const address = ({ doctype, name, field, filters, page = [] }) => {
  if (page.length) return frappe.utils.generate_route({ type: "page", name: page.map(encodeURIComponent).join("/") });
  if (name) return frappe.utils.get_form_link(doctype, name) + (field ? `#${encodeURIComponent(field)}` : "");
  const route_options = Object.fromEntries(
    Object.entries(filters).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  return frappe.utils.generate_route({ type: "doctype", name: doctype, doc_view: "List", route_options });
};

/** A link to a document, by its title. */
export const document_link = (doctype, name, title) =>
  html`<a href="${frappe.utils.get_form_link(doctype, name)}">${title || name}</a>`;

/** A button that goes to a field of the form. */
export const field_button = (fieldname, text) =>
  html`<button type="button" class="smp-link" data-field="${fieldname}">${text}</button>`;

/** A button that goes to the tab of a field of the form. */
export const tab_button = (fieldname, text) =>
  html`<button type="button" class="smp-link" data-tab="${fieldname}">${text}</button>`;

/** A button to a field of the form, or a link to the record or list where something is written. */
export const to_place = (frm, opens, attributes, text) => {
  const here = !opens.page?.length && opens.doctype === frm.doctype && opens.name === frm.doc.name;
  return here && frm.get_field(opens.field)
    ? html`<button type="button" ${attributes} data-field="${opens.field}">${text}</button>`
    : html`<a ${attributes} href="${address(opens)}">${text}</a>`;
};

/** Let the buttons in an area go where they say. */
export const follow = (frm, $area) => {
  $area.find("[data-field]").on("click", (event) => {
    const { field } = event.currentTarget.dataset;
    frm.scroll_to_field(field, frm.get_field(field).df.fieldtype !== "Table"); // the focus would go to its last row
  });
  $area.find("[data-tab]").on("click", (event) => {
    frm.get_field(event.currentTarget.dataset.tab).tab.set_active();
  });
};
