frappe.listview_settings["SM Briefing Confirmation"] = {
  hide_name_column: true,
};
