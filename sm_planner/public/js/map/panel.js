// What the map tells of one box: its record, its chain with the weakest link in numbers, and its findings.
import { html, joined } from "../shared/html.js";
import { address } from "../shared/places.js";
import { difference_text } from "./boxes.js";

const SHOWN = 6; // promises that stand there at once

/** The panel of a box. box: as the map has it. told: what the server tells of it. */
export const panel_html = (box, told) => html`
  <header><span class="text-muted">${told.kind}</span>
    <button type="button" class="btn btn-default btn-xs" data-act="close">${__("Close")}</button>
    <h3 tabindex="-1">${told.title}</h3>
    <a class="btn btn-primary btn-sm" href="${told.address}">${__("Open the Record")}</a></header>
  ${differs_html(box)}
  ${told.past ? html`<p>${told.past}</p>` : carried_html(told)}`;

function differs_html({ difference, changes, changed }) {
  if (!difference) return "";
  return html`<section data-difference="${difference}"><h4>${__("What Differs")}</h4>
    <p><em>${difference_text(difference, changed)}</em></p>
    ${changes.length ? html`<ul>${changes.map((one) => html`<li>${one}</li>`)}</ul>` : ""}</section>`;
}

function carried_html({ weakest, promises, more, counts, unjudged, agreements, empty, findings, more_findings }) {
  const [first] = promises;
  return html`
    ${
      first
        ? html`<section class="sm-map-weakest" data-verdict="${first.verdict_key}"><h4>${__("Weakest Link")}</h4>
            <p>${weakest}</p>${why_html(first)}</section>`
        : ""
    }
    ${empty ? html`<p class="text-muted">${empty}</p>` : ""}
    ${
      promises.length
        ? html`<section><h4>${__("Promises That Rest on It")}</h4>
            <p class="text-muted">${counts_text(counts)}</p>${promises_html(promises)}
            ${more ? html`<p class="text-muted">${__("{0} more in the report SLA Chain Feasibility.", [more])}</p>` : ""}</section>`
        : ""
    }
    ${
      unjudged.length
        ? html`<section><h4>${__("Not Judged")}</h4><ul>${unjudged.map(
            ({ service, target, promised, why }) => html`<li>${service}, ${target} ${promised}. ${why}</li>`,
          )}</ul></section>`
        : ""
    }
    ${
      agreements.length
        ? html`<section><h4>${__("Bound By")}</h4><ul>${agreements.map(
            ({ title, address: to, targets }) => html`<li><a href="${to}">${title}</a>${
              targets.length ? html`<br /><span class="text-muted">${joined(targets, " · ")}</span>` : ""
            }</li>`,
          )}</ul></section>`
        : ""
    }
    <section><h4>${__("Findings")}</h4>${findings_html(findings)}
      ${more_findings ? html`<p class="text-muted">${__("{0} more", [more_findings])}</p>` : ""}</section>`;
}

const counts_text = ({ Infeasible, Unknown, Feasible }) =>
  [
    [Infeasible, __("Infeasible")],
    [Unknown, __("Unknown")],
    [Feasible, __("Feasible")],
  ]
    .map(([count, label]) => `${label}: ${count}`)
    .join(" · ");

function promises_html(promises) {
  const list = (some) => html`<ul class="sm-map-promises">${some.map(promise_html)}</ul>`;
  const rest = promises.slice(SHOWN);
  return html`${list(promises.slice(0, SHOWN))}${
    rest.length ? html`<details><summary>${__("{0} more", [rest.length])}</summary>${list(rest)}</details>` : ""
  }`;
}

const promise_html = (one) => html`<li data-verdict="${one.verdict_key}">
  <strong>${one.target}: ${one.promised}</strong>
  <span><b>${one.verdict}</b>${one.margin ? ` · ${one.margin}` : ""}</span>
  <span><a href="${one.service_address}">${one.service}</a> · <a href="${one.sla_address}">${one.sla}</a></span>
  ${one.decides ? html`<span>${__("Decides:")} <a href="${one.decides_address}">${one.decides}</a></span>` : ""}
  ${why_html(one)}</li>`;

/** Why it is not known whether a promise can be kept, and what to do. */
const why_html = ({ verdict_key, unknown, ask }) =>
  unknown && verdict_key !== "Feasible" ? html`<span>${unknown}</span><span>${ask}</span>` : "";

const findings_html = (findings) =>
  findings.length
    ? html`<ul>${findings.map(
        ({ severity, severity_label, code, message, opens }) => html`<li data-severity="${severity}">
          <b>${severity_label}</b> <a href="${address(opens)}">${code}</a> ${message}</li>`,
      )}</ul>`
    : html`<p class="text-muted">${__("Nothing was found.")}</p>`;
