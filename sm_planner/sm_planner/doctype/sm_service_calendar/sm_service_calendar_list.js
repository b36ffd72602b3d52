frappe.listview_settings["SM Service Calendar"] = {
  add_fields: ["valid_from", "valid_until"],

  get_indicator({ valid_from, valid_until }) {
    const today = frappe.datetime.get_today();
    if (valid_until && valid_until < today) return [__("Past"), "red", `valid_until,<,${today}`];
    if (valid_from && valid_from > today) return [__("Ahead"), "blue", `valid_from,>,${today}`];
    const soon = frappe.datetime.add_days(today, 90);
    if (valid_until && valid_until <= soon) {
      return [__("Ends Soon"), "orange", `valid_until,>=,${today}|valid_until,<=,${soon}`];
    }
    return [__("Valid"), "green", `valid_from,<=,${today}`];
  },
};
