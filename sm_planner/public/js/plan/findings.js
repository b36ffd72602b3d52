// The findings of a plan on its form, and which of its pieces are ready.
import { call } from "../shared/api.js";
import { counted } from "../shared/words.js";
import { html, show } from "../shared/html.js";
import { Panel } from "../shared/panel.js";
import { follow, to_place } from "../shared/places.js";
import { effort_html } from "./effort.js";
import { ask_reason } from "./signing.js";

const SHOWN = 5; // findings of a group before "more"
const LISTED = 50; // findings of a group on the form; the report has them all

const COLORS = { Blocker: "red", Error: "red", Warning: "orange", Information: "blue" };
const NAMED = 3; // pieces in the headline that are not ready
const SYMBOLS = { Ready: "✓", Started: "◐", Blocked: "✗", Missing: "○" };

export class PlanFindings extends Panel {
  constructor(frm) {
    super(frm, "findings_html");
  }

  purpose() {
    const steps = [
      __("Give the plan a title, and name its sponsor and its owner."),
      __("Save it, and add the services that it is for to its scope; the records that belong to them are added automatically."),
      __("Fix the blockers that are then listed here, and send it for review."),
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
    const { findings, as_of, readiness, summaries, effort, depth, deeper } = this.overview;
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
      ${this.groups(findings)}
      ${effort_html(effort)}
      <dl class="smp-summaries">${summaries.map(report_html)}</dl>
    </section>`,
    );
    this.$area.find("[data-act=check]").on("click", () => this.check());
    this.$area.find("[data-deeper]").on("click", (event) => this.look_deeper(event.currentTarget.dataset.deeper));
    follow(this.frm, this.$area);
  }

  /** Tell what the plan would be asked in addition, before anybody raises its depth. */
  async look_deeper(depth) {
    const { rules, passed, because, found } = await call("check_deeper", this.frm.doc.name, { args: { depth } });
    const lines = found.map(
      ({ code, severity, title, count }) =>
        html`<li><span class="indicator-pill ${COLORS[severity]}">${__(severity)}</span> ${title} (${code}: ${count})</li>`,
    );
    frappe.msgprint({
      title: __("What “{0}” would ask in addition", [__(depth)]),
      message: String(html`<p>${because}</p>
        <p>${__("{0} more rules, of which {1} pass today.", [rules, passed])}</p><ul class="list-unstyled">${lines}</ul>`),
      wide: true,
    });
  }

  verdict() {
    const { blockers, counts, findings, passed } = this.overview;
    if (!findings.length) return __("All {0} rules passed. There is nothing to do.", [passed.length]);
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
    const blockers = this.overview.findings.filter((finding) => finding.severity === "Blocker");
    const dialog = new frappe.ui.Dialog({
      title: __("What keeps the plan from its sponsor"),
      size: "large",
      ...(this.frm.doc.state === "In Review" ? this.return_first() : {}),
    });
    show(
      dialog.$body,
      html`<section class="smp-panel smp-group">
      <ul>${blockers.slice(0, LISTED).map((finding) => this.finding(finding))}</ul></section>`,
    );
    follow(this.frm, dialog.$body);
    dialog.$body.find("a, [data-field]").on("click", () => dialog.hide());
    dialog.show();
  }

  /** A plan under review is locked: it is a draft again before anything is settled. */
  return_first() {
    return {
      primary_action_label: __("Return to Draft"),
      primary_action: () => {
        cur_dialog.hide();
        ask_reason(this.frm, __("It still has blockers."));
      },
    };
  }

  groups(findings) {
    const failed = findings.filter((finding) => finding.verdict === "failed");
    const groups = Object.keys(COLORS).map((severity) => {
      const group = failed.filter((finding) => finding.severity === severity);
      return [group[0]?.severity_label, COLORS[severity], group];
    });
    groups.push([
      __("Could not be decided"),
      "gray",
      findings.filter((finding) => finding.verdict !== "failed"),
    ]);
    const filled = groups.filter(([, , group]) => group.length);
    return filled.map(([label, color, group], position) => this.group(label, color, group, !position));
  }

  group(label, color, findings, open) {
    const listed = findings.slice(0, LISTED).map((finding) => this.finding(finding));
    const more = listed.slice(SHOWN);
    const rest = findings.length - listed.length;
    return html`<details class="smp-group" ${open ? "open" : ""}>
      <summary><span class="indicator-pill ${color}">${label}</span> ${findings.length}</summary>
      <ul>${listed.slice(0, SHOWN)}</ul>
      ${more.length > 0 && html`<details><summary>${__("{0} more", [findings.length - SHOWN])}</summary><ul>${more}</ul></details>`}
      ${rest > 0 ? html`<p class="text-muted">${__("The report Plan Findings shows {0} more.", [rest])}</p>` : ""}
    </details>`;
  }

  finding({ code, message, fix, title, opens }) {
    return html`<li class="smp-finding">
      <code>${code}</code>
      <div>
        <p>${message}</p>
        <p class="text-muted">${fix}</p>
      </div>
      ${to_place(this.frm, opens, html`class="smp-link"`, opens.label || title)}
    </li>`;
  }
}

/** What a report comes to, with a way to it where the user has it. */
function report_html({ title, message, figures }) {
  const told = figures.map(({ label, value }) => `${label}: ${value}`).join(" · ");
  return html`<div><dt>${title}</dt>
    <dd>${message} <span class="text-muted">${told}</span></dd></div>`;
}
