frappe.listview_settings["SM Feedback"] = {
  hide_name_column: true,
};
