frappe.pages["my-part"].on_page_load = (wrapper) =>
  sm_planner.load().then(() => sm_planner.pages.show_part(wrapper));
