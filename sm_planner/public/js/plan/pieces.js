// What is taken of a template: a tick for each section, and for each of its pieces. What a piece cannot do without is ticked with it.
import { html, show } from "../shared/html.js";
import { counted } from "../shared/words.js";

/** The field that asks whether plan owner and sponsor stand in; shown where something is taken. */
export const stand_in = () => ({
  fieldname: "stand_in",
  fieldtype: "Check",
  default: 1,
  hidden: 1,
  label: __("The plan owner stands in for owners and role holders until you name others"),
});

/** Tell how many records came, and how many were there. */
export function tell_taken({ added, used }) {
  const came = counted(added, __("Nothing came: all of it was there."), __("1 record came."), __("{0} records came.", [added]));
  const there = counted(used, "", __("1 was there, and is used."), __("{0} were there, and are used.", [used]));
  frappe.show_alert({ message: [came, added ? there : ""].filter(Boolean).join(" "), indicator: "green" });
}

const key_of = (piece) => piece.key.join("/");

export class TemplatePieces {
  /** $area: where they stand. title: what they are. */
  constructor($area, title = __("What you take")) {
    this.$area = $area;
    this.title = title;
    this.sections = [];
    this.left_out = new Set(); // keys; kept while another depth or situation is looked at
    $area.on("change", "input", (event) => this.turn(event.currentTarget));
  }

  /** Show what a template offers; nothing without one. values: template, situation, depth, and the plan that takes it. */
  async load(values) {
    const question = (this.question = {});
    if (!values.template) {
      this.sections = [];
      return this.render();
    }
    const sections = await frappe.xcall("sm_planner.api.preview_template", values, "GET");
    if (question !== this.question) return;
    this.offer(sections);
  }

  /** Show these sections of pieces, with a tick at all but what would bring along something that was left out before. */
  offer(sections) {
    this.sections = sections;
    this.all.filter(({ before }) => before).forEach((one) => this.leave_out(one));
    this.render();
  }

  get all() {
    return this.sections.flatMap(({ pieces }) => pieces);
  }

  is_taken(piece) {
    return !this.left_out.has(key_of(piece));
  }

  /** The keys of what is ticked, as the API takes them. */
  get chosen() {
    return this.all.filter((piece) => this.is_taken(piece)).map(({ key }) => key);
  }

  render() {
    if (!this.sections.length) return show(this.$area, html``);
    show(
      this.$area,
      html`<div><h5>${this.title}</h5>
        <p class="text-muted small">${__("Each piece is marked until somebody has looked at it. Open a line to leave out single pieces.")}</p>
        <div class="smp-take" role="group" aria-label="${this.title}">${this.sections.map((one) => this.section(one))}</div>
        <p class="text-muted small smp-taken" role="status"></p></div>`,
    );
    this.sync();
  }

  section({ section, label, pieces }) {
    const titles = pieces.map(({ title }) => title).join(", ");
    return html`<label><input type="checkbox" data-section="${section}">${label}
        <span class="text-muted" data-count="${section}"></span></label>
      <details><summary>${titles}</summary><ul>${pieces.map((piece) => this.piece(piece))}</ul></details>`;
  }

  piece(piece) {
    const { title, letters, there, before } = piece;
    const notes = [
      letters > 0 && counted(letters, "", __("1 letter"), __("{0} letters", [letters])),
      there && __("there already, is used as it is"),
      before && __("left out before, or called otherwise today"),
    ].filter(Boolean);
    return html`<li><label><input type="checkbox" data-piece="${key_of(piece)}">${title}${
      notes.length > 0 && html` <span class="text-muted">(${notes.join("; ")})</span>`
    }</label></li>`;
  }

  /** Somebody ticked a section or a piece, or took the tick away. */
  turn({ dataset, checked }) {
    const turned = dataset.section
      ? this.sections.find(({ section }) => section === dataset.section).pieces
      : this.all.filter((piece) => key_of(piece) === dataset.piece);
    for (const piece of turned) checked ? this.add(piece) : this.leave_out(piece);
    this.sync();
  }

  add(piece) {
    this.left_out.delete(key_of(piece));
    const needed = new Set(piece.needs.map((key) => key.join("/")));
    this.all.filter((one) => needed.has(key_of(one)) && !this.is_taken(one)).forEach((one) => this.add(one));
  }

  leave_out(piece) {
    this.left_out.add(key_of(piece));
    const gone = key_of(piece);
    this.all
      .filter((one) => this.is_taken(one) && one.needs.some((key) => key.join("/") === gone))
      .forEach((one) => this.leave_out(one));
  }

  /** Let the ticks and counts say what is taken. */
  sync() {
    for (const { section, pieces } of this.sections) {
      const taken = pieces.filter((piece) => this.is_taken(piece)).length;
      const of_section = (what) => this.$area.find(`[data-${what}]`).filter((_at, one) => one.dataset[what] === section);
      const [box] = of_section("section");
      box.checked = taken > 0;
      box.indeterminate = taken > 0 && taken < pieces.length;
      const count = taken === pieces.length ? taken : __("{0} of {1}", [taken, pieces.length]);
      of_section("count").text(count);
    }
    for (const piece of this.all) {
      this.$area.find("[data-piece]").filter((_, box) => box.dataset.piece === key_of(piece)).prop("checked", this.is_taken(piece));
    }
    const { length } = this.chosen;
    this.$area.find(".smp-taken").text(counted(length, __("Nothing is taken."), __("1 piece is taken."), __("{0} pieces are taken.", [length])));
  }
}
