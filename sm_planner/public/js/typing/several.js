// Several records of a kind typed in one table, and saved in one request: all of them, or none.
import { call } from "../shared/api.js";
import { choice, filled, html, joined, show } from "../shared/html.js";
import { counted } from "../shared/words.js";
import { headings, pasted_table } from "./clipboard.js";
import { load_style } from "./style.js";

const EMPTY_ROWS = 5;
/** What was typed and not saved yet, by plan and kind: who closes the table by mistake finds it again. */
const left = new Map();

/** Open the table in which several records of a kind are added to a plan.
 *  plan: its name, or its form, which is saved first and shows the plan anew afterwards. collection: such as "services".
 *  values: field → text for all rows. on_done: gets the names of the documents. */
export async function add_several(plan, collection, { values = {}, on_done } = {}) {
  const frm = typeof plan === "string" ? null : plan;
  if (frm?.is_dirty()) await frm.save();
  const name = frm ? frm.doc.name : plan;
  const sheet = await call("entry_sheet", name, { args: { collection }, freeze: true });
  await load_style(sheet.style);
  return new Several({ plan: name, collection, sheet, values, on_done, frm });
}

class Several {
  constructor(options) {
    Object.assign(this, options);
    this.key = `${this.plan} ${this.collection} ${JSON.stringify(this.values)}`;
    this.columns = this.sheet.columns
      .filter(({ name }) => !(name in this.values))
      .map((column) => ({ ...column, names: [column.label, column.english, column.name] }));
    this.rows = left.get(this.key) || [];
    this.undone = [];
    this.make();
  }

  make() {
    const { title, holders } = this.sheet;
    this.dialog = new frappe.ui.Dialog({
      title: __("Add {0}", [title]),
      size: "extra-large",
      fields: [
        ...(holders.length && !this.values.agreement ? [this.holder_field(holders)] : []),
        { fieldname: "table", fieldtype: "HTML", options: " " },
      ],
      primary_action_label: __("Add"),
      primary_action: () => this.save(),
      on_hide: () => this.keep(),
    });
    this.dialog.$wrapper.addClass("smp-several-dialog");
    this.$area = this.dialog.get_field("table").$wrapper;
    this.draw();
    this.bind();
    this.dialog.show();
    this.dialog.$wrapper.one("shown.bs.modal", () => this.focus(0, 0));
  }

  holder_field(holders) {
    const options = holders.map(choice);
    return { fieldname: "agreement", fieldtype: "Select", label: __("Agreement"), options, reqd: 1 };
  }

  draw() {
    while (this.rows.length < EMPTY_ROWS || !this.is_empty(this.rows.length - 1)) this.rows.push({});
    show(
      this.$area,
      html`<p class="text-muted small">${this.advice()}</p>
        <div class="smp-several-told" role="alert"></div>
        <div class="smp-scroll"><table class="table table-bordered smp-several">
          <caption class="sr-only">${this.sheet.title}</caption>
          <thead><tr><th scope="col"><span class="sr-only">${__("Row")}</span></th>
            ${this.columns.map((column) => this.heading(column))}<th scope="col"><span class="sr-only">${__("Remove")}</span></th></tr></thead>
          <tbody></tbody></table></div>
        ${this.columns.map((column, at) => this.offers(column, at))}
        <p class="smp-several-made text-muted small" role="status"></p>`,
    );
    this.$body = this.$area.find("tbody");
    this.rows.forEach((_row, number) => this.draw_row(number));
    this.tell_made();
  }

  advice() {
    return [
      __("One row each. Paste rows from a spreadsheet into any cell, with or without headings."),
      this.columns.some(({ several }) => several) && __("Several in one cell: with ; between."),
    ]
      .filter(Boolean)
      .join(" ");
  }

  heading({ label, help, needed }) {
    return html`<th scope="col" title="${help}" class="${needed ? "reqd" : ""}">${label}${
      needed && html`<span class="text-danger" aria-hidden="true"> *</span>`
    }</th>`;
  }

  offers({ offers }, at) {
    return offers.length > 0 && html`<datalist id="${this.list_id(at)}">${offers.map((one) => html`<option value="${one}"></option>`)}</datalist>`;
  }

  list_id(at) {
    return `smp-several-${at}`;
  }

  draw_row(number) {
    const cells = this.columns.map((column, at) => this.cell(number, column, at));
    const remove = html`<button type="button" class="btn btn-xs btn-default" data-remove
      aria-label="${__("Remove row {0}", [number + 1])}">×</button>`;
    const row = html`<tr data-row="${number}"><th scope="row">${number + 1}</th>${cells}<td>${remove}</td></tr>`;
    $(String(row)).appendTo(this.$body);
  }

