frappe.listview_settings["SM Report Confirmation"] = {
  hide_name_column: true,
};
