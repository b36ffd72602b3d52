// The RACI of a plan as a sheet: places down, roles across. Nothing is written before somebody saves, and then all at once.
import { COLORS } from "../plan/finding_lines.js";
import { call, post } from "../shared/api.js";
import { html, plain, show } from "../shared/html.js";
import { address } from "../shared/places.js";
import { user_time } from "../shared/times.js";
import { counted } from "../shared/words.js";
import { Cards } from "./cards.js";
import { Chooser } from "./chooser.js";
import { as_table, read_table } from "./clipboard.js";
import { ask_about_conflicts } from "./conflicts.js";
import { Grid } from "./grid.js";
import { Letters, key_of, spot_of } from "./letters.js";
import { Effect, Rows, level_of } from "./rows.js";
import { Unsaved } from "./unsaved.js";

const WAIT = 350; // milliseconds without a key until the server is asked what the letters come to
const FIRST = 3; // findings that are listed at once
const TYPED = { r: "R", a: "A", c: "C", i: "I", n: "N/A" };

/** Fill a page of the Desk with the sheet of the plan that its address names, at the cell that it names by process, service,
 * component and role; "-" stands for none. */
export function show_raci_sheet(wrapper) {
  wrapper.smp_raci ??= new RaciSheet(wrapper);
  const [, plan = "", ...spot] = frappe.get_route();
  return wrapper.smp_raci.open(plan, spot.map((id) => (id === "-" ? "" : id)));
}

class RaciSheet {
  constructor(wrapper) {
    this.page = frappe.ui.make_app_page({ parent: wrapper, title: __("RACI Sheet"), single_column: true });
    this.$area = $(this.page.main).addClass("smp-raci-page");
    this.wrapper = wrapper;
    this.kept = new Map(); // plan → its sheet, letters and rows while something of it is not saved
    this.is_phone = window.matchMedia("(max-width: 600px)");
    this.is_phone.addEventListener("change", () => this.sheet && this.build());
    this.page.set_primary_action(__("Save"), () => {
      this.save(); // not returned: the Desk would let the button be pressed again once that is done
    });
    this.page.set_secondary_action(__("Reload"), () => this.reload());
    this.page.add_menu_item(__("Copy the Sheet"), () => this.copy_all());
    this.page.add_menu_item(__("RACI Matrix"), () => frappe.set_route("query-report", "RACI Matrix", { plan: this.plan }));
    this.page.add_menu_item(__("Open the Plan"), () => frappe.set_route("Form", "SM Plan", this.plan));
    this.page.btn_primary.prop("disabled", true);
    wrapper.save_action = () => this.save(); // what Ctrl+S does on a page that has no form
    window.addEventListener("beforeunload", (event) => {
      if (this.has_unsaved()) event.preventDefault();
    });
    for (const act of ["copy", "cut", "paste"]) document.addEventListener(act, (event) => this.clip(act, event));
  }

  has_unsaved() {
    return Boolean(this.kept.size || this.letters?.changed().length);
  }

  // ---- loading

  async open(plan, spot = []) {
    if (!plan) {
      const usual = await call("default_plan", "");
      if (usual) frappe.set_route("raci-sheet", usual.name);
      else this.say_instead(__("There is no plan that you may read."));
      return;
    }
    const is_unsaved = this.sheet && this.letters.changed().length > 0;
    if (plan === this.plan && is_unsaved) {
      if (spot.length) this.find(spot);
      return;
    }
    if (is_unsaved) {
      this.kept.set(this.plan, { sheet: this.sheet, letters: this.letters, rows: this.rows, effect: this.effect, unsaved: this.unsaved });
    }
    if (plan !== this.plan) this.forget();
    this.plan = plan;
    const kept = this.kept.get(plan);
    if (kept) {
      this.kept.delete(plan);
      Object.assign(this, kept);
      this.build();
    } else if (!(await this.load())) {
      return;
    }
    if (spot.length) this.find(spot);
  }

  async load() {
    const { plan } = this;
    const sheet = await call("raci_sheet", plan).catch(() => null);
    if (plan !== this.plan) return false; // another one was opened while this one was read
    if (!sheet) {
      this.forget();
      this.say_instead(__("This plan cannot be read."));
      return false;
    }
    const rows = new Rows(sheet);
    if (this.sheet?.plan === plan) rows.opened = this.rows.opened;
    Object.assign(this, { sheet, rows, letters: new Letters(sheet.entries), effect: new Effect(sheet.effect) });
    this.unsaved = new Unsaved(plan, sheet.version);
    if (this.may_write) this.unsaved.look((change) => this.letters.differs(change));
    this.build();
    return true;
  }

