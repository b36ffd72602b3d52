import { html } from "../shared/html.js";

/** Show a person by name on a board, which reads only what is known of a field when it begins, and formats ids. */
export function show_owner(value, df, options, doc) {
  if (!value || cur_list?.view_name !== "Kanban") return frappe.form.formatters.Link(value, df, options, doc);
  const known = frappe.utils.get_link_title("SM Person", value);
  if (!known) {
    frappe.utils.fetch_link_title("SM Person", value).then((title) => {
      $("[data-smp-owner]")
        .filter((_, span) => span.dataset.smpOwner === value)
        .text(title);
    });
  }
  return String(html`<span data-smp-owner="${value}">${known || value}</span>`);
}
