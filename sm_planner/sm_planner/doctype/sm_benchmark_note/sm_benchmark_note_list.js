frappe.listview_settings["SM Benchmark Note"] = {
  hide_name_column: true,
};
