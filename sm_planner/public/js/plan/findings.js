// The findings of a plan on its form, and which of its pieces are ready.
import { counted } from "../shared/words.js";
import { html, show } from "../shared/html.js";
import { Panel } from "../shared/panel.js";
import { to_place } from "../shared/places.js";
import { preview_depth } from "./depth.js";
import { effort_html } from "./effort.js";
import { line_html, lines_from, open_lines } from "./finding_lines.js";
import { ask_reason, take_back } from "./signing.js";

const SHOWN = 5; // lines of a group before "more"
const SIGNATURE = "signature"; // what lines with a blocker mean
const NAMED = 3; // pieces in the headline that are not ready
const SYMBOLS = { Ready: "✓", Started: "◐", Blocked: "✗", Missing: "○" };

export class PlanFindings extends Panel {
  constructor(frm) {
    super(frm, "findings_html");
  }

  purpose() {
    const steps = [
      __("Give the plan a title, choose how deep it goes, and save it."),
      __("The guide then leads from step to step: what is there, what is missing, and a button that opens it."),
      __("When nothing keeps it from its sponsor any more, send it for review."),
    ];
    const example = frappe.user.has_role("System Manager")
      ? html`<a href="${frappe.utils.generate_route({ type: "doctype", name: "SM Settings" })}">${__(
          "See a filled example",
        )}</a>`
      : "";
    return html`${__("A plan says which services an organisation provides, what it promises, and who does what.")}
      <ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>
      <button type="button" class="btn btn-default btn-xs" data-act="tour">${__("Show the First Fields")}</button> ${example}`;
  }

  refresh() {
    this.overview = null;
    super.refresh();
  }

  /** The headline stands above all tabs and tells of the findings: they are asked for whatever tab is shown. */
  hidden() {
    return false;
  }

  load() {
    this.check();
  }

  check() {
    return this.ask_for("check", __("Checking the plan …"), (overview) => {
      this.overview = overview;
      this.render();
      this.frm.trigger("findings_checked");
    });
  }

  /** Whether anything keeps the plan from its sponsor, as it is stored now. */
  async blocks() {
    await this.check();
    return Boolean(this.overview?.blockers);
  }

  render() {
    const { as_of, readiness, summaries, effort, depth, deeper } = this.overview;
    show(
      this.$area,
      html`<section class="smp-panel" aria-label="${__("Findings")}">
      <header>
        <p>${this.verdict()} <span class="text-muted">${__("Checked as of {0}.", [
          frappe.datetime.str_to_user(as_of),
        ])}</span></p>
        <button type="button" class="btn btn-default btn-xs" data-act="check">${__("Check Again")}</button>
      </header>
      <p class="text-muted">${depth} ${deeper.map(
        (one) => html`<button type="button" class="smp-link" data-deeper="${one}">${__("What would “{0}” ask?", [__(one)])}</button> `,
      )}</p>
      <ul class="smp-pieces" aria-label="${__("Pieces of the plan")}">${readiness.pieces.map((piece) => this.piece(piece))}</ul>
      ${this.lines_html()}
      ${effort_html(effort)}
      <dl class="smp-summaries">${summaries.map(report_html)}</dl>
    </section>`,
    );
    this.$area.find("[data-act=check]").on("click", () => this.check());
    this.$area.find("[data-deeper]").on("click", (event) => preview_depth(this.frm, event.currentTarget.dataset.deeper));
    this.open_lines(this.$area);
    this.fetch_rest();
  }

  verdict() {
    const { blockers, counts, line_count, passed } = this.overview;
    if (!line_count) return __("All {0} rules passed. There is nothing to do.", [passed]);
    if (this.frm.doc.docstatus === 1) return __("What the checks say about the plan today, for its next version.");
    const verdict = counted(
      blockers,
      __("Nothing keeps the plan from its sponsor."),
      __("1 blocker keeps the plan from its sponsor."),
      __("{0} blockers keep the plan from its sponsor.", [blockers]),
    );
    const undecided = blockers - counts.Blocker;
    return undecided ? `${verdict} ${__("Of these, {0} could not be decided.", [undecided])}` : verdict;
  }

  piece({ piece, state, state_key, lacks, opens }) {
    const text = html`<span aria-hidden="true">${SYMBOLS[state_key]}</span> ${piece}
      <span class="sr-only">${state}</span>`;
    const attributes = html`class="smp-piece" data-state="${state_key}" title="${lacks || state}"`;
    return html`<li>${to_place(this.frm, opens, attributes, text)}</li>`;
  }

