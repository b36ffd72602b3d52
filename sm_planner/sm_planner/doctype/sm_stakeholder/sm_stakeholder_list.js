frappe.listview_settings["SM Stakeholder"] = {
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),
};
