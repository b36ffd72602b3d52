frappe.listview_settings["SM Evidence"] = {
  hide_name_column: true,
};
