frappe.listview_settings["SM Service Calendar"] = {
  add_fields: ["valid_from", "valid_until", "countable"],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  get_indicator({ valid_from, valid_until, countable }) {
    const today = frappe.datetime.get_today();
    const counted = "countable,=,1";
    if (!countable) return [__("Cannot Be Counted"), "orange", "countable,=,0"];
    if (valid_until && valid_until < today) {
      return [__("Past"), "red", `${counted}|valid_until,is,set|valid_until,<,${today}`];
    }
    if (valid_from && valid_from > today) return [__("Not Yet Valid"), "blue", `${counted}|valid_from,>,${today}`];
    const begun = `${counted}|valid_from,<=,${today}`;
    if (!valid_until) return [__("Valid"), "green", `${begun}|valid_until,is,not set`];
    const soon = frappe.datetime.add_days(today, 90);
    return valid_until <= soon
      ? [__("Ends Soon"), "orange", `${begun}|valid_until,>=,${today}|valid_until,<=,${soon}`]
      : [__("Valid"), "green", `${begun}|valid_until,>,${soon}`];
  },
};
