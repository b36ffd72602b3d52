// What was done about the sign-off, and what was refused.
import { html, joined } from "../shared/html.js";
import { user_time } from "../shared/times.js";

const OUTCOME_COLORS = { Done: "green", Refused: "red", Noted: "orange" };

export function log_html(events) {
  if (!events.length) return "";
  const rows = events.map(
    ({ act, outcome, user, acted_at, reason, proof }) => html`<li>
      <span class="indicator-pill ${OUTCOME_COLORS[outcome]}">${__(outcome)}</span>
      <div><p><strong>${act}</strong> ${frappe.user.full_name(user)}
        <span class="text-muted">${joined([user_time(acted_at), proof], " · ")}</span></p>
      ${reason ? html`<p class="text-muted">${reason}</p>` : ""}</div></li>`,
  );
  return html`<details class="smp-group" open><summary>${__("What happened: {0}", [events.length])}</summary>
    <ul class="smp-log">${rows}</ul></details>`;
}
