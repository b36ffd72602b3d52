// What a signer is told of a plan, on its form and in the dialog.
import { html, joined } from "../shared/html.js";
import { list } from "../shared/panel.js";
import { tab_button } from "../shared/places.js";
import { user_time } from "../shared/times.js";

export const blocker_text = ({ code, message, fix }) => `${code}: ${message} ${fix}`;

/** That there are more blockers than those that are told here; empty if not. */
export function more_blockers({ blockers, blocker_count }) {
  const rest = blocker_count - blockers.length;
  return rest > 0 ? __("{0} more blockers keep the plan from its sponsor.", [rest]) : "";
}

export function blockers_html({ blockers, blocker_count }) {
  if (!blocker_count) return html`<p>${__("Nothing keeps the plan from its sponsor.")}</p>`;
  return html`${list(blockers.map(blocker_text))}
    <p>${more_blockers({ blockers, blocker_count })}
      ${tab_button("findings_html", __("Settle them under Summary"))}</p>`;
}

/** By what the plan is measured, where that is not the standard: part of what is signed. */
export function thresholds_html(thresholds) {
  if (!thresholds.length) return "";
  return html`<p>${__("This site measures plans by thresholds that differ from the standard:")}</p>${list(thresholds)}`;
}

/** Who signs, in which order, and who is next. */
export function signers_html(signers) {
  const rows = signers.map(({ name, stands_for, signed_at, deputy, next }) => {
    const what = [
      name,
      stands_for && `(${stands_for})`,
      signed_at && `– ${__("signed at {0}", [user_time(signed_at)])}`,
      deputy && __("by {0}, deputy", [deputy]),
      next && html`<span class="indicator-pill orange">${__("signs next")}</span>`,
    ];
    return html`<li ${next && html`aria-current="step"`}>${joined(what, " ")}</li>`;
  });
  return html`<h5>${__("Who signs, in this order")}</h5><ol class="smp-signers">${rows}</ol>`;
}

/** What the plan lives with: each waiver, who asked for it, who decided, until when. */
export function waivers_html(waivers) {
  if (!waivers.length) return "";
  const told = waivers.map(({ title, rule, about, asked_by, decided_by, until }) => {
    const decided = until
      ? decided_by
        ? __("approved by {0} until {1}", [decided_by, frappe.datetime.str_to_user(until)])
        : __("approved until {0}", [frappe.datetime.str_to_user(until)])
      : __("not approved");
    const what = [rule, about].filter(Boolean).join(", ");
    return `${title} (${what}): ${__("asked for by {0}", [asked_by])}, ${decided}`;
  });
  return html`<details class="smp-group"><summary>${__("Waivers: {0}", [waivers.length])}</summary>${list(told)}</details>`;
}

/** How the registers went on since the plan was sent to its sponsor, who signs them as they stood then. */
export function moved_html(moved) {
  if (!moved.length) return "";
  return html`<details class="smp-group">
    <summary>${__("Moved on since it was sent to the sponsor, and not part of the signature: {0}", [moved.length])}</summary>
    ${list(moved)}</details>`;
}

export function changes_html(changes) {
  if (!changes) return html`<p class="text-muted">${__("This plan has no earlier signed version.")}</p>`;
  if (!changes.length) return html`<p>${__("Nothing has changed since the previous signed version.")}</p>`;
  return html`<details class="smp-group" open>
    <summary>${__("Changed since the previous signed version: {0}", [changes.length])}</summary>
    ${list(changes)}</details>`;
}
