frappe.listview_settings["SM Role"] = {
  add_fields: ["kind"],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  get_indicator({ kind }) {
    const colors = { Governance: "purple", Business: "blue", Process: "cyan", Service: "green", Partner: "orange" };
    return kind && [__(kind), colors[kind] || "gray", `kind,=,${kind}`];
  },
};
