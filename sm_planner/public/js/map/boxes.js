// The boxes of the service map: in their lanes, and as a table of the same.
import { html, joined } from "../shared/html.js";

/** What is shown: both with what differs, one of them, or one beside the other. */
export const VIEWS = ["both", "now", "future", "side"];

const KINDS = ["Comes", "Goes", "Changes"];
const kind_label = (kind) => ({ Comes: __("Comes"), Goes: __("Goes"), Changes: __("Changes") })[kind];

/** The states that are shown together. */
const states_of = (view) => (view === "both" ? ["now", "future"] : [view]);

/** Whether a box, or a hand-over, is part of what is shown. */
export const is_there = (one, view) => states_of(view).some((state) => one[state]);

/** The numbers of the services that a box belongs to, on what is shown. */
export const services_of = (box, view) => states_of(view).flatMap((state) => box[state]?.services || []);

/** The lanes of a page, once or side by side. */
export const map_html = (told, view) =>
  view === "side"
    ? html`<div class="sm-map-side">${["now", "future"].map(
        (one) =>
          html`<section aria-label="${heading(one)}"><h3>${heading(one)}</h3>${lanes_html(told, one)}</section>`,
      )}</div>`
    : lanes_html(told, view);

const heading = (view) => (view === "now" ? __("Now") : __("Future"));

function lanes_html({ lanes }, view) {
  const shown = lanes
    .map((lane) => ({ ...lane, boxes: lane.boxes.filter((box) => is_there(box, view)) }))
    .filter(({ boxes, left_out }) => boxes.length || left_out);
  return html`<div class="sm-map-lanes" data-view="${view}">${shown.map(
    ({ title, boxes, left_out }) => html`<section class="sm-map-lane" aria-label="${title}">
      <h4>${title} <span>${boxes.length + left_out}</span></h4>
      <ul>${boxes.map((box) => html`<li>${box_html(box, view)}</li>`)}${
        left_out ? html`<li class="sm-map-folded">${__("{0} more without a box", [left_out])}</li>` : ""
      }</ul></section>`,
  )}</div>`;
}

function box_html(box, view) {
  const { key, title, number, marks, facts, critical, difference, changed, severity } = box;
  const at = box_at(box, view);
  return html`<button type="button" class="sm-map-box" data-key="${key}" tabindex="-1" aria-pressed="false"
    data-difference="${difference}" data-severity="${severity}">
    <strong>${number ? html`<span class="sm-map-number">${number}</span> ` : ""}${title}</strong>
    ${difference ? html`<em>${difference_text(difference, changed)}</em>` : ""}
    ${marks.length ? html`<span class="sm-map-marks">${marks.map((mark) => html`<b>${mark}</b> `)}</span>` : ""}
    ${at.does || critical ? html`<span>${joined([critical ? __("critical") : "", at.does], " · ")}</span>` : ""}
    ${facts.map((fact) => html`<span>${fact}</span>`)}
    ${severity ? html`<span class="sm-map-found">${findings_text(box)}</span>` : ""}
  </button>`;
}

/** Where a box stands on what is shown: in the future, where both are. */
const box_at = (box, view) => (view === "now" ? box.now : box.future || box.now);

export const difference_text = (kind, changed = []) =>
  changed.length ? `${kind_label(kind)}: ${changed.join(", ")}` : kind_label(kind);

const findings_text = ({ findings }) => findings.map(({ severity, codes }) => `${severity}: ${codes.join(", ")}`).join(" · ");

/** What the colours mean, with how many boxes have them. */
export const legend_html = ({ counts, severities }) => html`<ul class="sm-map-legend" aria-label="${__("Legend")}">${KINDS.map(
  (kind) => html`<li data-difference="${kind}"><i aria-hidden="true"></i>${kind_label(kind)} <span>${counts[kind]}</span></li>`,
)}${Object.entries(severities).map(
  ([severity, label]) => html`<li data-severity="${severity}"><i aria-hidden="true"></i>${label}</li>`,
)}</ul>`;

/** All boxes of a page as a table. sorted: the column, and whether it falls. */
export function table_html(told, view, sorted) {
  const columns = [
    ["title", __("Box")],
    ["lane", __("Lane")],
    ["number", __("No.")],
    ["importance", __("Importance")],
    ["differs", __("What Differs")],
    ["says", __("What It Says")],
    ["findings", __("Findings")],
  ];
  const rows = rows_of(told, view);
  if (sorted.by) rows.sort((one, other) => compared(one[sorted.by], other[sorted.by]) * (sorted.falls ? -1 : 1));
  const direction = (name) => (name !== sorted.by ? "none" : sorted.falls ? "descending" : "ascending");
  return html`<div class="sm-map-scroll" role="group" tabindex="0" aria-label="${__("Boxes of the map")}">
    <table class="table sm-map-table"><thead><tr>${columns.map(
      ([name, label]) => html`<th scope="col" aria-sort="${direction(name)}" data-column="${name}"><button type="button" data-sort="${name}">${label}</button></th>`,
    )}</tr></thead><tbody>${rows.map(
      (row) => html`<tr data-difference="${row.difference}">
        <th scope="row"><button type="button" class="sm-map-open" data-key="${row.key}" aria-pressed="false">${row.title}</button></th>
        <td data-label="${__("Lane")}">${row.lane}</td><td data-label="${__("No.")}" class="text-right">${row.number}</td>
        <td data-label="${__("Importance")}">${row.importance}</td>
        <td data-label="${__("What Differs")}" class="sm-map-differs">${row.differs}</td>
        <td data-label="${__("What It Says")}">${row.says}</td>
        <td data-label="${__("Findings")}" data-severity="${row.severity}">${row.findings}</td></tr>`,
    )}</tbody></table></div>`;
}

const rows_of = ({ lanes }, view) =>
  lanes.flatMap((lane) =>
    lane.boxes
      .filter((box) => is_there(box, view === "side" ? "both" : view))
      .map((box) => ({
        ...box,
        lane: lane.title,
        number: box.number || "",
        differs: box.difference
          ? [kind_label(box.difference), box.changes.join("; ")].filter(Boolean).join(": ")
          : "",
        says: [...box.marks, box_at(box, view).does, ...box.facts].filter(Boolean).join(" · "),
        findings: findings_text(box),
      })),
  );

/** Empty cells stand last, numbers by their size. */
function compared(one, other) {
  if (one === other) return 0;
  if (one === "" || other === "") return one === "" ? 1 : -1;
  return typeof one === "number" ? one - other : String(one).localeCompare(String(other));
}