  /** Until another sheet is there, nothing of this one can be written. */
  forget() {
    clearTimeout(this.timer);
    this.asked = (this.asked || 0) + 1; // what the server still answers is of no use
    this.sheet = this.letters = this.grid = this.cards = null;
    this.page.btn_primary.prop("disabled", true);
    this.page.clear_indicator();
    this.say_instead("");
  }

  say_instead(text) {
    show(this.$area, html`<p class="text-muted smp-raci-empty">${text}</p>`);
  }

  reload() {
    if (!this.letters?.changed().length) return this.load();
    frappe.confirm(__("Letters are not saved. Reload, and lose them?"), () => {
      this.unsaved.keep([]);
      this.load();
    });
  }

  // ---- building

  get may_write() {
    return !this.sheet.refused;
  }

  build() {
    const { sheet } = this;
    this.page.set_title(__("RACI: {0}", [sheet.title]));
    this.view = { person: "", supplier: "", gaps: false, words: "" };
    if (!sheet.processes.length || !sheet.roles.length) {
      this.say_instead("");
      show(
        this.$area.find(".smp-raci-empty"),
        html`${__("A RACI needs processes and roles in the scope of the plan.")}
          <a href="${frappe.utils.get_form_link("SM Plan", this.plan)}#scope">${__("Open the Plan")}</a>`,
      );
      this.show_state();
      return;
    }
    show(
      this.$area,
      html`<div class="smp-raci">
        ${this.may_write ? "" : html`<div class="alert alert-info" data-refused></div>`}
        <div data-offer></div>
        <section class="smp-raci-strip" aria-label="${__("What Is Wrong")}" data-strip></section>
        <div class="smp-raci-tools" role="toolbar" aria-label="${__("View and Steps")}">${this.tools_html()}</div>
        <div data-marks></div>
        <div class="smp-raci-bar" data-bar></div>
        <div class="smp-raci-area" data-area></div>
        <details class="smp-raci-help"><summary>${__("Keys")}</summary><p>${__(
          "R, A, C, I and N write a letter and move on; A / R writes both in one cell. Space opens the letters. Delete clears. Ctrl+Z and Ctrl+Y undo and redo, Ctrl+D fills down, Ctrl+R fills to the right, Ctrl+C and Ctrl+V copy and paste, also from and to Excel. Shift with the arrows chooses a range. + and - open and close a process. F2 goes to the task or reason. Ctrl+S saves.",
        )}</p></details>
        <span class="sr-only" role="status" aria-live="polite" data-said></span>
      </div>`,
    );
    this.$area.find("[data-refused]").text(plain(sheet.refused));
    this.show_offer();
    this.wire_tools();
    this.choose_columns();
    const area = this.$area.find("[data-area]")[0];
    this.cards = this.grid = null;
    if (this.is_phone.matches) {
      this.cards = new Cards($(area), this);
      this.cards.draw();
    } else {
      this.build_grid(area);
    }
    this.changed();
  }

  build_grid(area) {
    this.grid = new Grid(area, {
      label: __("RACI of {0}", [this.sheet.title]),
      may_write: this.may_write,
      cell: (row, column) => this.cell(row, this.columns[column]),
      acts: {
        head: (row, note, element) => this.head(row, note, element),
        key: (event) => this.key(event),
        moved: () => this.moved(),
        pressed: () => this.may_write && this.choose(),
        toggled: (row) => this.toggle(this.grid.rows[row].place),
      },
    });
    this.grid.scroller.addEventListener("scroll", () => this.chooser.close());
    this.chooser = new Chooser(area, {
      choose: (letter) => {
        this.grid.focus();
        this.put(letter);
        if (letter === "N/A") this.$bar.find("[data-task]").trigger("focus");
      },
      leave: () => this.grid.focus(),
    });
    this.build_bar();
    this.draw_rows();
  }

  tools_html() {
    const choice = (name, label, all, list) => html`<select class="form-control input-xs" name="${name}" aria-label="${label}">
      <option value="">${all}</option>${list.map(([id, title]) => html`<option value="${id}">${title}</option>`)}</select>`;
    const button = (act, text) => html`<button type="button" class="btn btn-default btn-xs" data-act="${act}">${text}</button>`;
    const { people, suppliers } = this.sheet;
    return html`<input class="form-control input-xs" type="search" name="words" placeholder="${__("Find a process")}" aria-label="${__("Find a process")}" />
      ${people.length ? choice("person", __("Person"), __("All People"), people) : ""}
      ${suppliers.length ? choice("supplier", __("Supplier"), __("All Suppliers"), suppliers) : ""}
      <label class="smp-raci-check"><input type="checkbox" name="gaps" /> ${__("Gaps only")}</label>
      ${button("open", __("Open All"))} ${button("close", __("Close All"))}
      ${this.may_write ? html`${button("undo", __("Undo"))} ${button("redo", __("Redo"))} ${button("fill", __("Fill Down"))}` : ""}`;
  }

