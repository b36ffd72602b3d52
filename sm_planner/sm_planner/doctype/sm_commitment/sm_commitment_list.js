frappe.listview_settings["SM Commitment"] = {
  add_fields: ["covers_establish", "covers_operate"],
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },

  get_indicator({ covers_establish, covers_operate }) {
    if (covers_operate) return [__("To the End"), "green", "covers_operate,=,1"];
    return covers_establish
      ? [__("Until It Starts"), "orange", "covers_establish,=,1|covers_operate,=,0"]
      : [__("Not Said"), "gray", "covers_establish,=,0|covers_operate,=,0"];
  },
};
