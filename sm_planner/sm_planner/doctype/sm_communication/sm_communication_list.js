frappe.listview_settings["SM Communication"] = {
  hide_name_column: true,
};
