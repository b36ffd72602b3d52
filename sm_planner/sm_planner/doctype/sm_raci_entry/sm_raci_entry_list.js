frappe.listview_settings["SM RACI Entry"] = {
  add_fields: ["letter"],
  hide_name_column: true,
  formatters: { plan: (...cell) => sm_planner.lists.plan_column(...cell) },

  get_indicator({ letter }) {
    const colors = { A: "purple", AR: "purple", R: "blue", C: "cyan", I: "gray", "N/A": "darkgrey" };
    const labels = {
      A: __("Accountable"),
      AR: __("Accountable and Responsible"),
      R: __("Responsible"),
      C: __("Consulted"),
      I: __("Informed"),
      "N/A": __("Not Applicable"),
    };
    return letter && [labels[letter], colors[letter], `letter,=,${letter}`];
  },

  onload(listview) {
    sm_planner.lists.offer_fits(listview);
    listview.page.add_inner_button(__("RACI Sheet"), () => {
      const filter = listview.get_filter_value("plan");
      frappe.set_route("raci-sheet", ...(typeof filter === "string" ? [filter] : []));
    });
    listview.page.add_inner_button(__("RACI Matrix"), () => frappe.set_route("query-report", "RACI Matrix"));
  },
};
