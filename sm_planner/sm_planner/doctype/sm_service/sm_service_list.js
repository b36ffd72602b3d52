frappe.listview_settings["SM Service"] = {
  add_fields: ["status"],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  get_indicator(doc) {
    const colors = { Pipeline: "gray", Design: "blue", Live: "green", Retiring: "orange", Retired: "darkgrey" };
    return [__(doc.status), colors[doc.status], `status,=,${doc.status}`];
  },
};
