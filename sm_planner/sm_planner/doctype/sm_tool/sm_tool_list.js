frappe.listview_settings["SM Tool"] = {
  hide_name_column: true,
};
