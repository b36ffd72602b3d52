// A progress sheet as it was sent: the mail, made by the server of the text that is kept.
import { html, safe, show } from "../shared/html.js";

frappe.ui.form.on("SM Progress Sheet", {
  refresh(frm) {
    const mail = frm.doc.__onload?.sheet;
    if (mail) show(frm.get_field("sheet_html").$wrapper, html`<div class="smp-sheet">${safe(mail)}</div>`);
    frm.toggle_display("content", false); // the same words
    name_page(frm);
  },
});

/** By the group and its month: the name of a fact says nothing. */
async function name_page(frm) {
  const { stakeholder, day } = frm.doc;
  if (!stakeholder) return;
  const title =
    frappe.utils.get_link_title("SM Stakeholder", stakeholder) ||
    (await frappe.utils.fetch_link_title("SM Stakeholder", stakeholder));
  frm.page.set_title([__("Progress Sheet"), title || stakeholder, frappe.datetime.str_to_user(day)].join(" · "));
}
