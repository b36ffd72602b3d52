frappe.listview_settings["SM Communication"] = {
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },
};
