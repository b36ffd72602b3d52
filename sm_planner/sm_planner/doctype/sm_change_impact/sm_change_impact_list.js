frappe.listview_settings["SM Change Impact"] = {
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },
};
