frappe.listview_settings["SM Business Calendar Entry"] = {
  hide_name_column: true,
};
