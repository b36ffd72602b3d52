frappe.listview_settings["SM Team"] = {
  add_fields: ["kind"],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  get_indicator({ kind }) {
    const colors = { Internal: "blue", External: "gray" };
    return kind && [__(kind), colors[kind], `kind,=,${kind}`];
  },
};
