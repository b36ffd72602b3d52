frappe.listview_settings["SM Change Impact"] = {
  hide_name_column: true,
};
