frappe.listview_settings["SM Process"] = {
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),
};
