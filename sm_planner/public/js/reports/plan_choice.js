// Reports about one plan.
import { format } from "./cells.js";

/** A report about one plan. It opens with the plan that the site proposes. */
export const about_plan = (filters, more = {}) => ({
  filters: [{ fieldname: "plan", label: __("Plan"), fieldtype: "Link", options: "SM Plan" }, ...filters],
  formatter: format,
  onload: choose_plan,
  ...more,
});

/** The Desk waits for it before it runs the report for the first time. */
export async function choose_plan(report) {
  if (report.get_filter_value("plan")) return;
  const plan = await frappe.xcall("sm_planner.api.default_plan", {}, "GET");
  if (!plan) return;
  // With its title known, the filter has the plan at once and not only after asking for the title.
  frappe.utils.add_link_title("SM Plan", plan.name, plan.title || plan.name);
  report.get_filter("plan").set_input(plan.name);
}
