frappe.listview_settings["SM Engagement"] = {
  hide_name_column: true,
};
