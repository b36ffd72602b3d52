frappe.listview_settings["SM Delegation"] = {
  add_fields: ["valid_from", "valid_to", "revoked"],
  hide_name_column: true,

  onload(listview) {
    sm_planner.lists.call_column(listview, "name", __("Delegation"));
  },

  formatters: {
    name: (value, df, doc) => sm_planner.lists.title_of("SM Delegation", doc) || value,
  },

  get_indicator({ valid_from, valid_to, revoked }) {
    const today = frappe.datetime.get_today();
    if (revoked) return [__("Revoked"), "red", "revoked,=,1"];
    if (valid_to < today) return [__("Past"), "gray", `revoked,=,0|valid_to,<,${today}`];
    return valid_from > today
      ? [__("Not Yet Valid"), "blue", `revoked,=,0|valid_from,>,${today}`]
      : [__("Valid"), "green", `revoked,=,0|valid_from,<=,${today}|valid_to,>=,${today}`];
  },
};
