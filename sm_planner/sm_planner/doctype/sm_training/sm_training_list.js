frappe.listview_settings["SM Training"] = {
  hide_name_column: true,
};
