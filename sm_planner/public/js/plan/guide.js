// The guide on the form of a plan: the steps of writing it, what is there, and what to do next. What it says follows from the
// plan alone: whoever comes back finds the same place again.
import { html, joined, show } from "../shared/html.js";
import { follow, tab_button, to_place } from "../shared/places.js";
import { add_records } from "./adding.js";

const SYMBOLS = { Ready: "✓", Started: "◐", Blocked: "✗", Missing: "○", Later: "–" };
const COLORS = { Ready: "green", Started: "blue", Blocked: "red", Missing: "orange", Later: "gray" };

export class PlanGuide {
  constructor(frm) {
    this.frm = frm;
    this.$area = $("<div>").insertBefore(frm.get_field("findings_html").$wrapper);
  }

  /** The form shows a document, perhaps another one. The step that is open stays open while it shows the same. */
  refresh() {
    const { name } = this.frm.doc;
    const { plan, step } = sm_planner.returning || {};
    if (this.shown !== name) this.open = "";
    this.shown = name;
    if (plan === name) {
      this.open = step || "";
      this.frm.get_field("findings_html").tab.set_active();
      sm_planner.returning = null;
    }
    if (this.frm.is_new() || this.frm.doc.docstatus) {
      this.guide = null;
      this.$area.empty();
    }
  }

  /** The plan was checked: say where it stands. */
  take({ guide }) {
    this.guide = this.frm.doc.docstatus ? null : guide;
    if (!this.guide) return;
    this.render();
  }

  is_writable() {
    return this.frm.doc.state === "Draft" && Boolean(this.frm.perm[0]?.write);
  }

  render() {
    const { steps, done, asked, current } = this.guide;
    const step = steps.find(({ key }) => key === (this.open || current)) || steps[0];
    show(
      this.$area,
      html`<details class="smp-panel smp-guide" ${current ? "open" : ""}>
        <summary><strong>${__("Guide through the Plan")}</strong>
          <span class="text-muted">${__("{0} of {1} steps lack nothing", [done, asked])}</span>
          <progress max="${asked}" value="${done}" aria-hidden="true"></progress></summary>
        <ol class="smp-way">${steps.map((one, position) => this.mark(one, position, step))}</ol>
        ${this.card(step, steps)}
      </details>`,
    );
    follow(this.frm, this.$area);
    this.$area.find("[data-step]").on("click", (event) => this.turn_to(event.currentTarget.dataset.step));
    this.$area.find("[data-adds]").on("click", (event) => add_records(this.frm, JSON.parse(event.currentTarget.dataset.adds)));
    this.$area.find("[data-act=sheet]").on("click", ({ currentTarget }) => {
      frappe.set_route(JSON.parse(currentTarget.dataset.route));
    });
    this.$area.find("[data-act=send]").on("click", () => this.send());
  }

  mark({ key, title, state, state_key, open }, position, shown) {
    const here = key === this.guide.current;
    const count = open > 0 && html` <span class="text-muted">${open}</span>`;
    return html`<li><button type="button" class="smp-mark" data-step="${key}" data-state="${state_key}" aria-pressed="${String(
      key === shown.key,
    )}" ${here ? html`aria-current="step"` : ""} title="${here ? __("This comes next") : state}"><span aria-hidden="true">${
      SYMBOLS[state_key]
    }</span> ${position + 1}. ${title}${count}<span class="sr-only">, ${state}</span></button></li>`;
  }

  card(step, steps) {
    const { title, what, why, state, state_key, held, depth } = step;
    const following = steps[steps.indexOf(step) + 1];
    return html`<section class="smp-step" aria-label="${title}">
      <h4>${title} <span class="indicator-pill ${COLORS[state_key]}">${state}</span></h4>
      <p>${what} <span class="text-muted">${why}</span></p>
      ${held.length ? html`<dl>${held.map((one) => this.held(one))}</dl>` : ""}
      ${state_key === "Later" && html`<p class="text-muted">${this.later(depth)}</p>`}
      ${this.next(step)}
      <footer>${this.adding(step)}
        ${following ? html`<button type="button" class="btn btn-default btn-xs" data-step="${following.key}">${__("Show the Next Step: {0}", [following.title])}</button>` : ""}</footer>
    </section>`;
  }

