// The key questions of a plan: all of them stand there in their words, to be answered, in place of the table of answers.
import { call } from "../shared/api.js";
import { html, joined, show } from "../shared/html.js";
import { follow, to_place } from "../shared/places.js";

const FIELD = "answers";
const TEXTS = ["answer", "evidence"];

const says_something = (row) => Boolean(row) && TEXTS.some((field) => (row[field] || "").trim());

/** Let a text be as high as what is written in it. */
function grow(text) {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

export class KeyQuestions {
  constructor(frm) {
    this.frm = frm;
    this.field = frm.get_field(FIELD);
    this.field.$wrapper.addClass("smp-questions-field"); // its table is hidden: nobody types a code
    this.$area = $("<div>").appendTo(this.field.$wrapper);
  }

  /** The form shows a document, perhaps another one or one that was changed: begin anew. */
  refresh() {
    this.fresh = false;
    this.show();
  }

  show() {
    if (this.fresh || !this.field.tab.is_active()) return;
    this.fresh = true;
    const plan = this.frm.is_new() ? "" : this.frm.doc.name;
    const shown = this.frm.doc.name;
    call("key_questions", plan).then((questions) => {
      if (shown !== this.frm.doc.name) return;
      this.questions = questions;
      this.render();
    });
  }

  render() {
    const rows = [...(this.frm.doc[FIELD] || [])];
    const cards = this.questions.map((question) => {
      const position = rows.findIndex((row) => row.question === question.code);
      const [row] = position < 0 ? [] : rows.splice(position, 1);
      return this.card({ ...question, row });
    });
    const open = this.questions.filter(({ is_answered }) => !is_answered).length;
    show(
      this.$area,
      html`<section class="smp-panel" aria-label="${__("Key Questions")}">
      <p class="text-muted">${open ? __("Not answered yet: {0} of {1}.", [open, cards.length]) : __("All key questions are answered.")}</p>
      <ol class="smp-questions">${cards}</ol>
      ${rows.length > 0 && this.others(rows)}</section>`,
    );
    const texts = this.$area.find("textarea");
    texts.each((_, text) => grow(text));
    texts.on("input", (event) => grow(event.currentTarget));
    texts.on("change", (event) => this.take(event.currentTarget));
    follow(this.frm, this.$area);
  }

  /** Rows of before, which no question shows: they stay until somebody empties them. */
  others(rows) {
    const cards = rows.map((row) => this.card({ code: row.question, text: row.question, row, held: [] }));
    return html`<h5>${__("Answers that belong to no question, or are a second one")}</h5>
      <p class="text-muted">${__("Move what they say to a question above, and empty them.")}</p>
      <ol class="smp-questions">${cards}</ol>`;
  }

  card({ code, text, row, is_answered, held }) {
    const texts = [
      this.text({ code, row, field: "answer", label: __("Answer"), text }),
      this.text({ code, row, field: "evidence", label: __("Evidence"), text }),
    ];
    return html`<li data-question="${code}">
      <header><strong>${text}</strong>
        ${is_answered === false && html`<span class="indicator-pill orange">${__("Open")}</span>`}</header>
      ${texts}
      ${held.length > 0 && html`<div class="smp-held"><span class="text-muted">${__("In the plan already")}</span>
        <ul>${held.map((one) => this.held(one))}</ul></div>`}
    </li>`;
  }

  text({ code, row, field, label, text }) {
    const value = (row && row[field]) || "";
    if (!this.is_open()) {
      return value && html`<p class="smp-said"><span class="text-muted">${label}</span> ${value}</p>`;
    }
    return html`<label>${label}<span class="sr-only">: ${text}</span>
      <textarea class="form-control" rows="${field === "answer" ? 3 : 1}" data-code="${code}" data-field-of-row="${field}"
        data-row="${row ? row.name : ""}">${value}</textarea></label>`;
  }

  held({ text, opens, records, more }) {
    const named = records.map(({ title, opens: place }) => this.link(place, title));
    const list = more > 0 ? [...named, this.link(opens, __("{0} more", [more]))] : named;
    return list.length ? html`<li>${text} – ${joined(list, ", ")}</li>` : html`<li>${this.link(opens, text)}</li>`;
  }

  link(opens, text) {
    return to_place(this.frm, opens, html`class="smp-link"`, text);
  }

  is_open() {
    return this.field.get_status() === "Write";
  }

  /** Take what was typed. A row is there as long as it says something, so that a question without words adds none. */
  take(input) {
    const { code, row: name, fieldOfRow: field } = input.dataset;
    const value = input.value.trim();
    const row = this.row(code, name) || (value && this.added(code));
    if (!row || (row[field] || "") === value) return;
    row[field] = value;
    if (!says_something(row)) frappe.model.clear_doc(row.doctype, row.name);
    this.frm.dirty();
    this.frm.refresh_field(FIELD);
    const kept = says_something(row) ? row.name : "";
    for (const one of this.$area.find("textarea").get()) {
      if (one.dataset.code === code && one.dataset.row === name) one.dataset.row = kept;
    }
  }

  row(code, name) {
    return (this.frm.doc[FIELD] || []).find((row) => (name ? row.name === name : row.question === code));
  }

  /** A row for a question, before those of the questions that come after it. */
  added(code) {
    const codes = this.questions.map((question) => question.code);
    const rows = this.frm.doc[FIELD] || [];
    const next = rows.find((row) => codes.indexOf(row.question) > codes.indexOf(code));
    const row = frappe.model.add_child(this.frm.doc, "SM Answer", FIELD, next && next.idx);
    row.question = code;
    return row;
  }
}
