// What a plan takes into its scope, chosen from what the site has: several at once, of any kind, by title.
import { html, show } from "../shared/html.js";
import { counted } from "../shared/words.js";
import { add_several } from "./several.js";

const SHOWN = 200; // records at a time; others are found by searching
const FIRST = "SM Service";

/** Choose records of a kind for the scope of a plan, whose form this is. kind: a DocType. */
export function pick_records(frm, kind = FIRST) {
  return new Picker(frm, kind);
}

class Picker {
  constructor(frm, kind) {
    this.frm = frm;
    this.chosen = new Map(); // "DocType name" → row of the scope
    this.there = new Set(frm.doc.scope.map(({ record_type, record }) => `${record_type} ${record}`));
    const kinds = Object.entries(frappe.boot.sm_planner.kinds);
    this.dialog = new frappe.ui.Dialog({
      title: __("Take into the Scope"),
      fields: [
        {
          fieldname: "kind",
          fieldtype: "Select",
          label: __("Kind"),
          options: kinds.map(([value, label]) => ({ value, label: __(label) })),
          default: kind,
          change: () => this.search(),
        },
        { fieldtype: "Column Break" },
        { fieldname: "text", fieldtype: "Data", label: __("Search") },
        { fieldtype: "Section Break" },
        { fieldname: "list", fieldtype: "HTML", options: " " },
      ],
      primary_action_label: __("Add"),
      primary_action: () => this.take(),
      secondary_action_label: __("Write New Ones"),
      secondary_action: () => this.write_new(),
    });
    this.$list = this.dialog.get_field("list").$wrapper;
    const search = frappe.utils.debounce(() => this.search(), 300);
    this.dialog.get_field("text").$input.on("input", search);
    this.$list.on("change", "[data-name]", ({ currentTarget }) => this.choose(currentTarget));
    this.$list.on("change", "[data-all]", ({ currentTarget }) => {
      this.$list.find("[data-name]").prop("checked", currentTarget.checked).each((_at, box) => this.choose(box));
    });
    this.dialog.show();
    this.search();
  }

  get kind() {
    return this.dialog.get_value("kind");
  }

  async search() {
    const { kind } = this;
    const text = this.dialog.get_value("text");
    const found = await frappe.db.get_list(kind, {
      fields: ["name", "title"],
      filters: text ? { title: ["like", `%${text}%`] } : {},
      order_by: "title asc",
      limit: SHOWN + this.there.size,
    });
    if (kind !== this.kind || text !== this.dialog.get_value("text")) return; // something else is looked for by now
    this.draw(kind, found.filter(({ name }) => !this.there.has(`${kind} ${name}`)));
  }

  draw(kind, found) {
    const shown = found.slice(0, SHOWN);
    show(
      this.$list,
      shown.length
        ? html`<fieldset class="smp-pick"><legend class="sr-only">${__(frappe.boot.sm_planner.kinds[kind])}</legend>
            <label class="text-muted"><input type="checkbox" data-all> ${__("All of these")}</label>
            ${shown.map((record) => this.line(kind, record))}</fieldset>
            <p class="text-muted small" role="status">${found.length > SHOWN && __("There are more. Search for them.")}</p>`
        : html`<p class="text-muted" role="status">${__("The site has no others. Write new ones.")}</p>`,
    );
    this.count();
  }

  line(kind, { name, title }) {
    const checked = this.chosen.has(`${kind} ${name}`);
    return html`<label><input type="checkbox" data-name="${name}" data-title="${title}" ${checked && html`checked`}> ${title || name}</label>`;
  }

  choose({ checked, dataset: { name, title } }) {
    const key = `${this.kind} ${name}`;
    if (checked) this.chosen.set(key, { record_type: this.kind, record: name, title });
    else this.chosen.delete(key);
    this.count();
  }

  count() {
    const { size } = this.chosen;
    this.dialog.get_primary_btn().text(counted(size, __("Add"), __("Add 1"), __("Add {0}", [size])));
  }

  async take() {
    if (!this.chosen.size) return frappe.show_alert({ message: __("Choose something first."), indicator: "orange" });
    for (const { record_type, record, title } of this.chosen.values()) {
      frappe.utils.add_link_title(record_type, record, title);
      this.frm.add_child("scope", { record_type, record });
    }
    this.frm.refresh_field("scope");
    this.frm.dirty();
    this.dialog.hide();
    await this.frm.save();
  }

  write_new() {
    const collection = frappe.boot.sm_planner.several[this.kind];
    if (!collection) return frappe.new_doc(this.kind);
    this.dialog.hide();
    add_several(this.frm, collection);
  }
}

frappe.ui.form.on("SM Plan", {
  refresh(frm) {
    const { grid } = frm.get_field("scope");
    const may = !frm.is_new() && frm.doc.state === "Draft" && frm.perm[0]?.write;
    grid.add_custom_button(__("Choose Several"), () => pick_records(frm)).toggleClass("hidden", !may);
    grid.add_custom_button(__("Write Several"), () => add_several(frm, "services")).toggleClass("hidden", !may);
  },
});
