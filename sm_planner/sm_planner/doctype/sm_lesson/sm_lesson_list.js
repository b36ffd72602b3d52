frappe.listview_settings["SM Lesson"] = {
  hide_name_column: true,
};
