frappe.listview_settings["SM Budget Line"] = {
  hide_name_column: true,
};