  wire_tools() {
    const $tools = this.$area.find(".smp-raci-tools");
    const view = () => {
      const of = (name) => $tools.find(`[name=${name}]`);
      this.view = { words: of("words").val(), person: of("person").val() || "", supplier: of("supplier").val() || "", gaps: of("gaps").prop("checked") };
      this.choose_columns();
      this.draw_rows();
    };
    $tools.find("select, [type=checkbox]").on("change", view);
    $tools.find("[type=search]").on("input", frappe.utils.debounce(view, 150));
    const acts = {
      open: () => this.open_all(true),
      close: () => this.open_all(false),
      undo: () => this.undo(),
      redo: () => this.redo(),
      fill: () => this.fill("down"),
    };
    $tools.find("[data-act]").on("click", ({ currentTarget }) => acts[currentTarget.dataset.act]());
  }

  open_all(open) {
    if (open) this.rows.open_all();
    else this.rows.close_all();
    this.draw_rows();
  }

  toggle(place) {
    this.rows.toggle(place);
    this.draw_rows();
  }

  /** The roles that the view shows, behind what is said of a process as a whole. */
  choose_columns() {
    const { person, supplier } = this.view;
    const names = new Map(this.sheet.people);
    const suppliers = new Map(this.sheet.suppliers);
    const roles = this.sheet.roles.filter(
      (role) => (!person || role.people.includes(person)) && (!supplier || role.supplier === supplier),
    );
    const whole = {
      role: "",
      title: __("Does Not Apply"),
      people_text: "",
      about: __("N/A here says that the process does not apply, and why."),
      classes: "smp-raci-whole",
    };
    const column_of = (role) => {
      const people_text = role.people.map((id) => names.get(id)).join(", ");
      const about = [
        role.title,
        people_text || __("Nobody holds this role today."),
        role.team && __("Team: {0}", [role.team_title]),
        role.supplier && __("Supplier: {0}", [suppliers.get(role.supplier)]),
      ];
      return { role: role.role, title: role.title, people_text, about: about.filter(Boolean).join("\n"), classes: role.external ? "smp-raci-external" : "" };
    };
    this.columns = [whole, ...roles.map(column_of)];
    this.shown_roles = person || supplier ? new Set(roles.map(({ role }) => role)) : null;
  }

  draw_rows() {
    if (this.cards) {
      this.cards.draw();
      return;
    }
    const { gaps, words } = this.view;
    this.grid.set(this.rows.list(this.effect, { gaps, words, roles: this.shown_roles }), this.columns);
    this.moved();
  }

  // ---- what a cell shows

  /** What a cell says: its text, in words, and how it looks. */
  told(place, { role }) {
    const spot = [...place, role];
    const key = key_of(spot);
    const said = this.letters.of(key);
    const duties = this.effect.at(place);
    const own_level = level_of(place);
    const classes = [];
    let text = "";
    const words = [];
    if (said.letter) {
      text = this.shown(said.letter);
      classes.push("smp-raci-own");
      if (said.letter.includes("A") && said.letter !== "N/A") classes.push("smp-raci-accountable");
      words.push(this.means(said.letter));
    } else {
      const inherited = role ? duties.held.get(role) : duties.reason === null ? null : { letter: "N/A", level: duties.level };
      if (inherited && inherited.level !== own_level) {
        text = this.shown(inherited.letter);
        classes.push("smp-raci-inherited");
        words.push(__("{0}, taken over from {1}", [this.means(inherited.letter), this.origin(place, inherited.level)]));
      }
    }
    if (said.taken_from) {
      classes.push("smp-raci-marked");
      words.push(__("from the template {0}, not looked at yet", [said.taken_from]));
    }
    if (this.letters.is_changed(key)) {
      classes.push("smp-raci-changed");
      words.push(__("not saved"));
    }
    if (duties.reason !== null && role) classes.push("smp-raci-off");
    return { text, label: words.join(", ") || __("no letter"), classes: classes.join(" ") };
  }

