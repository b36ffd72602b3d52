frappe.pages["service-map"].on_page_show = (wrapper) =>
  sm_planner.load().then(() => sm_planner.pages.show_service_map(wrapper));
