frappe.listview_settings["SM Business Calendar Entry"] = {
  add_fields: ["kind", "unit", "team", "service", "component"],
  hide_name_column: true,

  get_indicator({ kind }) {
    const colors = { Peak: "red", Lull: "green", Blackout: "orange", Maintenance: "blue", "Go-live": "purple" };
    return kind && [__(kind), colors[kind] || "gray", `kind,=,${kind}`];
  },

  onload(listview) {
    sm_planner.lists.call_column(listview, "unit", __("About"));
  },

  formatters: {
    unit: (value, df, entry) => sm_planner.lists.about(entry, ["unit", "team", "service", "component"]),
    repeats: (value) => __(value || ""), // no empty pill where it is once
  },
};
