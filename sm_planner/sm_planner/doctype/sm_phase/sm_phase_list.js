frappe.listview_settings["SM Phase"] = {
  hide_name_column: true,
};
