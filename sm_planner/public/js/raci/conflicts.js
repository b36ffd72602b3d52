// What others have written in the cells that somebody is about to save: both values, and a choice.
import { html, joined, show } from "../shared/html.js";

/**
 * Ask whose letters are to stay. conflicts: each with spot, letter, task, by and at; told: (spot) → {title, mine} of a cell.
 * decided: is called with the choice for each, in order: true where mine stays.
 */
export function ask_about_conflicts(conflicts, { told, shown }, decided) {
  const dialog = new frappe.ui.Dialog({
    title: __("Changed by Others Meanwhile"),
    fields: [{ fieldname: "cells", fieldtype: "HTML" }],
    primary_action_label: __("Save My Choice"),
    primary_action() {
      const choices = conflicts.map((_, number) => dialog.$wrapper.find(`[name=smp-cell-${number}]:checked`).val() === "mine");
      dialog.hide();
      decided(choices);
    },
    secondary_action_label: __("Keep Editing"),
    secondary_action: () => dialog.hide(),
  });
  const value = ({ letter, task }) => joined([letter ? shown(letter) : __("nothing"), task].filter(Boolean), ": ");
  const choice = (number, whose, label, said) => html`<label class="smp-raci-choice">
    <input type="radio" name="smp-cell-${number}" value="${whose}" ${whose === "mine" ? "checked" : ""} /> ${label} <b>${value(said)}</b></label>`;
  show(
    dialog.get_field("cells").$wrapper,
    html`<p>${__("Nothing was saved yet. Choose what each of these cells is to say.")}</p>
      <p><button type="button" class="btn btn-default btn-xs" data-all="mine">${__("All Mine")}</button>
        <button type="button" class="btn btn-default btn-xs" data-all="theirs">${__("All Theirs")}</button></p>
      ${conflicts.map((one, number) => {
        const { title, mine } = told(one.spot);
        const who = one.by ? __("{0}, {1}:", [one.by, frappe.datetime.str_to_user(one.at)]) : __("Theirs:");
        return html`<fieldset class="smp-raci-conflict"><legend>${title}</legend>
          ${choice(number, "mine", __("Mine:"), mine)} ${choice(number, "theirs", who, one)}</fieldset>`;
      })}`,
  );
  dialog.$wrapper.find("[data-all]").on("click", ({ currentTarget }) => {
    dialog.$wrapper.find(`input[value=${currentTarget.dataset.all}]`).prop("checked", true);
  });
  dialog.show();
}
