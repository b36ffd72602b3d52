// The week of a calendar written in one line: it is read while one types, and fills the windows.
import { html, show } from "../shared/html.js";
import { picture_html } from "../shared/week_picture.js";

const PAUSE = 300; // milliseconds without a key

export class WeekLine {
  constructor(frm) {
    this.frm = frm;
    this.$area = $("<div>").insertBefore(frm.get_field("windows").$wrapper);
    show(
      this.$area,
      html`<div class="form-group smp-week-line">
        <label class="control-label" for="smp-week-line">${__("The week in one line")}</label>
        <input type="text" class="form-control" id="smp-week-line" maxlength="1000" autocomplete="off" aria-describedby="smp-week-line-told">
        <p class="help-box small text-muted">${__("Such as {0}. Enter fills the windows below.", ["Mon–Fri 8–18, Sat 9–13"])}</p>
        <div id="smp-week-line-told" role="status"></div></div>`,
    );
    this.$input = this.$area.find("input");
    this.$told = this.$area.find("[role=status]");
    const look = frappe.utils.debounce(() => this.look(), PAUSE);
    this.$input.on("input", () => {
      this.is_open = true;
      look();
    });
    this.$input.on("change", () => this.settle());
    this.$input.on("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.settle();
    });
  }

  /** The form shows a calendar, perhaps another one. */
  refresh() {
    this.is_open = false;
    this.$area.toggle(Boolean(this.frm.perm[0]?.write));
    show(this.$told, html``);
    if (this.frm.is_new()) this.tell("");
  }

  /** Show the windows that are stored. */
  tell(line) {
    if (!this.is_open) this.$input.val(line || "").removeAttr("aria-invalid");
  }

  async read() {
    const line = this.$input.val().trim();
    if (!line) return null;
    const answer = await frappe.call({ method: "sm_planner.api.read_week", type: "GET", args: { line } });
    return { asked: line, ...answer.message };
  }

  async look() {
    const week = await this.read();
    if (!this.is_open || (week && week.asked !== this.$input.val().trim())) return; // something else stands there by now
    this.preview(week);
  }

  preview(week) {
    this.$input.attr("aria-invalid", week?.refused ? "true" : null);
    show(
      this.$told,
      !week ? html`` : week.refused ? html`<p class="text-danger small">${week.refused}</p>` : picture_html(week),
    );
  }

  /** Fill the windows with what stands in the line, if somebody typed there; one after the other, so that a save waits. */
  settle() {
    this.settling = Promise.resolve(this.settling).then(() => this.fill());
    return this.settling;
  }

  /** A line that is not understood is not saved past. */
  async fill() {
    if (!this.is_open) return;
    this.is_open = false;
    const week = await this.read();
    this.preview(week);
    if (!week) return;
    if (week.refused) {
      this.is_open = true;
      this.$input.get(0).setSelectionRange(week.start, week.end);
      frappe.validated = false;
      return;
    }
    this.$input.val(week.line);
    this.frm.clear_table("windows");
    for (const window of week.windows) this.frm.add_child("windows", window);
    this.frm.refresh_field("windows");
    this.frm.dirty();
  }
}