  /** Links to the first pieces that are not ready. */
  lacking() {
    return this.overview.readiness.pieces
      .filter(({ state_key }) => state_key !== "Ready")
      .slice(0, NAMED)
      .map(({ piece, opens, lacks }) =>
        to_place(this.frm, opens, html`class="smp-link" title="${lacks}"`, piece),
      );
  }

  /** Say what keeps the plan from its sponsor, each with where to settle it. */
  why_not() {
    const blockers = this.overview.lines.filter((line) => line.meaning === SIGNATURE);
    const dialog = new frappe.ui.Dialog({
      title: __("What keeps the plan from its sponsor"),
      size: "large",
      ...(this.frm.doc.state === "In Review" ? this.return_first() : {}),
    });
    show(
      dialog.$body,
      html`<section class="smp-panel smp-group">
      <ul>${blockers.map((line) => line_html(this.frm, line))}</ul></section>`,
    );
    this.open_lines(dialog.$body);
    dialog.$body.on("click", "a, [data-field], [data-finding-act]", () => dialog.hide());
    dialog.show();
  }

  /** A plan under review is locked: it is a draft again before anything is settled. Who sent it takes it back, and owes nobody
   *  a reason as long as nobody else acted. */
  return_first() {
    const takes_back = this.overview.may_take_back;
    return {
      primary_action_label: takes_back ? __("Take It Back and Mend It") : __("Return to Draft"),
      primary_action: () => {
        cur_dialog.hide();
        if (takes_back) take_back(this.frm);
        else ask_reason(this.frm, __("It still has blockers."));
      },
    };
  }

  /** What helps most, and then all lines by what they mean. Where there are more than the form was given, it asks for them. */
  lines_html() {
    const { meanings, lines, helping } = this.overview;
    const groups = meanings.filter((meaning) => meaning.lines);
    const helps = helping.map((line) => line_html(this.frm, line, { helps: true }));
    return html`${
      helps.length > 0 &&
      html`<section class="smp-group" aria-label="${__("What helps most")}"><h5>${__("What helps most")}</h5><ol>${helps}</ol></section>`
    }${groups.map((group, position) => this.group(group, lines, !position))}`;
  }

  group({ meaning, label, lines: count }, lines, open) {
    const own = lines.filter((line) => line.meaning === meaning);
    const shown = own.map((line) => line_html(this.frm, line));
    const more = shown.slice(SHOWN);
    return html`<details class="smp-group" data-meaning="${meaning}" ${open ? "open" : ""}>
      <summary>${label} <span class="text-muted">${count}</span></summary>
      <ul>${shown.slice(0, SHOWN)}</ul>
      ${(more.length > 0 || count > own.length) && html`<details><summary>${__("{0} more", [count - Math.min(SHOWN, own.length)])}</summary><ul data-rest="${meaning}">${more}</ul></details>`}
    </details>`;
  }

  /** Let the lines act, and give the last of the groups that are not whole a button for the rest. */
  open_lines($area) {
    const { lines, helping } = this.overview;
    open_lines(this.frm, $area, new Map([...helping, ...lines].map((line) => [line.key, line])));
  }

  /** Ask for the lines that the form was not given, when somebody opens a group that lacks some. */
  fetch_rest() {
    const { lines, line_count } = this.overview;
    if (lines.length >= line_count) return;
    this.$area.find("[data-rest]").each((_, list) => {
      list.parentElement.addEventListener("toggle", () => this.more_lines(), { once: true });
    });
  }

  async more_lines() {
    const { overview } = this;
    if (overview.is_fetching) return; // for another group: it brings the lines of all
    overview.is_fetching = true;
    while (overview === this.overview && overview.lines.length < overview.line_count) {
      const { lines } = await lines_from(this.frm, overview.lines.length);
      if (!lines.length || overview !== this.overview) return;
      overview.lines.push(...lines);
      for (const line of lines) {
        const $line = $(String(line_html(this.frm, line)));
        this.$area.find("[data-rest]").filter((_, list) => list.dataset.rest === line.meaning).append($line);
        this.open_lines($line);
      }
    }
  }
}

/** What a report comes to, with a way to it where the user has it. */
function report_html({ title, message, figures }) {
  const told = figures.map(({ label, value }) => `${label}: ${value}`).join(" · ");
  return html`<div><dt>${title}</dt>
    <dd>${message} <span class="text-muted">${told}</span></dd></div>`;
}
