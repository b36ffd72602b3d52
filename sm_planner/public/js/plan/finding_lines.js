// Lines of findings: each fault once, with what stands beneath it asked for when somebody opens it.
import { call } from "../shared/api.js";
import { html } from "../shared/html.js";
import { follow, to_place } from "../shared/places.js";
import { counted } from "../shared/words.js";
import { follow_acts, improvement_html, menu_html } from "./finding_acts.js";

export const COLORS = { Blocker: "red", Error: "red", Warning: "orange", Information: "blue" };
const PAGE = 20; // findings beneath a line, and lines, that are asked for at once

const pill = ({ severity, severity_label, verdict }) => {
  const color = verdict === "failed" ? COLORS[severity] : "gray";
  return html`<span class="indicator-pill ${color} no-indicator-dot">${severity_label}</span>`;
};

/** A line; with what mending it brings, where that is to be told. */
export function line_html(frm, line, { helps = false } = {}) {
  const { key, code, message, fix, help, count, records, finding } = line;
  const place = finding && to_place(frm, finding.opens, html`class="smp-link"`, finding.opens.label || finding.title);
  const beneath = records > 1 ? __("Show {0} records", [records]) : __("Show all {0}", [count]);
  return html`<li class="smp-finding" data-line="${key}">
    <div>${pill(line)}<code>${code}</code></div>
    <div data-told>
      <p>${message}</p>
      <p class="text-muted">${fix}</p>
      ${helps && help && html`<p class="smp-brings">${help}</p>`}
      ${improvement_html(line.improvement)}
      ${count > 1 && html`<details data-beneath="${key}"><summary>${beneath}</summary><ul></ul></details>`}
    </div>
    <div class="smp-acts">${place}${menu_html(frm, { ...line, ...finding })}</div>
  </li>`;
}

/** One of the findings beneath a line. */
function finding_html(frm, finding, line) {
  const { code, message, fix, title, opens } = finding;
  return html`<li class="smp-beneath">
    <div data-told>${code !== line.code && html`<code>${code}</code> `}${message}
      ${fix !== line.fix && html`<span class="text-muted">${fix}</span>`}
      ${improvement_html(finding.improvement)}</div>
    <div class="smp-acts">${to_place(frm, opens, html`class="smp-link"`, opens.label || title)}${menu_html(frm, finding)}</div>
  </li>`;
}

/** Let lines in an area act, and show what stands beneath them. lines: by their keys. */
export function open_lines(frm, $area, lines) {
  follow(frm, $area);
  follow_acts(frm, $area);
  $area.find("[data-beneath]").each((_, details) => {
    details.addEventListener("toggle", () => {
      const $list = $(details).children("ul");
      if (details.open && !$list.children().length) more_beneath(frm, $list, lines.get(details.dataset.beneath));
    });
  });
}

/** The next findings beneath a line, and a button for those after them. */
async function more_beneath(frm, $list, line) {
  const start = $list.children(".smp-beneath").length;
  const args = { line: line.key, start, length: PAGE };
  const { total, findings } = await call("plan_findings", frm.doc.name, { args });
  const $more = $(String(html`${findings.map((finding) => finding_html(frm, finding, line))}`));
  $list.append($more);
  follow(frm, $more);
  follow_acts(frm, $more);
  next_button($list, total - start - findings.length, () => more_beneath(frm, $list, line));
  if (start) $more.find("a, button").first().trigger("focus");
}

/** A button at the end of a list for what is not shown yet; none where nothing is. */
function next_button($list, left, next) {
  $list.children(".smp-next").remove();
  if (left <= 0) return;
  const text = counted(left, "", __("Show 1 more"), __("Show {0} more", [left]));
  const $item = $(String(html`<li class="smp-next"><button type="button" class="btn btn-default btn-xs">${text}</button></li>`));
  $item.find("button").one("click", next);
  $list.append($item);
}

/** The next lines of a plan from a place on. */
export const lines_from = (frm, start) =>
  call("plan_finding_lines", frm.doc.name, { args: { start, length: PAGE } });
