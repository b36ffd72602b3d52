frappe.listview_settings["SM Report Spec"] = {
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },
};
