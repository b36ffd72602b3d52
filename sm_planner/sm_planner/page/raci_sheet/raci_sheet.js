frappe.pages["raci-sheet"].on_page_show = (wrapper) =>
  sm_planner.load().then(() => sm_planner.pages.show_raci_sheet(wrapper));
