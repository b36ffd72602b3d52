frappe.listview_settings["SM Measurement"] = {
  add_fields: ["objective", "agreement", "metric", "own_metric", "priority"],
  hide_name_column: true,

  onload(listview) {
    sm_planner.lists.call_column(listview, "name", __("About"));
  },

  formatters: {
    name: (value, df, doc) => sm_planner.lists.title_of("SM Measurement", doc) || value,
  },
};
