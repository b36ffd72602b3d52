frappe.listview_settings["SM Lineage"] = {
  hide_name_column: true,

  before_render() {
    sm_planner.lists.prepare_gantt(() => "planned");
  },

  formatters: {
    next_review(value, df, doc) {
      const overdue = value < frappe.datetime.get_today() && doc.active;
      return sm_planner.lists.day(value, overdue && __("{0}, overdue"));
    },
  },
};
