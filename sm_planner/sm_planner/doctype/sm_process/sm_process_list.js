frappe.listview_settings["SM Process"] = {
  hide_name_column: true,
};
