// Records that came from a template, until somebody has looked at them: what their forms say, and what lists do with many.
import { filled, html } from "../shared/html.js";
import { counted } from "../shared/words.js";

const fits = (kind, names) =>
  frappe.call({ method: "sm_planner.api.looked_at", type: "POST", args: { kind, names }, freeze: true });

/** Say in the head of a form that its record came from a template, with a button for who finds that it fits. */
export function show_mark(frm) {
  const { taken_from } = frm.doc;
  const texts = [__("Taken from “{0}”. Adapt it, or say that it fits: {1}"), __("Taken from “{0}”. Nobody has looked at it yet.")];
  show_in_head(frm, taken_from, frm.perm[0]?.write, texts);
}

/** The same on the form of a plan, about its own fields. */
export function show_fields_as_taken(frm) {
  const names = (frm.doc.taken_fields || "").split("\n").filter((name) => frm.doc[name]?.length);
  const labels = names.map((name) => __(frappe.meta.get_label("SM Plan", name)));
  const texts = [
    __("As a template filled it: {0}. Adapt it, or say that it fits: {1}"),
    __("As a template filled it: {0}. Nobody has looked at it yet."),
  ];
  show_in_head(frm, labels.join(", "), frm.doc.state === "Draft" && frm.perm[0]?.write, texts);
}

/** texts: for who may say that it fits, and for others. */
function show_in_head(frm, what, may_write, [asks, tells]) {
  frm.layout.wrapper.find(".smp-from-template").remove();
  if (!what || frm.is_new()) return;
  const button = may_write ? html`<button type="button" class="btn btn-default btn-xs">${__("It Fits")}</button>` : "";
  const $mark = $(String(html`<div class="form-message blue smp-from-template">${filled(button ? asks : tells, what, button)}</div>`));
  $mark.insertBefore(frm.layout.message);
  $mark.find("button").on("click", async () => {
    if (frm.is_dirty()) await frm.save();
    await fits(frm.doctype, [frm.doc.name]);
    frm.reload_doc();
  });
}

/** Offer to say of the records that are chosen in a list that they fit. */
export function offer_fits(listview) {
  if (!frappe.model.can_write(listview.doctype)) return;
  listview.page.add_action_item(__("It Fits"), async () => {
    const { message: marked } = await fits(listview.doctype, listview.get_checked_items(true));
    const message = counted(
      marked,
      __("None of them came from a template, or somebody has looked at all."),
      __("1 record fits."),
      __("{0} records fit.", [marked]),
    );
    frappe.show_alert({ message, indicator: marked ? "green" : "blue" });
    listview.clear_checked_items();
    listview.last_args = null; // else the Desk thinks that nothing changed since
    listview.refresh();
  });
}
