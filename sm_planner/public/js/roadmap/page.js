// The roadmap as a page of the Desk: quarters and themes, and dates that somebody moves.
import { call } from "../shared/api.js";
import { html, safe, show } from "../shared/html.js";

const day = (value) => (value ? frappe.datetime.str_to_user(value) : "–");

/** Fill a page of the Desk with the roadmap of the plan that its address names; without one, with that shown before. */
export function show_roadmap(wrapper) {
  const named = frappe.get_route()[1] || "";
  if (wrapper.smp_roadmap) return wrapper.smp_roadmap(named);
  const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Roadmap by Quarter"), single_column: true });
  const $area = $(page.main);
  let chosen = { plan: named };
  const load = async (said = "") => {
    const { plan, ...args } = chosen;
    const told = await call("roadmap", plan, { args });
    if (!told.html) {
      show($area, html`<p class="text-muted">${__("There is no plan that you may read.")}</p>`);
      return;
    }
    show($area, safe(told.html)); // made by a template of the server, which escapes every text
    act_in($area[0], (values) => {
      chosen = values;
      return load();
    }, load);
    if (said) say($area[0], said);
  };
  page.set_secondary_action(__("Refresh"), () => load());
  page.add_inner_button(__("Gantt"), () => frappe.set_route("List", "SM Improvement", "Gantt"));
  page.add_inner_button(__("Report"), () => frappe.set_route("query-report", "Roadmap"));
  page.add_inner_button(__("Team Load"), () => frappe.set_route("query-report", "Team Load"));
  wrapper.smp_roadmap = (plan) => {
    if (plan && plan !== chosen.plan) chosen = { plan };
    return load();
  };
  return load();
}

function say(area, text) {
  const said = area.querySelector(".sm-roadmap-said");
  said.textContent = text;
  said.hidden = false;
}

function act_in(area, choose, reload) {
  const choice = area.querySelector(".sm-roadmap-choice");
  choice.addEventListener("change", async ({ target }) => {
    await choose(Object.fromEntries(new FormData(choice)));
    area.querySelector(`.sm-roadmap-choice [name=${target.name}]`)?.focus(); // the page is a new one
  });
  choice.addEventListener("submit", (event) => event.preventDefault());
  const moves = area.querySelector(".sm-roadmap-moves");
  if (!moves) return;
  for (const box of moves.querySelectorAll("input[type=checkbox]")) {
    const dates = box.closest("tr").querySelectorAll("input[type=date]");
    box.disabled = false; // other dates can be chosen also where none are proposed
    box.addEventListener("change", () => {
      for (const field of dates) field.disabled = !box.checked;
    });
  }
  moves.addEventListener("submit", (event) => {
    event.preventDefault();
    reschedule(area.querySelector(".sm-roadmap").dataset.plan, [...moves.querySelectorAll("tr")].filter(is_chosen).map(move_of), reload);
  });
}

const is_chosen = (row) => row.querySelector("input[type=checkbox]")?.checked;

const move_of = (row) => ({
  improvement: row.dataset.improvement,
  start: row.querySelector("[name=start]").value,
  due: row.querySelector("[name=due]").value,
  seen_start: row.dataset.start,
  seen_due: row.dataset.due,
});

/** Show what moving would mean, and move where somebody says so. */
async function reschedule(plan, moves, reload) {
  if (!moves.length) {
    frappe.msgprint(__("Choose the improvements whose dates are to move."));
    return;
  }
  const args = { moves: JSON.stringify(moves) };
  const told = await call("preview_reschedule", plan, { args, type: "POST" });
  const dialog = new frappe.ui.Dialog({
    title: __("Reschedule"),
    fields: [{ fieldname: "preview", fieldtype: "HTML" }],
    primary_action_label: __("Change the Dates"),
    async primary_action() {
      dialog.disable_primary_action();
      try {
        const count = await call("reschedule", plan, { args, type: "POST", freeze: true });
        dialog.hide();
        await reload(__("The dates of {0} improvements were changed.", [count]));
      } finally {
        dialog.enable_primary_action();
      }
    },
  });
  show(dialog.get_field("preview").$wrapper, preview_html(told));
  dialog.show();
}

const preview_html = ({ rows, says }) =>
  html`<p>${says}</p><ul>${rows.map(
    ({ title, before, after, again }) =>
      html`<li><strong>${title}</strong><br />${before.map(day).join(" – ")} → ${after.map(day).join(" – ")}${
        again ? html`<br />${__("Is approved, and will be assessed again.")}` : ""
      }</li>`,
  )}</ul>`;
