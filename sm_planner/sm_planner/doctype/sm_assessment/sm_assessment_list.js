frappe.listview_settings["SM Assessment"] = {
  hide_name_column: true,
};
