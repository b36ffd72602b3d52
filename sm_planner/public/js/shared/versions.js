// Versions of one plan bear the same title. Where there are several, links and lists say which one is meant.
import { html } from "./html.js";

let known = new Map(); // plan → its lineage and version
let asking = null;

/** Ask which versions of plans there are, as far as the user may read them. Where that fails, links tell titles alone. */
const learn_versions = () =>
  (asking ??= read_versions()
    .catch(() => {})
    .finally(() => {
      asking = null;
    }));

async function read_versions() {
  if (!frappe.model.can_read("SM Plan")) return;
  const plans = await frappe.db.get_list("SM Plan", { fields: ["name", "lineage", "version"], limit: 0 });
  known = new Map(plans.map((plan) => [plan.name, plan]));
  for (const mark of document.querySelectorAll("[data-smp-version]")) mark.textContent = mark_of(mark.dataset.smpVersion);
}

/** The version of a plan in a narrow column. */
function mark_of(name) {
  const version = version_of(name);
  return version ? __("v{0}", [version]) : "";
}

/** The version of a plan, where its lineage has others; else nothing. */
function version_of(name) {
  const plan = known.get(name);
  if (!plan && name) learn_versions(); // one that was made meanwhile: said from the next time on
  const several = plan && [...known.values()].some((other) => other !== plan && other.lineage === plan.lineage);
  return several ? plan.version : "";
}

/** The title of a plan with its version; titles of anything else as they are. */
function with_version(doctype, name, title) {
  if (doctype !== "SM Plan" || !title || title === name) return title;
  const version = version_of(name);
  return version ? __("{0} (version {1})", [title, version]) : title;
}

/** The column of a list for the plan of its rows: the version first, as a narrow column cuts the end. */
export function plan_column(value, df, doc) {
  if (!value) return "";
  const title = doc[`${df.fieldname}_title`] || value;
  return String(html`<span class="ellipsis" title="${with_version("SM Plan", value, title)}">
    <a class="filterable ellipsis" data-filter="${df.fieldname},=,${value}">
      <strong data-smp-version="${value}">${mark_of(value)}</strong> ${title}</a></span>`);
}

const get_link_title = frappe.utils.get_link_title;
frappe.utils.get_link_title = function (doctype, name) {
  return with_version(doctype, name, get_link_title.call(this, doctype, name));
};

learn_versions();
