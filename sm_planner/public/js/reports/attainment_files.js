// The logs and maps that SLA Attainment is asked for: one's own uploads, and what was attached to the plan while it was
// a draft.
import { call } from "../shared/api.js";
import { html } from "../shared/html.js";
import { choose_plan } from "./plan_choice.js";

let shipped_maps; // as the report declares them, before files join them

/** Let the report offer files, and take new ones. */
export async function begin_with_files(report) {
  shipped_maps ??= report.get_filter("map").df.options;
  const offer = () => offer_files(report);
  report.get_filter("plan").on_change = () => offer().then(() => report.refresh());
  report.page.add_inner_button(__("Upload a Log or Map"), () => {
    new frappe.ui.FileUploader({
      folder: "Home",
      restrictions: { allowed_file_types: [".csv", ".yaml", ".yml"] },
      on_success: offer,
    });
  });
  report.page.add_inner_button(__("Keep as Measurements"), () => keep(report));
  await choose_plan(report);
  await offer();
}

/** Keep what was computed, of the agreements that are the user's to measure. */
async function keep(report) {
  const [plan, log, map] = ["plan", "log", "map"].map((name) => report.get_filter_value(name));
  if (!(plan && log && map)) return frappe.msgprint(__("Choose a plan, a log and its map first."));
  const { kept, there, others } = await call("keep_attainment", plan, { type: "POST", args: { log, map }, freeze: true });
  const told = [__("Measurements that were kept: {0}.", [kept])];
  if (there) told.push(__("There already: {0}.", [there]));
  if (others) told.push(__("For others to keep: {0}.", [others]));
  frappe.show_alert({ message: told.join(" "), indicator: kept ? "green" : "blue" });
}

async function offer_files(report) {
  const plan = report.get_filter_value("plan");
  if (!plan) return;
  const files = await frappe.db.get_list("File", {
    filters: { is_folder: 0 },
    or_filters: [
      ["attached_to_name", "=", plan],
      ["attached_to_name", "is", "not set"],
    ],
    fields: ["name", "file_name"],
    order_by: "creation desc",
    limit: 100,
  });
  const named = (ending) =>
    files
      .filter((file) => ending.test(file.file_name))
      .map((file) => ({ value: file.name, label: String(html`${file.file_name}`) }));
  offer_in(report, "log", [{ value: "", label: "" }, ...named(/\.csv$/i)]);
  offer_in(report, "map", [...shipped_maps, ...named(/\.ya?ml$/i)]);
}

function offer_in(report, fieldname, options) {
  const filter = report.get_filter(fieldname);
  filter.df.options = options;
  filter.refresh();
}
