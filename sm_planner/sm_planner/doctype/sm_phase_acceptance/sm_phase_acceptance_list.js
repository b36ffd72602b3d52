frappe.listview_settings["SM Phase Acceptance"] = {
  hide_name_column: true,
};
