frappe.listview_settings["SM Objective"] = {
  add_fields: ["due"],
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  get_indicator({ due }) {
    const today = frappe.datetime.get_today();
    if (!due) return [__("No Due Date"), "gray", "due,is,not set"];
    return due < today
      ? [__("Past Its Due Date"), "orange", `due,is,set|due,<,${today}`]
      : [__("Not Due Yet"), "blue", `due,>=,${today}`];
  },
};