  cell(number, { name, label, offers, needed, kind, example }, at) {
    const id = `smp-several-${number}-${name}`;
    const written = this.rows[number][name] || "";
    return html`<td data-label="${label}"><input type="text" class="form-control input-xs" autocomplete="off" value="${written}" placeholder="${example}"
      data-column="${at}" aria-label="${__("{0}, row {1}", [label, number + 1])}" aria-describedby="${id}"
      ${needed && html`aria-required="true"`} ${["number", "integer"].includes(kind) && html`inputmode="decimal"`}
      ${offers.length > 0 && html`list="${this.list_id(at)}"`}><span class="smp-several-note" id="${id}"></span></td>`;
  }

  bind() {
    this.$area.on("input", "input", ({ currentTarget }) => this.typed(currentTarget));
    this.$area.on("keydown", "input", (event) => this.key_pressed(event));
    this.$area.on("paste", "input", (event) => this.pasted(event));
    this.$area.on("click", "[data-remove]", ({ currentTarget }) => this.remove(this.number_of(currentTarget)));
    this.$area.on("click", "[data-cell]", ({ currentTarget }) => {
      const [row, column] = currentTarget.dataset.cell.split("/").map(Number);
      this.focus(row, column);
    });
    this.$area.on("focus", "input", ({ currentTarget }) => this.offer_next(currentTarget));
  }

  number_of(element) {
    return Number(element.closest("tr").dataset.row);
  }

  column_of(input) {
    return Number(input.dataset.column);
  }

  is_empty(number) {
    return Object.values(this.rows[number]).every((text) => !text.trim());
  }

  typed(input) {
    const number = this.number_of(input);
    this.rows[number][this.columns[this.column_of(input)].name] = input.value;
    this.clear_fault(input);
    if (number === this.rows.length - 1) {
      this.rows.push({});
      this.draw_row(number + 1);
    }
    this.offer_next(input);
    this.tell_made();
  }

  /** Of a cell that names several things, offer the next one after what stands there. */
  offer_next(input) {
    const { several, offers } = this.columns[this.column_of(input)];
    if (!several || !offers.length) return;
    const before = input.value.slice(0, input.value.lastIndexOf(";") + 1);
    const options = offers.map((one) => html`<option value="${before ? `${before} ${one}` : one}"></option>`);
    show(this.$area.find(`#${this.list_id(this.column_of(input))}`), html`${options}`);
  }

