// The plan that a report is about.

/** Give links that the address names their values, which they have with their titles: the Desk does not wait for these. */
const finish_links = (filters) =>
  Promise.all(filters.map((filter) => filter.df.fieldtype === "Link" && filter.value && filter.set_link_title(filter.value)));

/** Begin with the plan that the site proposes. The Desk waits for it before it runs the report for the first time. */
export async function choose_plan(report) {
  await finish_links(report.filters);
  const all = report.filters.find((filter) => filter.df.fieldname === "all_in_force");
  if (report.get_filter_value("plan") || all?.get_value()) return;
  const plan = await frappe.xcall("sm_planner.api.default_plan", {}, "GET");
  if (!plan) return;
  // With its title known, the filter has the plan at once and not only after asking for the title.
  frappe.utils.add_link_title("SM Plan", plan.name, plan.title || plan.name);
  report.get_filter("plan").set_input(plan.name);
}
