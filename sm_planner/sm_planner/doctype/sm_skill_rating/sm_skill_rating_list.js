frappe.listview_settings["SM Skill Rating"] = {
  hide_name_column: true,
};
