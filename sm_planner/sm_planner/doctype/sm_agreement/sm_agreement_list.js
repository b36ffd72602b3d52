frappe.listview_settings["SM Agreement"] = {
  add_fields: ["start_date", "end_date"],

  get_indicator({ start_date, end_date }) {
    const today = frappe.datetime.get_today();
    const soon = frappe.datetime.add_days(today, 90);
    if (start_date > today) return [__("Not Started"), "gray", `start_date,>,${today}`];
    if (end_date && end_date < today) return [__("Ended"), "red", `end_date,<,${today}`];
    if (end_date && end_date <= soon) return [__("Ends Soon"), "orange", `end_date,<=,${soon}`];
    return [__("In Force"), "green", `end_date,>,${soon}`];
  },
};
