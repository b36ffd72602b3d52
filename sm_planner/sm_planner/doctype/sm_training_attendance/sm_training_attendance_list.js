frappe.listview_settings["SM Training Attendance"] = {
  hide_name_column: true,
};