  cell({ kind, place }, column) {
    if (kind === "group") return { text: "", label: __("no letter"), classes: "smp-raci-none" };
    const told = this.told(place, column);
    return column.classes ? { ...told, classes: `${told.classes} ${column.classes}` } : told;
  }

  head({ kind, place }, note, element) {
    const is_open = kind !== "group" && this.effect.is_open(place);
    note.textContent = is_open ? __("Gap") : "";
    note.className = is_open ? "smp-raci-note indicator-pill no-indicator-dot red" : "smp-raci-note";
    element.classList.toggle("smp-raci-open", is_open);
  }

  shown(letter) {
    return this.sheet.shown[letter] || letter;
  }

  means(letter) {
    return {
      "": __("None of its own"),
      R: __("Responsible"),
      A: __("Accountable"),
      AR: __("Accountable and Responsible"),
      C: __("Consulted"),
      I: __("Informed"),
      "N/A": __("Not Applicable"),
    }[letter];
  }

  /** The letters that a cell of a role can hold, how they are written, and what they mean. */
  choices(role) {
    const letters = role ? ["R", "A", "AR", "C", "I", "N/A", ""] : ["N/A", ""];
    return letters.map((letter) => [letter, letter ? this.shown(letter) : "✕", this.means(letter)]);
  }

  origin([, service, component], level) {
    const { service: services, component: components } = this.rows.titles_of;
    return [
      __("the default of the process"),
      services.get(service),
      components.get(component),
      `${services.get(service)} · ${components.get(component)}`,
    ][level];
  }

  // ---- writing

  spots() {
    const { top, bottom, left, right } = this.grid.range;
    const found = [];
    for (let row = top; row <= bottom; row++) {
      const { kind, place } = this.grid.rows[row];
      if (kind === "group") continue;
      for (let column = left; column <= right; column++) found.push([...place, this.columns[column - 1].role]);
    }
    return found;
  }

  /** Write a letter into the range. */
  put(letter) {
    this.write_letter(this.spots(), letter);
  }

  write_letter(spots, letter) {
    this.write(spots.map((spot) => [spot, { letter, task: task_after(this.letters.of(key_of(spot)), letter) }]));
  }

  write_task(spot, task) {
    const { letter } = this.letters.of(key_of(spot));
    if (letter) this.write([[spot, { letter, task: task.trim() }]]);
  }

  /** Write cells in one step: [spot, {letter, task}]. */
  write(cells) {
    if (!this.may_write || !cells.length) return;
    const fits = cells.filter(([[, , , role], { letter }]) => role || ["", "N/A"].includes(letter));
    if (fits.length < cells.length) this.warn(__("Only N/A can be entered without a role."));
    this.announce(this.letters.write(fits.map(([spot, said]) => [key_of(spot), said])));
    this.changed();
  }

  /** Say why something was not done, and let the cell keep the focus. */
  warn(text) {
    frappe.show_alert({ message: String(html`${text}`), indicator: "orange" }, 10);
    this.$area.find("[data-said]").text(text);
  }

  undo() {
    this.announce(this.letters.undo());
    this.changed();
  }

  redo() {
    this.announce(this.letters.redo());
    this.changed();
  }

  announce(keys) {
    const [key] = keys;
    const told = (key) => {
      const [process, service, component, role] = spot_of(key);
      const column = this.columns.find((one) => one.role === role);
      const letter = this.letters.of(key).letter;
      return `${this.rows.title([process, service, component])}, ${column?.title || role}: ${letter ? this.means(letter) : __("no letter")}`;
    };
    this.$area.find("[data-said]").text(
      counted(keys.length, __("Nothing changed."), key && told(key), __("{0} cells changed.", [keys.length])),
    );
  }

  // ---- what an earlier page left behind

  show_offer() {
    const { offered, at } = this.unsaved;
    const $offer = this.$area.find("[data-offer]");
    const count = offered.length;
    const text = counted(count, "", __("One unsaved letter of {0}.", [user_time(at)]), __("{0} unsaved letters of {1}.", [count, user_time(at)]));
    show(
      $offer,
      html`${count > 0 && html`<div class="alert alert-warning" role="alert">${text}
        <button type="button" class="btn btn-default btn-xs" data-take="up">${__("Take Up")}</button>
        <button type="button" class="btn btn-default btn-xs" data-take="">${__("Drop")}</button></div>`}`,
    );
    $offer.find("[data-take]").on("click", ({ currentTarget }) => {
      const changes = this.unsaved.take();
      this.take_up(currentTarget.dataset.take === "up" ? changes : []);
    });
  }

