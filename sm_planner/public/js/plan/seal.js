// The seal of a plan, and whether it holds.
import { html } from "../shared/html.js";
import { list } from "../shared/panel.js";
import { user_time } from "../shared/times.js";

export function seal_html({ signed_by, earlier, asked, delegation, signed_at, proof, version, number, meaning, seal_hash }, intact) {
  const rows = [
    [intact ? __("Signed by") : __("Signed by, according to a seal that does not hold"), signed_by],
    ...(delegation ? [[__("Delegation"), delegation]] : []),
    ...earlier.map((one) => [
      __("Signed before by"),
      [one.signed_by, user_time(one.signed_at), one.proof].filter(Boolean).join(", "),
    ]),
    [__("Signed at"), user_time(signed_at)],
    ...(proof ? [[__("Proof of the Signer"), proof]] : []),
    [__("Version"), version],
    [__("Seal"), number],
    ...(asked.length ? [[__("Thresholds that differ from the standard"), asked.join("; ")]] : []),
  ];
  return html`<figure class="smp-seal">
    <blockquote>${meaning}</blockquote>
    <dl>${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
      <div class="smp-wide"><dt>${__("Seal hash")}</dt><dd><code>${seal_hash}</code></dd></div>
    </dl>
  </figure>`;
}

/** Where a hash that left the site is entered. */
export function compare_html() {
  return html`<form class="smp-compare" data-act="compare">
    <label>${__("Compare a hash from a mail, a print or a receipt")}
      <input type="text" class="form-control input-xs" data-hash maxlength="100" autocomplete="off" spellcheck="false">
    </label>
    <button type="submit" class="btn btn-default btn-xs">${__("Compare")}</button>
    <p role="status" data-compared></p>
  </form>`;
}

/** What the verification says, in plain words. */
export function verdict_html({ outside, ...verified }) {
  const missed = outside.length
    ? html`<p><span class="indicator-pill orange">${__("Something is missing.")}</span>
        ${__("The site recorded these outside its database, and they are no longer in it:")}</p>${list(outside)}`
    : "";
  return html`${held_html(verified)}${missed}`;
}

function held_html({ intact, seals_fit, problems, notes, drift, progress, seals }) {
  const origins = {
    "not checkable": (number) => __("It cannot be checked who made seal {0}, because its key is not known here.", [number]),
    unsigned: (number) => __("It cannot be proved who made seal {0}, because it is not signed with a key.", [number]),
  };
  const doubts = [
    ...seals.flatMap(({ number, origin }) => (origins[origin] ? [origins[origin](number)] : [])),
    ...notes,
  ];
  if (!intact && seals_fit && seals.length) {
    return html`<p><span class="indicator-pill red">${__("The sign-off was changed.")}</span>
      ${__("The seals hold, but what belongs to them was changed outside the sign-off:")}</p>${list([...problems, ...notes])}`;
  }
  if (!intact) {
    return html`<p><span class="indicator-pill red">${__("The seal does not hold.")}</span>
      ${__("The sealed content, or the seal itself, was changed afterwards.")}</p>${list([...problems, ...notes])}`;
  }
  const verdict = drift.length
    ? html`<p><span class="indicator-pill orange">${__("The seal holds, but shared records have changed.")}</span>
        ${__("The sealed content is unchanged. Records that the plan shares have changed since:")}</p>
        ${list(drift.map((change) => change.text))}
        <p>${__("Start a revision to have the changes signed.")}</p>`
    : html`<p><span class="indicator-pill green">${__("The seal holds.")}</span>
        ${__("The plan is exactly as it was signed.")}</p>`;
  const moved = progress.length
    ? html`<details><summary>${__("Moved on since it was signed: {0}", [progress.length])}</summary>
        ${list(progress.map((change) => change.text))}</details>`
    : "";
  return html`${verdict}${moved}${doubts.length > 0 && list(doubts)}`;
}
