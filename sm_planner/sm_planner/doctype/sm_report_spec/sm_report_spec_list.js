frappe.listview_settings["SM Report Spec"] = {
  hide_name_column: true,
};