  /** Write letters of before that have a place in the sheet. */
  take_up(changes) {
    const { process: processes, service: services, component: components } = this.rows.titles_of;
    const roles = new Set(this.sheet.roles.map(({ role }) => role));
    const knows = (known, id) => !id || known.has(id);
    const fit = changes.filter(
      ({ process, service, component, role }) =>
        processes.has(process) && knows(services, service) && knows(components, component) && knows(roles, role),
    );
    if (fit.length < changes.length) this.warn(__("Left out, as the sheet has no place for them any more: {0}.", [changes.length - fit.length]));
    this.announce(this.letters.take_up(fit));
    this.show_offer();
    this.changed();
    this.grid?.focus();
  }

  /** Letters have changed: show them, and ask what they come to. */
  changed() {
    if (this.may_write) this.unsaved.keep(this.letters.changes());
    this.show_letters();
    clearTimeout(this.timer);
    const asked = (this.asked || 0) + 1;
    this.asked = asked;
    this.timer = setTimeout(() => this.preview(asked), WAIT);
    this.show_strip();
  }

  show_letters() {
    this.grid?.paint();
    if (this.cards) this.cards.draw();
    if (this.grid) this.show_bar();
    this.show_marks();
    this.show_state();
  }

  async preview(asked) {
    const { plan } = this;
    try {
      const told = await post("preview_raci_sheet", { plan, changes: JSON.stringify(this.letters.changes()) });
      if (asked === this.asked && plan === this.plan) this.take_effect(told);
    } catch (error) {
      if (asked === this.asked && plan === this.plan) this.show_strip(error.message || __("The server did not answer."));
    }
  }

  take_effect(told) {
    this.effect = new Effect(told);
    this.effect.asked = this.asked;
    this.grid?.paint();
    if (this.cards && !this.$area.find(":focus").is("input")) this.cards.draw();
    if (this.grid) this.show_bar();
    this.show_strip();
  }

  // ---- saving

  async save() {
    if (!this.letters?.changed().length) return;
    const { plan } = this;
    const changes = this.letters.changes();
    if (changes.length > this.sheet.most) {
      frappe.msgprint(__("Write at most {0} letters at once.", [this.sheet.most]));
      return;
    }
    const args = { changes: JSON.stringify(changes) };
    const told = await call("save_raci_sheet", plan, { args, type: "POST", freeze: true }).catch(() => null);
    if (!told || plan !== this.plan) return; // Frappe has said why
    if (told.conflicts.length) {
      ask_about_conflicts(
        told.conflicts,
        {
          shown: (letter) => this.shown(letter),
          told: (spot) => {
            const title = [this.rows.title(spot.slice(0, 3)), this.sheet.roles.find(({ role }) => role === spot[3])?.title || __("Does Not Apply")];
            return { title: title.join(" · "), mine: this.letters.of(key_of(spot)) };
          },
        },
        (choices) => {
          told.conflicts.forEach((one, number) => this.letters.overtaken(one.spot, one, choices[number]));
          this.changed();
          this.save();
        },
      );
      return;
    }
    this.sheet = told.sheet;
    this.letters.take(told.sheet.entries);
    const { opened } = this.rows;
    this.rows = new Rows(told.sheet);
    this.rows.opened = opened;
    this.choose_columns();
    this.effect = new Effect(told.sheet.effect);
    this.draw_rows();
    this.changed();
    frappe.show_alert({
      message: counted(told.saved, __("Nothing was left to save."), __("One letter was saved."), __("{0} letters were saved.", [told.saved])),
      indicator: "green",
    });
  }

  show_state() {
    const count = this.letters.changed().length;
    this.page.btn_primary.prop("disabled", !count || !this.may_write).toggleClass("hide", !this.may_write);
    if (count) this.page.set_indicator(__("{0} not saved", [count]), "orange");
    else this.page.clear_indicator();
    const $tools = this.$area.find(".smp-raci-tools");
    $tools.find("[data-act=undo]").prop("disabled", !this.letters.done.length);
    $tools.find("[data-act=redo]").prop("disabled", !this.letters.undone.length);
  }

  // ---- what comes from a template

  show_marks() {
    const $marks = this.$area.find("[data-marks]");
    const marked = this.letters.marked();
    if (!marked.length) {
      show($marks, html``);
      return;
    }
    const text = counted(
      marked.length,
      "",
      __("One letter comes from a template, and nobody has looked at it yet."),
      __("{0} letters come from a template, and nobody has looked at them yet.", [marked.length]),
    );
    show(
      $marks,
      html`<p class="smp-raci-marks">${text} ${this.may_write
        ? html`<button type="button" class="btn btn-default btn-xs" data-looked="process">${__("Looked at: This Process")}</button>
          <button type="button" class="btn btn-default btn-xs" data-looked="all">${__("Looked at: All")}</button>`
        : ""}</p>`,
    );
    $marks.find("[data-looked]").on("click", ({ currentTarget }) => this.looked_at(currentTarget.dataset.looked));
  }

