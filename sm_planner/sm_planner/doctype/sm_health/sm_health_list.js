frappe.listview_settings["SM Health"] = {
  add_fields: ["lineage", "day"],
  hide_name_column: true,

  onload(listview) {
    sm_planner.lists.call_column(listview, "name", __("Day"));
  },

  formatters: {
    name: (value, df, doc) => sm_planner.lists.title_of("SM Health", doc) || value,
  },
};
