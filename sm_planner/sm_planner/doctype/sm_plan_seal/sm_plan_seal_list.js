frappe.listview_settings["SM Plan Seal"] = {
  add_fields: ["number"],
  hide_name_column: true,

  onload(listview) {
    sm_planner.lists.call_column(listview, "name", __("Seal"));
  },

  formatters: {
    signed_at: (value) => sm_planner.lists.instant(value),
    plan: (...cell) => sm_planner.lists.plan_column(...cell),
    name: (value, df, doc) => sm_planner.lists.title_of("SM Plan Seal", doc) || value,
  },
};