  looked_at(what) {
    const process = this.cards ? this.cards.place[0] : this.grid.rows[this.grid.at.row]?.place[0];
    const keys = this.letters.marked().filter((key) => what === "all" || spot_of(key)[0] === process);
    this.write(keys.map((key) => [spot_of(key), this.letters.of(key)]));
  }

  // ---- what is wrong

  show_strip(trouble = "") {
    const { findings, found } = this.effect;
    const waits = this.effect.asked !== this.asked;
    const $strip = this.$area.find("[data-strip]");
    const state = trouble
      ? html`<span class="text-danger">${__("Not checked: {0}", [trouble])}</span>`
      : html`${found === null ? "" : counted(found, __("Nothing is wrong with these letters."), __("One thing is wrong."), __("{0} things are wrong.", [found]))}${
          waits ? html` <span class="text-muted">${__("Checking …")}</span>` : ""
        }`;
    const is_open = Boolean($strip.find("details[open]").length);
    const rest = findings.slice(FIRST);
    const item = (one, number) => html`<li><span class="indicator-pill ${COLORS[one.severity]}">${one.severity_label}</span>
      ${one.spot
        ? html`<button type="button" class="smp-link" data-finding="${number}" title="${one.fix}">${one.message}</button>`
        : html`<a href="${address(one.opens)}" title="${one.fix}">${one.message}</a>`}</li>`;
    show(
      $strip,
      html`<p role="status">${state}</p>${findings.length ? html`<ul>${findings.slice(0, FIRST).map(item)}</ul>` : ""}
      ${rest.length
        ? html`<details ${is_open ? "open" : ""}><summary>${__("{0} more", [found - FIRST])}</summary>
            <ul>${rest.map((one, number) => item(one, number + FIRST))}</ul>
            ${found > findings.length ? html`<p class="text-muted">${__("The first {0} are listed.", [findings.length])}</p>` : ""}</details>`
        : ""}`,
    );
    $strip.find("[data-finding]").on("click", ({ currentTarget }) => this.find(findings[currentTarget.dataset.finding].spot));
  }

  /** Lead to a cell, to a row where no role is named, or to the column of a role. */
  find([process = "", service = "", component = "", role = ""]) {
    if (!this.cards && !this.grid) return; // without processes and roles there is no cell: what is lacking is told
    if (this.cards) {
      this.cards.draw(process ? [process, service, component] : undefined);
      this.cards.focus("role", role);
      return;
    }
    if (process) this.rows.reveal([process, service, component]);
    const row_of = () =>
      this.grid.rows.findIndex(({ place }) => !process || place.join("\n") === [process, service, component].join("\n"));
    const column_of = () => this.columns.findIndex((column) => column.role === role) + 1;
    this.draw_rows();
    if (row_of() < 0 || (role && !column_of())) {
      this.show_everything();
      this.draw_rows();
    }
    if (row_of() >= 0) this.grid.go(row_of(), role ? column_of() : Math.min(2, this.columns.length));
  }

  show_everything() {
    const $tools = this.$area.find(".smp-raci-tools");
    $tools.find("select, [type=search]").val("");
    $tools.find("[type=checkbox]").prop("checked", false);
    this.view = { person: "", supplier: "", gaps: false, words: "" };
    this.choose_columns();
  }

  // ---- the bar above the sheet: the cell with the focus in words, with its task or reason

