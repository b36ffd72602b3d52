frappe.listview_settings["SM Roster"] = {
  hide_name_column: true,
};
