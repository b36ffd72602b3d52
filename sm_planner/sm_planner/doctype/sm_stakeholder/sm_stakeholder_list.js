frappe.listview_settings["SM Stakeholder"] = {
  add_fields: ["influence"],
  hide_name_column: true,

  get_indicator({ influence }) {
    const colors = { High: "orange", Medium: "blue", Low: "gray" };
    const labels = { High: __("High Influence"), Medium: __("Medium Influence"), Low: __("Low Influence") };
    return influence && [labels[influence], colors[influence], `influence,=,${influence}`];
  },
};