  build_bar() {
    this.$bar = this.$area.find("[data-bar]");
    show(
      this.$bar,
      html`<span class="smp-raci-where" data-where></span>
        <label>${__("Task or reason")} <input class="form-control input-xs" data-task /></label>
        <a data-entry hidden>${__("Open the Entry")}</a>`,
    );
    const $task = this.$bar.find("[data-task]");
    $task.on("change", () => this.task_spot && this.write_task(this.task_spot, $task.val()));
    $task.on("keydown", (event) => {
      if (event.key === "Escape") $task.val(this.letters.of(key_of(this.task_spot)).task);
      else if (event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      this.grid.focus(); // leaving the field writes what was typed
    });
  }

  get spot() {
    const { row, column } = this.grid.at;
    const { kind, place } = this.grid.rows[row] || {};
    return place && kind !== "group" && column > 0 ? [...place, this.columns[column - 1].role] : null;
  }

  moved() {
    this.chooser?.close();
    this.last = this.grid.at;
    this.show_bar();
  }

  show_bar() {
    const { spot } = this;
    const $task = this.$bar.find("[data-task]");
    const $entry = this.$bar.find("[data-entry]");
    const said = spot ? this.letters.of(key_of(spot)) : { letter: "", task: "", name: "" };
    this.task_spot = spot;
    if (spot) {
      const column = this.columns[this.grid.at.column - 1];
      const people = column.people_text ? ` (${column.people_text})` : "";
      const { label } = this.told(spot.slice(0, 3), column);
      const off = this.effect.at(spot.slice(0, 3)).reason;
      show(
        this.$bar.find("[data-where]"),
        html`<b>${this.rows.title(spot.slice(0, 3))}</b> · ${column.title}${people}: ${label}${
          off === null ? "" : html` · ${__("Does not apply: {0}", [off || "–"])}`
        }`,
      );
    } else {
      show(this.$bar.find("[data-where]"), html`${this.grid.rows.length ? "" : __("No process fits this view.")}`);
    }
    $task.prop("disabled", !said.letter || !this.may_write);
    if (!$task.is(":focus")) $task.val(said.task);
    const stored = spot && this.letters.stored_at(key_of(spot)).name;
    $entry.prop("hidden", !stored);
    if (stored) $entry.attr("href", frappe.utils.get_form_link("SM RACI Entry", stored));
  }

  // ---- keys

  /** A key in the sheet that does not move; whether it was for us. */
  key(event) {
    const far = event.ctrlKey || event.metaKey;
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.altKey) return false;
    const act = far ? this.far_keys(event)[pressed] : this.keys(event)[pressed];
    if (!act) return false;
    return act() !== false;
  }

  far_keys({ shiftKey }) {
    return {
      z: () => (shiftKey ? this.redo() : this.undo()),
      y: () => this.redo(),
      d: () => this.fill("down"),
      r: () => !this.grid.is_single && this.fill("right"), // alone it reloads the page
      a: () => this.choose_all(),
      s: () => this.save(),
    };
  }

  keys({ shiftKey }) {
    const { row, column } = this.grid.at;
    const typed = Object.fromEntries(Object.entries(TYPED).map(([key, letter]) => [key, () => this.type(letter)]));
    const toggle = (open) => () => {
      const { opens, place, kind } = this.grid.rows[row] || {};
      const whole = kind && !opens ? [place[0], "", ""] : place;
      if (!whole) return;
      this.rows.toggle(whole, open);
      this.draw_rows();
    };
    const on_cell = column > 0;
    return {
      ...(on_cell ? typed : {}),
      "/": () => on_cell && this.combine(),
      Delete: () => on_cell && this.put(""),
      Backspace: () => on_cell && this.put(""),
      Enter: () => on_cell && this.grid.go(row + (shiftKey ? -1 : 1), column),
      " ": () => on_cell && this.may_write && this.choose({ focus: true }),
      F2: () => on_cell && this.$bar.find("[data-task]").trigger("focus"),
      Escape: () => this.chooser.close(),
      "+": toggle(true),
      "-": toggle(false),
    };
  }

  choose_all() {
    this.grid.from = { row: 0, column: 1 };
    this.grid.go(this.grid.rows.length - 1, this.columns.length, { extend: true });
  }

  /** A letter was typed: it is written, and the next cell is up; a range is filled and stays. */
  type(letter) {
    if (!this.may_write) return;
    const { grid, spot } = this;
    const was = spot ? this.letters.of(key_of(spot)).letter : "";
    const both = this.adds && [was, letter].sort().join("") === "AR";
    this.adds = false;
    this.put(both ? "AR" : letter);
    if (!grid.is_single) return;
    if (letter === "N/A" && spot && !spot[3]) {
      this.$bar.find("[data-task]").trigger("focus"); // why it does not apply is part of it
      return;
    }
    const { row, column } = grid.at;
    grid.go(row, column + 1);
    this.typed = { row, column };
  }

  /** The stroke of A/R: back to the cell that was just written, to add the other letter. */
  combine() {
    const { row, column } = this.grid.at;
    if (this.typed?.row === row && this.typed.column === column - 1) this.grid.go(row, column - 1);
    this.adds = true;
  }

  choose({ focus = false } = {}) {
    const { spot } = this;
    if (!spot) return;
    const column = this.columns[this.grid.at.column - 1];
    const label = `${this.rows.title(spot.slice(0, 3))} · ${column.title}`;
    this.chooser.open(this.grid.target(), label, this.choices(spot[3]), { focus });
  }

