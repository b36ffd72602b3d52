frappe.listview_settings["SM Progress Report"] = {
  hide_name_column: true,
};
