frappe.listview_settings["SM Report Issue"] = {
  hide_name_column: true,
};
