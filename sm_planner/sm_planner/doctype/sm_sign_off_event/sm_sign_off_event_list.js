frappe.listview_settings["SM Sign-off Event"] = {
  add_fields: ["act", "outcome"],
  hide_name_column: true,

  onload(listview) {
    sm_planner.lists.call_column(listview, "name", __("Act"));
  },

  formatters: {
    acted_at: (value) => sm_planner.lists.instant(value),
    plan: (...cell) => sm_planner.lists.plan_column(...cell),
    name: (value, df, doc) => sm_planner.lists.title_of("SM Sign-off Event", doc) || value,
  },

  get_indicator({ outcome }) {
    const colors = { Done: "green", Refused: "red", Noted: "gray" };
    return outcome && [__(outcome), colors[outcome], `outcome,=,${outcome}`];
  },
};