  key_pressed(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey, currentTarget: input } = event;
    const number = this.number_of(input);
    if (key === "Enter" && !(ctrlKey || metaKey)) {
      event.preventDefault();
      this.focus(number + (shiftKey ? -1 : 1), this.column_of(input));
    } else if (key === "Enter") {
      event.preventDefault();
      this.save();
    } else if (altKey && (key === "ArrowDown" || key === "ArrowUp")) {
      event.preventDefault();
      this.focus(number + (key === "ArrowUp" ? -1 : 1), this.column_of(input));
    } else if ((ctrlKey || metaKey) && key.toLowerCase() === "z" && this.undone.length && !this.changed_since) {
      event.preventDefault();
      this.put(this.undone.pop());
    }
    this.changed_since = this.undone.length > 0 && key.length === 1 && !(ctrlKey || metaKey) ? true : this.changed_since;
  }

  focus(number, column) {
    this.$body.find(`tr[data-row=${Math.max(number, 0)}] input[data-column=${column}]`).trigger("focus").trigger("select");
  }

  /** Rows from a spreadsheet, from this cell on; by their headings where they have some. */
  pasted(event) {
    const table = pasted_table(event);
    if (!table) return;
    event.preventDefault();
    const input = event.currentTarget;
    const first = this.column_of(input);
    const named = headings(table[0], this.columns);
    const places = named || table[0].map((_cell, at) => first + at);
    const rows = named ? table.slice(1) : table;
    const start = this.number_of(input);
    const refused = named
      ? table[0].filter((cell, at) => cell && named[at] < 0)
      : rows.flatMap((row) => row.slice(this.columns.length - first).filter(Boolean)).slice(0, 3);
    if (refused.length) return this.tell_refused(named, refused);
    if (start + rows.length > this.sheet.most) return this.tell([{ message: __("Add at most {0} at once.", [this.sheet.most]) }]);
    const next = this.rows.map((row) => ({ ...row }));
    rows.forEach((row, down) => {
      const target = (next[start + down] ??= {});
      row.forEach((cell, at) => {
        if (places[at] >= 0 && places[at] < this.columns.length) target[this.columns[places[at]].name] = cell.replaceAll("\n", "; ");
      });
    });
    this.undone.push(this.rows);
    this.changed_since = false;
    this.put(next);
    this.focus(start, first);
    const $made = this.$area.find(".smp-several-made");
    $made.text(`${__("Rows pasted: {0}.", [rows.length])} ${$made.text()}`);
  }

  tell_refused(named, refused) {
    const columns = this.columns.map(({ label }) => label).join(", ");
    const what = refused.map((one) => `“${one}”`).join(", ");
    const message = named
      ? __("Nothing was pasted: there is no column {0} here. The columns are {1}.", [what, columns])
      : __("Nothing was pasted: there are more columns than here, such as {0}. Begin further left.", [what]);
    this.tell([{ message }]);
  }

  put(rows) {
    this.rows = rows;
    this.draw();
  }

  remove(number) {
    this.rows.splice(number, 1);
    this.draw();
    this.focus(Math.min(number, this.rows.length - 1), 0);
  }

  written() {
    return this.rows.filter((_row, number) => !this.is_empty(number));
  }

  async save() {
    const agreement = this.dialog.get_value("agreement");
    if (this.dialog.fields_dict.agreement && !agreement) return this.tell([{ message: __("Choose the agreement whose targets these are.") }]);
    if (!this.written().length) return this.tell([{ message: __("Nothing is written in the table yet.") }]);
    const values = agreement ? { ...this.values, agreement } : this.values;
    const args = { plan: this.plan, collection: this.collection, rows: JSON.stringify(this.rows), values: JSON.stringify(values) };
    await frappe.call({
      method: "sm_planner.api.add_records",
      type: "POST",
      args,
      silent: true, // what is refused is told at its cell
      btn: this.dialog.get_primary_btn(),
      callback: ({ message }) => this.added(message),
      error: (answer) => this.refused(answer),
    });
  }

  added({ names, made }) {
    this.is_saved = true;
    left.delete(this.key);
    this.dialog.hide();
    const count = this.written().length;
    const message = joined(
      [
        counted(count, "", __("1 was added."), __("{0} were added.", [count])),
        made.length && __("Made as well: {0}.", [made.map(({ title }) => title).join(", ")]),
      ].filter(Boolean),
      " ",
    );
    frappe.show_alert({ message: String(message), indicator: "green" }, 7);
    this.frm?.reload_doc();
    this.on_done?.(names);
  }

  refused(answer) {
    const told = answer?.responseJSON || answer || {};
    if (told.problems) return this.tell(told.problems);
    const messages = JSON.parse(told._server_messages || "[]").map((one) => frappe.utils.html2text(JSON.parse(one).message));
    this.tell((messages.length ? messages : [__("This did not work.")]).map((message) => ({ message })));
  }

  /** Show what is wrong above the table, and at the cells. */
  tell(problems) {
    this.$area.find("input").each((_at, input) => this.clear_fault(input));
    const lines = problems.map((problem) => this.line(problem));
    const more = problems.length - 10;
    show(
      this.$area.find(".smp-several-told"),
      html`<div class="smp-several-faults"><strong>${__("Nothing was saved yet.")}</strong><ul>${lines.slice(0, 10)}${
        more > 0 && html`<li>${__("{0} more, at their cells.", [more])}</li>`
      }</ul></div>`,
    );
    const [first] = problems.filter(({ row }) => row);
    if (first) this.focus(first.row - 1, Math.max(this.at(first.column), 0));
  }

  at(column) {
    return this.columns.findIndex(({ name }) => name === column);
  }

  line({ row, column, message }) {
    if (!row) return html`<li>${message}</li>`;
    const at = this.at(column);
    const where = at >= 0 ? __("Row {0}, {1}", [row, this.columns[at].label]) : __("Row {0}", [row]);
    if (at >= 0) this.show_fault(row - 1, at, message);
    return html`<li>${filled("{0}: {1}", html`<button type="button" class="smp-link" data-cell="${row - 1}/${Math.max(at, 0)}">${where}</button>`, message)}</li>`;
  }

  show_fault(number, at, message) {
    const $input = this.$body.find(`tr[data-row=${number}] input[data-column=${at}]`);
    $input.attr("aria-invalid", "true").closest("td").addClass("has-error");
    $input.siblings(".smp-several-note").text(message);
  }

  clear_fault(input) {
    if (!input.hasAttribute("aria-invalid")) return;
    $(input).removeAttr("aria-invalid").closest("td").removeClass("has-error").find(".smp-several-note").text("");
  }

  /** What would be made because a cell names it, and nothing has that title. */
  tell_made() {
    const wanted = new Map();
    for (const row of this.rows) {
      for (const { name, makes, offers, several } of this.columns.filter(({ makes }) => makes)) {
        const known = new Set(offers.map((one) => one.toLowerCase()));
        const parts = several ? (row[name] || "").split(";") : [row[name] || ""];
        for (const part of parts.map((one) => one.trim()).filter(Boolean)) {
          if (!known.has(part.toLowerCase())) wanted.set(`${makes} ${part.toLowerCase()}`, `${makes} “${part}”`);
        }
      }
    }
    const told = [...wanted.values()];
    this.$area
      .find(".smp-several-made")
      .text(told.length ? __("New, and made as well: {0}.", [told.slice(0, 12).join(", ") + (told.length > 12 ? " …" : "")]) : "");
  }

  keep() {
    if (this.is_saved) return;
    if (this.written().length) left.set(this.key, this.rows);
    else left.delete(this.key);
  }
}