  later(depth) {
    return depth === "First Plan"
      ? __("Nothing in this plan needs it.")
      : __("A plan of the depth “{0}” is asked for it.", [__(depth)]);
  }

  held({ label, count, titles, opens }) {
    const named = titles.length ? titles.join(", ") : "";
    const more = count - titles.length;
    const text = !named ? count : more > 0 ? __("{0} and {1} more", [named, more]) : named;
    return html`<div><dt>${label}</dt><dd>${to_place(this.frm, opens, html`class="smp-link"`, text)}</dd></div>`;
  }

  next({ next, then, open, state_key }) {
    if (!next) return state_key === "Ready" ? html`<p>${__("There is nothing to do here.")}</p>` : "";
    const more = open - 1 - then.length;
    const further = then.map(({ label, opens }) => to_place(this.frm, opens, html`class="smp-link"`, label));
    if (more > 0) further.push(tab_button("findings_html", __("{0} more findings", [more])));
    return html`<div class="smp-next"><p><strong>${__("Next:")}</strong> ${next.about && html`<q>${next.about}</q>: `}${next.text}</p>
      ${next.because && html`<p class="text-muted">${next.because}</p>`}
      ${this.act(next)}
      ${further.length ? html`<p class="smp-then">${__("Then:")} ${joined(further, ", ")}</p>` : ""}</div>`;
  }

  /** The button that opens exactly what is missing. */
  act({ way, opens, about, adds }) {
    const primary = html`class="btn btn-primary btn-sm"`;
    if (way === "sheet" && frappe.boot.page_info?.["raci-sheet"]) {
      const route = opens.page.length ? opens.page : ["raci-sheet", this.frm.doc.name];
      return html`<button type="button" ${primary} data-act="sheet" data-route="${JSON.stringify(route)}">${__("Open the RACI Sheet")}</button>`;
    }
    if (!this.is_writable()) return "";
    if (way === "send") return html`<button type="button" ${primary} data-act="send">${__("Send for Review")}</button>`;
    if (way === "add") return this.add_button(adds, primary);
    const text = about ? __("Open “{0}”", [about]) : __("Open: {0}", [opens.label || __("Plan")]);
    return to_place(this.frm, opens, primary, text);
  }

  add_button(adds, attributes) {
    return html`<button type="button" ${attributes} data-adds="${JSON.stringify(adds)}">${__("Add: {0}", [adds.label])}</button> `;
  }

  /** More of what the step holds, whatever is missing. */
  adding({ adds, next, key }) {
    if (!this.is_writable() || key === "raci") return "";
    return adds
      .filter(({ collection }) => next?.adds?.collection !== collection)
      .map((one) => this.add_button(one, html`class="btn btn-default btn-xs"`));
  }

  turn_to(key) {
    const focused = document.activeElement?.matches(".smp-way [data-step]");
    this.open = key === this.guide.current ? "" : key;
    this.render();
    const mark = this.$area.find(`.smp-way [data-step=${key}]`)[0];
    if (focused || !mark.checkVisibility?.()) mark.focus({ preventScroll: true });
    else this.$area.find(".smp-step")[0].scrollIntoView({ block: "nearest" });
  }

  /** As Actions → Send for Review does. */
  send() {
    const action = this.frm.page.actions.find(".dropdown-item").filter((_, item) => $(item).text().trim() === __("Send for Review"));
    if (action.length) action[0].click();
    else frappe.show_alert({ message: __("Save the plan first."), indicator: "orange" });
  }
}
