frappe.listview_settings["SM Acknowledgement"] = {
  hide_name_column: true,
};
