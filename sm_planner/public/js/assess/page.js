// An assessment, one line a screen: a digit answers and moves on. Each answer is saved by itself, with its state in view.
import { call, post } from "../shared/api.js";
import { choice, filled, html, joined, show } from "../shared/html.js";
import { AnswerQueue } from "./queue.js";

const METHODS = ["", "Examine", "Interview", "Test"];
const day = (value) => (value ? frappe.datetime.str_to_user(value) : "");
const is_answered = ({ score, not_applicable }) => score !== null || Boolean(not_applicable);

/** Fill a page of the Desk with the assessment that its address names. */
export function show_assessment(wrapper) {
  wrapper.smp_assess ??= new Assess(wrapper);
  const name = frappe.get_route()[1] || "";
  return wrapper.smp_assess.open(name);
}

class Assess {
  constructor(wrapper) {
    this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("Assessment"), single_column: true });
    this.$area = $(this.page.main).addClass("smp-assess-page");
    this.wrapper = wrapper;
    this.queues = new Map(); // name of an assessment → what waits of it, also while another one is shown
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("online", () => {
      for (const queue of this.queues.values()) queue.now();
    });
    window.addEventListener("beforeunload", (event) => {
      if ([...this.queues.values()].some((queue) => queue.size)) event.preventDefault();
    });
  }

  async open(name) {
    if (name === this.name && this.sheet) return;
    if (this.sheet) this.keep_note();
    this.name = name;
    this.sheet = null;
    if (!name) {
      show(this.$area, html`<p class="text-muted">${__("Open an assessment, and choose “Answer Line by Line”.")}</p>`);
      return;
    }
    const sheet = await call("assessment_sheet", name, { about: "assessment" }).catch(() => null);
    if (name !== this.name) return; // another one was opened while this one was read
    if (!sheet) {
      show(this.$area, html`<p class="text-muted">${__("This assessment cannot be read.")}</p>`);
      return;
    }
    this.sheet = sheet;
    this.queue = this.queue_of(name);
    for (const line of this.sheet.lines) {
      const said = this.queue.of(line.code);
      if (said) Object.assign(line, said);
    }
    const first = this.sheet.lines.findIndex((line) => !is_answered(line));
    this.at = Math.max(0, first);
    this.page.set_title(this.sheet.title);
    this.page.clear_menu();
    this.page.set_secondary_action(__("Open the Form"), () => frappe.set_route("Form", "SM Assessment", name));
    this.queue.again();
    this.draw();
  }

  /** What waits of an assessment. It tells the page while that assessment is shown, and nobody otherwise. */
  queue_of(name) {
    if (!this.queues.has(name)) {
      const if_shown = (then) => (...told) => this.sheet && this.name === name && then(...told);
      const queue = new AnswerQueue(name, {
        send: (code, said, seen) => post("answer_line", { assessment: name, code, answer: JSON.stringify(said), seen }),
        tell: if_shown(() => this.show_state()),
        kept: if_shown((code, told) => this.take(code, told)),
        stopped: if_shown((code) => this.show_problem(code)),
      });
      this.queues.set(name, queue);
    }
    return this.queues.get(name);
  }

  get line() {
    return this.sheet.lines[this.at];
  }

  /** The server has kept an answer. */
  take(code, { line, progress, open, result }) {
    const known = this.sheet.lines.find((one) => one.code === code);
    Object.assign(known, line);
    Object.assign(this.sheet, { progress, open, result });
    if (known === this.line) this.draw_others();
    this.show_problem(code);
    this.show_state();
  }

  // ---- answering

  said(line) {
    const { score, not_applicable, note, evidence } = line;
    return { score, not_applicable, note, evidence };
  }

  change(fields) {
    const line = this.line;
    Object.assign(line, fields);
    this.queue.put(line.code, this.said(line), line.state);
  }

  answer(score) {
    if (!this.sheet.may_answer || score >= this.line.levels.length) return;
    this.change({ score, not_applicable: "" });
    this.announce(__("Level {0}: {1}", [score, this.line.levels[score].name]));
    this.move(1);
  }

  clear() {
    if (!this.sheet.may_answer) return;
    this.change({ score: null, not_applicable: "" });
    this.draw();
  }

  not_applicable() {
    if (!this.sheet.may_answer) return;
    const line = this.line;
    frappe.prompt(
      [
        {
          fieldname: "reason",
          fieldtype: "Data",
          label: __("Not Applicable Because"),
          reqd: 1,
          length: 140,
          default: line.not_applicable,
        },
      ],
      ({ reason }) => {
        this.change({ score: null, not_applicable: reason });
        this.move(1);
      },
      line.title,
      __("Does Not Apply"),
    );
  }

  add_evidence() {
    const line = this.line;
    frappe.prompt(
      [
        { fieldname: "what", fieldtype: "Data", label: __("Evidence"), reqd: 1, length: 140, description: line.typical_evidence },
        { fieldname: "method", fieldtype: "Select", label: __("Method"), options: METHODS },
        { fieldname: "found_on", fieldtype: "Date", label: __("Date"), default: frappe.datetime.get_today() },
        { fieldname: "expires", fieldtype: "Date", label: __("Expires") },
      ],
      ({ what, method, found_on, expires }) => {
        const row = { what, method: method || "", found_on: found_on || null, expires: expires || null };
        this.change({ evidence: [...line.evidence, row] });
        this.draw();
      },
      line.title,
      __("Add Evidence"),
    );
  }

  remove_evidence(number) {
    this.change({ evidence: this.line.evidence.filter((_, place) => place !== number) });
    this.draw();
  }

  // ---- moving

  move(steps) {
    this.keep_note();
    const last = this.sheet.lines.length - 1;
    this.at = Math.min(last, Math.max(0, this.at + steps));
    this.draw();
  }

  jump() {
    const options = this.sheet.lines.map((line, place) => ({
      ...choice({ value: String(place + 1), label: `${place + 1} ${line.title}` }),
      description: this.queue.held.has(line.code) ? __("not saved") : is_answered(line) ? "" : __("open"),
    }));
    const dialog = frappe.prompt(
      [{ fieldname: "to", fieldtype: "Autocomplete", label: __("Framework Line"), options, reqd: 1 }],
      ({ to }) => {
        const place = Number.parseInt(to, 10) - 1;
        if (place >= 0 && place < this.sheet.lines.length) this.move(place - this.at);
      },
      __("Go to a Line"),
      __("Go"),
    );
    return dialog;
  }

  next_open() {
    const { lines } = this.sheet;
    const order = lines.map((_, place) => (this.at + 1 + place) % lines.length);
    const next = order.find((place) => !is_answered(lines[place]));
    if (next !== undefined) this.move(next - this.at);
  }

  key(event) {
    if (!this.sheet || frappe.get_route()[0] !== "assess" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector(".modal.show")) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable=true]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = this.acts()[event.key] || (/^\d$/.test(event.key) && (() => this.answer(Number(event.key))));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  acts() {
    return {
      n: () => this.move(1),
      p: () => this.move(-1),
      ArrowRight: () => this.move(1),
      ArrowLeft: () => this.move(-1),
      g: () => this.jump(),
      o: () => this.next_open(),
      x: () => this.not_applicable(),
      e: () => this.sheet.may_answer && this.add_evidence(),
      c: () => this.$area.find("[data-note]").trigger("focus"),
      Backspace: () => this.clear(),
      Delete: () => this.clear(),
    };
  }

  // ---- showing

  draw() {
    const { line, sheet } = this;
    const number = this.at + 1;
    show(
      this.$area,
      html`<section class="smp-assess" aria-label="${__("Assessment")}">
        <header class="smp-assess-head">
          <span>${joined([sheet.framework, sheet.kind, sheet.assessor].filter(Boolean), " · ")}</span>
          <span class="smp-assess-state" role="status" data-state></span>
        </header>
        <p class="smp-assess-numbers" data-numbers></p>
        <progress class="smp-assess-bar" max="100" aria-label="${__("Answered")}" data-bar></progress>
        <div class="smp-assess-line" tabindex="-1" data-line aria-labelledby="smp-assess-title">
          <p class="text-muted">${__("{0} of {1}", [number, sheet.lines.length])} · ${line.group} · <code>${line.code}</code></p>
          <h3 id="smp-assess-title">${line.title}</h3>
          <div role="radiogroup" aria-labelledby="smp-assess-title" class="smp-assess-levels">
            ${line.levels.map((level, place) => this.level_html(level, place))}
          </div>
          <p data-said>${this.said_html()}</p>
          <div data-problem></div>
          <div class="smp-assess-more">
            <label>${__("Note")}<textarea class="form-control" rows="2" data-note ${sheet.may_answer ? "" : "disabled"}>${line.note}</textarea></label>
            <div><strong>${__("Evidence")}</strong> ${this.evidence_html()}</div>
          </div>
          <div data-others></div>
        </div>
        <nav class="smp-assess-nav" aria-label="${__("Lines")}">
          ${this.button("p", __("Back"), "p")} ${this.button("n", __("Next"), "n")}
          ${this.button("o", __("Next open line"), "o")} ${this.button("g", __("Go to …"), "g")}
          ${sheet.may_answer ? html`${this.button("x", __("Does Not Apply"), "x")} ${this.button("e", __("Add Evidence"), "e")} ${this.button("Delete", __("Clear"), "⌫")}` : ""}
          ${sheet.may_answer && !sheet.submitted ? html`<button type="button" class="btn btn-primary btn-sm" data-submit>${__("Submit Assessment")}</button>` : ""}
        </nav>
        <p class="text-muted smp-assess-help">${__("Digits answer and move on. n and p, or the arrows, move; g jumps, o finds the next open line, x does not apply, e adds evidence, c writes a note.")}</p>
        <span class="sr-only" role="status" aria-live="polite" data-announce>${this.announced || ""}</span>
      </section>`,
    );
    this.wire();
    this.show_problem(line.code);
    this.draw_others();
    this.show_state();
    this.$area.find("[data-line]").trigger("focus");
  }

  level_html({ name, looks }, place) {
    const { line, sheet } = this;
    const chosen = line.score === place;
    return html`<button type="button" role="radio" aria-checked="${String(chosen)}" data-level="${place}"
      class="smp-assess-level${chosen ? " smp-chosen" : ""}" ${sheet.may_answer ? "" : "disabled"}>
      <kbd>${place}</kbd><span><strong>${name}</strong>${line.target === place ? html` <em>${__("Target")}</em>` : ""}
      ${looks ? html`<span class="smp-assess-looks">${looks}</span>` : ""}</span></button>`;
  }

  said_html() {
    const { line } = this;
    if (line.not_applicable) return html`${__("Does not apply: {0}", [line.not_applicable])}`;
    if (line.score === null) return html`<span class="text-muted">${__("Not assessed yet. That is not the level 0.")}</span>`;
    return "";
  }

  /** Why a line was not saved, where it is the one shown. What is being typed in it stays, and so does the focus. */
  show_problem(code) {
    if (code !== this.line.code) return;
    const $problem = this.$area.find("[data-problem]");
    show($problem, this.problem_html());
    $problem.find("[data-insist]").on("click", () => {
      this.queue.insist(code);
      this.draw();
    });
    $problem.find("[data-take]").on("click", () => {
      const { told } = this.queue.held.get(code);
      this.queue.drop(code);
      this.take(code, told);
      this.draw();
    });
  }

  problem_html() {
    const problem = this.queue.held.get(this.line.code);
    if (!problem) return "";
    const other = problem.told?.line;
    const text = other ? __("Another screen has said something else of this line.") : problem.error.message || __("This was refused.");
    return html`<div class="alert alert-warning" role="alert"><strong>${__("Not saved.")}</strong> ${text}
      ${other ? html`${other.score === null ? "" : __("There: level {0}.", [other.score])}
        <button type="button" class="btn btn-default btn-xs" data-insist>${__("Keep Mine")}</button>
        <button type="button" class="btn btn-default btn-xs" data-take>${__("Take the Other")}</button>` : html`<button type="button" class="btn btn-default btn-xs" data-insist>${__("Try Again")}</button>`}</div>`;
  }

  evidence_html() {
    const { line, sheet } = this;
    if (!line.evidence.length) {
      return html`<span class="text-muted">${line.typical_evidence ? __("Such as: {0}", [line.typical_evidence]) : __("none")}</span>`;
    }
    return html`<ul>${line.evidence.map(
      (one, place) => html`<li>${joined([one.what, one.method && __(one.method), day(one.found_on), one.expires && __("until {0}", [day(one.expires)])].filter(Boolean), " · ")}
        ${sheet.may_answer ? html`<button type="button" class="btn btn-default btn-xs" data-remove="${place}" aria-label="${__("Remove {0}", [one.what])}">×</button>` : ""}</li>`,
    )}</ul>`;
  }

  draw_others() {
    const { others = [] } = this.line;
    const waits = !others.length && !is_answered(this.line) && !this.sheet.submitted;
    show(
      this.$area.find("[data-others]"),
      others.length
        ? html`<h5>${__("Others")}</h5><ul>${others.map(
            (one) => html`<li>${joined([
              one.is_last ? __("Last time") : one.kind,
              one.who,
              day(one.as_of),
              one.score === null ? __("Does not apply: {0}", [one.not_applicable]) : __("Level {0}", [one.score]),
              one.note,
            ].filter(Boolean), " · ")}</li>`,
          )}</ul>`
        : waits ? html`<p class="text-muted">${__("What others found is shown once you have answered.")}</p>` : "",
    );
  }

  button(act, text, key) {
    return html`<button type="button" class="btn btn-default btn-sm" data-act="${act}">${text} <kbd aria-hidden="true">${key}</kbd></button>`;
  }

  wire() {
    const on = (selector, then) => this.$area.find(selector).on("click", then);
    on("[data-level]", (event) => this.answer(Number(event.currentTarget.dataset.level)));
    on("[data-act]", (event) => this.acts()[event.currentTarget.dataset.act]());
    on("[data-remove]", (event) => this.remove_evidence(Number(event.currentTarget.dataset.remove)));
    on("[data-submit]", () => this.submit());
    this.$area.find("[data-note]").on("change", () => this.keep_note());
  }

  keep_note() {
    const note = String(this.$area.find("[data-note]").val() ?? this.line.note).trim();
    if (this.sheet.may_answer && note !== this.line.note) this.change({ note });
  }

  submit() {
    this.keep_note();
    if (this.queue.size) {
      frappe.msgprint(__("Some answers are not saved yet. Wait until they are, or look at the lines that were refused."));
      return;
    }
    const { open } = this.sheet;
    const question = open ? __("{0} lines are open. Submit the assessment all the same? It stays as it is then.", [open]) : __("Submit the assessment? It stays as it is then.");
    frappe.confirm(String(html`${question}`), async () => {
      await call("submit_assessment", this.name, { about: "assessment", type: "POST", freeze: true });
      frappe.model.clear_doc("SM Assessment", this.name);
      frappe.set_route("Form", "SM Assessment", this.name);
      this.sheet = null;
    });
  }

  announce(text) {
    this.announced = text;
  }

  show_state() {
    if (!this.sheet) return;
    const { queue, sheet } = this;
    const refused = queue.held.size;
    const waits = queue.size - refused;
    const [state, text] = refused
      ? ["refused", __("{0} not saved", [refused])]
      : !waits
        ? ["saved", __("Saved")]
        : queue.tries
          ? ["waiting", __("{0} not saved yet: no connection, trying again", [waits])]
          : ["saving", __("Saving …")];
    const $state = this.$area.find("[data-state]");
    if ($state.text() !== text) $state.attr("data-state", state).text(text);
    const done = sheet.lines.filter(is_answered).length;
    const share = sheet.lines.length ? Math.round((100 * done) / sheet.lines.length) : 0;
    this.$area.find("[data-bar]").val(share);
    const { mean, minimum, below, assessed } = sheet.result;
    const told = [
      filled(__("Answered: {0} of {1}"), html`<strong>${done}</strong>`, sheet.lines.length),
      assessed
        ? filled(
            __("Result: mean {0}, lowest {1}, below target {2}"),
            html`<strong>${format_number(mean, null, 1)}</strong>`,
            minimum,
            below,
          )
        : "",
    ];
    show(this.$area.find("[data-numbers]"), html`${joined(told.filter(Boolean), " · ")}`);
  }
}
