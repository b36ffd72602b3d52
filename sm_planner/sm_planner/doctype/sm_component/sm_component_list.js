frappe.listview_settings["SM Component"] = {
  add_fields: ["is_critical", "team", "supplier"],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  get_indicator({ is_critical, team, supplier }) {
    if (!team && !supplier) return [__("Nobody Runs It"), "orange", "team,is,not set|supplier,is,not set"];
    return is_critical ? [__("Critical"), "blue", "is_critical,=,1"] : [__("Run"), "gray", "is_critical,=,0"];
  },
};
