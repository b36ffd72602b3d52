// My Part in the Plan, as a page of the Desk.
import { call } from "../shared/api.js";
import { html, safe, show } from "../shared/html.js";
import { act_in } from "./acts.js";

// The page itself says that there is nothing to show: no dialog of Frappe lies over it.
const said_by_page = { PermissionError: () => {} };

/** Fill a page of the Desk with the part of the user. */
export function show_part(wrapper) {
  const page = frappe.ui.make_app_page({ parent: wrapper, title: __("My Part in the Plan"), single_column: true });
  const $area = $(page.main);
  const load = (lineage) =>
    call("my_part", lineage, { about: "lineage", error_handlers: said_by_page })
      .then((part) => {
        show($area, safe(part.html)); // made by a template of the server, which escapes every text
        act_in($area[0], load);
        return $area[0];
      })
      .catch((error) => {
        const nothing =
          error?.status === 403
            ? __("You have no part in a plan in force here. Ask your service planner whether the plan names you.")
            : __("This did not work.");
        show($area, html`<p class="text-muted">${nothing}</p>`);
      });
  page.set_secondary_action(__("Refresh"), () => load($area.find(".sm-part").data("lineage") || ""));
  return load("");
}
