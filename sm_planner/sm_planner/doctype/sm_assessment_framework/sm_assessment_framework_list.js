frappe.listview_settings["SM Assessment Framework"] = {
  hide_name_column: true,

  onload(listview) {
    if (frappe.model.can_create("SM Assessment Framework")) {
      listview.page.add_inner_button(__("Import Framework"), () => sm_planner.lists.import_frameworks(listview));
    }
    listview.page.add_menu_item(__("Begin with One of Ours"), () => sm_planner.lists.download_framework());
  },
};
