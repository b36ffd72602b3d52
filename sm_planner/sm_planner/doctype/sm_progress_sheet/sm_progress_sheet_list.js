frappe.listview_settings["SM Progress Sheet"] = {
  hide_name_column: true,
};
