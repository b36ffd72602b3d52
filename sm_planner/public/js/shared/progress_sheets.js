// The monthly progress sheet of a group of stakeholders: seen before it is sent.
import { call } from "./api.js";
import { choice, html, safe, show } from "./html.js";

const about = { about: "lineage" };
const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "de", label: "Deutsch" },
];

/** A button on the home of a plan that shows the sheet of a group, for who may send it. */
export async function offer_progress_sheet(frm) {
  if (frm.is_new()) return;
  const lineage = frm.doc.name;
  const text = __("Progress Sheet");
  frm.add_custom_button(text, async () => {
    const choices = await call("progress_sheet_choices", lineage, { ...about, freeze: true });
    if (!choices.groups.length) {
      frappe.msgprint(__("Progress sheets are sent by planners, by the plan owner, and by who owns the report."));
      return;
    }
    new SheetDialog(frm, choices).show();
  });
}

class SheetDialog {
  constructor(frm, choices) {
    this.frm = frm;
    this.lineage = frm.doc.name;
    const day = (value) => ({ value, label: frappe.datetime.str_to_user(value) });
    const on_change = () => this.look();
    this.dialog = new frappe.ui.Dialog({
      title: __("Monthly Progress Sheet"),
      size: "large",
      fields: [
        {
          fieldname: "group",
          fieldtype: "Select",
          label: __("Stakeholders"),
          options: choices.groups.map(({ id, title }) => choice({ value: id, label: title })),
          default: this.first(choices),
          onchange: on_change,
        },
        { fieldtype: "Column Break" },
        {
          fieldname: "month",
          fieldtype: "Select",
          label: __("Month until"),
          options: choices.months.map(day),
          default: choices.months[0],
          onchange: on_change,
        },
        { fieldtype: "Column Break" },
        {
          fieldname: "language",
          fieldtype: "Select",
          label: __("Language"),
          options: LANGUAGES,
          default: choices.language,
          onchange: on_change,
        },
        { fieldtype: "Section Break" },
        { fieldname: "sheet", fieldtype: "HTML" },
        { fieldname: "correction", fieldtype: "Small Text", label: __("What Is Corrected"), hidden: 1 },
      ],
      primary_action_label: __("Send"),
      primary_action: () => this.send(),
    });
  }

  /** The first group that was not sent the last month, or the first of all. */
  first({ groups, months, sent }) {
    const has = new Set(sent.filter(([, day]) => day === months[0]).map(([group]) => group));
    return (groups.find(({ id }) => !has.has(id)) || groups[0]).id;
  }

  show() {
    this.dialog.show();
    this.look();
  }

  asked() {
    const { group, month, language } = this.dialog.get_values(true);
    return { group, month, language };
  }

  async look() {
    const args = this.asked();
    if (!args.group || !args.month || !args.language) return;
    const key = JSON.stringify(args);
    if (key === this.looked) return; // a select tells twice that it changed
    this.looked = key;
    this.dialog.get_primary_btn().prop("disabled", true);
    const told = await call("preview_progress_sheet", this.lineage, { ...about, args });
    if (key !== this.looked) return; // something else was chosen meanwhile
    this.told = told;
    show(this.dialog.get_field("sheet").$wrapper, preview_html(told));
    this.dialog.set_df_property("correction", "hidden", told.sent_before ? 0 : 1);
    this.dialog.set_df_property("correction", "reqd", told.sent_before ? 1 : 0);
    this.dialog.get_primary_btn().prop("disabled", Boolean(told.refused));
  }

  send() {
    const values = this.dialog.get_values(); // none while something that is needed is missing
    if (!values) return;
    const { correction = "" } = values;
    const { recipients, shown } = this.told;
    const question = __("This sheet goes to {0} people by mail, and stays on record as it is. Send it?", [recipients.length]);
    frappe.confirm(String(html`${question}`), async () => {
      const args = { ...this.asked(), shown, correction };
      const sent = call("send_progress_sheet", this.lineage, { ...about, args, type: "POST", freeze: true });
      const name = await sent.catch(() => {
        this.looked = ""; // Frappe told why; what was refused is to be looked at again
        this.look();
      });
      if (!name) return;
      this.dialog.hide();
      frappe.show_alert({ message: __("The sheet is on its way."), indicator: "green" });
      frappe.set_route("Form", "SM Progress Sheet", name);
    });
  }
}

function preview_html({ subject, html: mail, recipients, unreached, sent_before, refused }) {
  const readers = recipients.length ? recipients.join("; ") : __("Nobody");
  return html`<section class="smp-panel" aria-label="${__("Preview")}">
    ${refused ? html`<p class="text-danger" role="alert">${safe(refused)}</p>` : ""}
    ${sent_before ? html`<p role="status">${__("This sheet was sent on {0}. Say what is corrected.", [frappe.datetime.str_to_user(sent_before)])}</p>` : ""}
    <p><strong>${__("Sent To")}</strong>: ${readers}</p>
    ${unreached.length ? html`<p class="text-muted">${__("Without an e-mail address")}: ${unreached.join(", ")}</p>` : ""}
    <article class="smp-sheet"><h4>${subject}</h4>${safe(mail)}</article>
  </section>`;
}
