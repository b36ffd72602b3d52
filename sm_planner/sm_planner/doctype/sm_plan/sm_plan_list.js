frappe.listview_settings["SM Plan"] = {
  add_fields: ["state"],
  hide_name_column: true,

  primary_action: () => sm_planner.start_plan(),

  onload(listview) {
    // The Desk calls this each time that rows were chosen or let go.
    listview.set_primary_action = () =>
      listview.can_create
        ? listview.page.set_primary_action(__("Start a Plan"), () => sm_planner.start_plan(), "add")
        : listview.page.clear_primary_action();
    listview.set_primary_action();
    sm_planner.lists.offer_fits(listview);
    if (frappe.model.can_create("SM Plan")) {
      listview.page.add_inner_button(__("Import Plan File"), () => sm_planner.lists.import_plan_file());
    }
    if (frappe.user.has_role("System Manager")) {
      listview.page.add_menu_item(__("Load or Remove the Example"), () => frappe.set_route("Form", "SM Settings"));
    }
  },
};