  /** Fill the range from its first row, or column; one cell alone from the one before it. */
  fill(direction) {
    if (!this.grid) return;
    const down = direction === "down";
    let { top, bottom, left, right } = this.grid.range;
    if (down && top === bottom) top -= 1;
    if (!down && left === right) left -= 1;
    if (top < 0 || left < 1) return;
    const cells = [];
    const spot_at = (row, column) => {
      const { kind, place } = this.grid.rows[row];
      return kind === "group" ? null : [...place, this.columns[column - 1].role];
    };
    for (let row = down ? top + 1 : top; row <= bottom; row++) {
      for (let column = down ? left : left + 1; column <= right; column++) {
        const [from, to] = [down ? spot_at(top, column) : spot_at(row, left), spot_at(row, column)];
        if (!from || !to) continue;
        const { letter, task } = this.letters.of(key_of(from));
        cells.push([to, { letter, task }]);
      }
    }
    this.write(cells);
  }

  // ---- copy and paste

  clip(act, event) {
    if (!this.grid?.has_focus || !this.grid.at.column || frappe.get_route()[0] !== "raci-sheet") return;
    event.preventDefault();
    if (act === "paste") {
      this.paste(event.clipboardData.getData("text/plain"));
      return;
    }
    const { top, bottom, left, right } = this.grid.range;
    event.clipboardData.setData("text/plain", this.table(top, bottom, left, right));
    if (act === "cut") this.put("");
    else this.$area.find("[data-said]").text(__("Copied."));
  }

  /** A range as a table that spreadsheets take; a letter that is taken over stands in brackets. */
  table(top, bottom, left, right) {
    const lines = [];
    for (let row = top; row <= bottom; row++) {
      const line = [];
      for (let column = left; column <= right; column++) {
        const { text, classes } = this.cell(this.grid.rows[row], this.columns[column - 1]);
        line.push(classes.includes("smp-raci-inherited") ? `(${text})` : text);
      }
      lines.push(line);
    }
    return as_table(lines);
  }

  /** The whole sheet as it is shown, with its heads. */
  copy_all() {
    if (!this.grid) return;
    const heads = as_table([["", ...this.columns.map(({ title }) => title)]]);
    const last = this.grid.rows.length - 1;
    const lines = last < 0 ? [] : this.table(0, last, 1, this.columns.length).split("\n");
    const body = lines.map((line, row) => `${as_table([[this.rows.title(this.grid.rows[row].place)]])}\t${line}`);
    frappe.utils.copy_to_clipboard([heads, ...body].join("\n"));
  }

  /** Paste a table: all of it, or nothing with the reason. */
  paste(text) {
    if (!this.may_write) return;
    const { rows, wrong } = read_table(text, this.sheet.spellings);
    const refuse = (why) => this.warn(__("Nothing was pasted: {0}", [why]));
    if (wrong) {
      refuse(__("Row {0}, column {1}: “{2}” is no letter. Write R, A, A/R, C, I or N/A.", [wrong.row, wrong.column, wrong.text]));
      return;
    }
    const { top, bottom, left, right } = this.grid.range;
    const is_one = rows.length === 1 && rows[0].length === 1;
    if (is_one) {
      this.put(rows[0][0]);
      return;
    }
    const wide = Math.max(...rows.map((row) => row.length));
    if (top + rows.length > this.grid.rows.length || left + wide - 1 > this.columns.length) {
      refuse(__("It has {0} rows and {1} columns, more than there are from here on.", [rows.length, wide]));
      return;
    }
    const cells = [];
    for (const [down, line] of rows.entries()) {
      const { kind, place } = this.grid.rows[top + down];
      if (kind === "group" && line.some(Boolean)) {
        refuse(__("Row {0} is a heading, and takes no letters.", [down + 1]));
        return;
      }
      if (kind === "group") continue;
      for (const [along, letter] of line.entries()) {
        const spot = [...place, this.columns[left - 1 + along].role];
        cells.push([spot, { letter, task: task_after(this.letters.of(key_of(spot)), letter) }]);
      }
    }
    this.grid.go(top, left);
    this.grid.go(Math.max(bottom, top + rows.length - 1), Math.max(right, left + wide - 1), { extend: true });
    this.write(cells);
  }
}

/** The task stays with another letter; a reason why something does not apply is none. */
const task_after = (before, letter) => (letter && (before.letter === "N/A") === (letter === "N/A") ? before.task : "");
