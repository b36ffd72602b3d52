frappe.listview_settings["SM Budget Actual"] = {
  hide_name_column: true,
};
