// The executive view as a page of the Desk: four questions, and the figures that answer them.
import { call } from "../shared/api.js";
import { safe, show } from "../shared/html.js";

/** Fill a page of the Desk with the executive view; whenever it is shown again, with that of now. */
export function show_executive_view(wrapper) {
  wrapper.smp_executive ??= begin(wrapper);
  return wrapper.smp_executive(frappe.route_options?.mail === "stop");
}

function begin(wrapper) {
  const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Executive View"), single_column: true });
  const $area = $(page.main);
  let chosen = "";
  const load = async () => {
    const told = await call("executive_view", chosen);
    chosen = told.plan;
    show($area, safe(told.html)); // made by a template of the server, which escapes every text
    act_in($area[0], (plan) => {
      chosen = plan;
      return load();
    });
  };
  page.set_secondary_action(__("Refresh"), load, "refresh");
  return async (stops) => {
    frappe.route_options = null; // those of the mail, which are for this page alone
    await load();
    const box = $area[0].querySelector("[name=mailed]");
    if (stops) {
      box.focus();
      say(
        $area[0],
        box.checked
          ? __("You get this view by mail each Monday. Clear the box to get it no more.")
          : __("You get no more mails with this view."),
      );
    }
  };
}

function act_in(area, choose) {
  const form = area.querySelector(".sm-executive-choice");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", async ({ target }) => {
    if (target.name === "plan") {
      await choose(target.value);
      area.querySelector("[name=plan]")?.focus(); // the page is a new one
      return;
    }
    const args = { wanted: target.checked ? 1 : 0 };
    try {
      await call("choose_weekly_mail", undefined, { args, type: "POST" });
    } catch {
      target.checked = !target.checked; // as it is stored
      return;
    }
    say(
      area,
      target.checked ? __("You get this view by mail each Monday.") : __("You get no more mails with this view."),
    );
  });
}

function say(area, text) {
  const said = area.querySelector(".sm-executive-said");
  said.textContent = text;
  said.hidden = false;
}
