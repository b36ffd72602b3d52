// The report RACI Matrix leads to the sheet in which its letters are written.
import { choose_plan } from "./plan_choice.js";

/** Add the way to the sheet of the plan that a report is about, and let a plan be chosen. */
export function begin_with_sheet(report) {
  report.page.add_inner_button(__("RACI Sheet"), () => frappe.set_route("raci-sheet", report.get_filter_value("plan")));
  return choose_plan(report);
}
