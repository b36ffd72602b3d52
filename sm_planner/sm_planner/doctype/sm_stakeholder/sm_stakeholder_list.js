frappe.listview_settings["SM Stakeholder"] = {
  hide_name_column: true,
};
