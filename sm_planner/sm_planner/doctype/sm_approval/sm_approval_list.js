frappe.listview_settings["SM Approval"] = {
  hide_name_column: true,
};
