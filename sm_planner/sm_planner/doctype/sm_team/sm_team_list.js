frappe.listview_settings["SM Team"] = {
  add_fields: ["kind"],
  hide_name_column: true,

  get_indicator({ kind }) {
    const colors = { Internal: "blue", External: "gray" };
    return kind && [__(kind), colors[kind], `kind,=,${kind}`];
  },
};
