frappe.listview_settings["SM Plan"] = {
  add_fields: ["state"],
  hide_name_column: true,

  onload(listview) {
    if (frappe.model.can_create("SM Plan")) {
      listview.page.add_inner_button(__("Import Plan File"), () => sm_planner.lists.import_plan_file());
    }
    if (frappe.user.has_role("System Manager")) {
      listview.page.add_menu_item(__("Load or Remove the Example"), () => frappe.set_route("Form", "SM Settings"));
    }
  },
};
