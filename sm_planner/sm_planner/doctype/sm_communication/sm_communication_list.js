frappe.listview_settings["SM Communication"] = {
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },

  onload: (listview) => sm_planner.lists.offer_fits(listview),
};
