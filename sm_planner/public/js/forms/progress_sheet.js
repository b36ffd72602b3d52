// A progress sheet as it was sent: the mail, made by the server of the text that is kept.
import { html, safe, show } from "../shared/html.js";

frappe.ui.form.on("SM Progress Sheet", {
  refresh(frm) {
    const mail = frm.doc.__onload?.sheet;
    if (mail) show(frm.get_field("sheet_html").$wrapper, html`<div class="smp-sheet">${safe(mail)}</div>`);
    frm.toggle_display("content", false); // the same words
  },
});
