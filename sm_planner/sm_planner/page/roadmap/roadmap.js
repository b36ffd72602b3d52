frappe.pages.roadmap.on_page_show = (wrapper) =>
  sm_planner.load().then(() => sm_planner.pages.show_roadmap(wrapper));
