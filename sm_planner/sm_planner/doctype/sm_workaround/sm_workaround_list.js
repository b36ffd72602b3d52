frappe.listview_settings["SM Workaround"] = {
  hide_name_column: true,
};
