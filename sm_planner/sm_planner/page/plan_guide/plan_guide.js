frappe.pages["plan-guide"].on_page_show = (wrapper) =>
  sm_planner.load().then(() => sm_planner.pages.show_plan_guide(wrapper));
