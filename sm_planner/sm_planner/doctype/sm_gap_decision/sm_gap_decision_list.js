frappe.listview_settings["SM Gap Decision"] = {
  hide_name_column: true,
};
