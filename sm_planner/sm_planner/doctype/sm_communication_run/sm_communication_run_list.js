frappe.listview_settings["SM Communication Run"] = {
  hide_name_column: true,
};
