frappe.listview_settings["SM Skill"] = {
  hide_name_column: true,
};
