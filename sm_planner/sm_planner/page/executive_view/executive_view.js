frappe.pages["executive-view"].on_page_show = (wrapper) =>
  sm_planner.load().then(() => sm_planner.pages.show_executive_view(wrapper));
