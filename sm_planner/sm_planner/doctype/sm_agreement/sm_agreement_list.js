frappe.listview_settings["SM Agreement"] = {
  add_fields: ["status", "start_date", "end_date", "kind"],
  hide_name_column: true,

  before_render() {
    sm_planner.lists.prepare_gantt(({ kind }) => kind.toLowerCase());
  },

  // As the checks see it: what is a draft or was ended holds on no day, whatever its dates say.
  get_indicator({ status, start_date, end_date }) {
    if (status === "Draft" || status === "Ended") {
      return [__(status), { Draft: "gray", Ended: "red" }[status], `status,=,${status}`];
    }
    const today = frappe.datetime.get_today();
    const standing = "status,!=,Draft|status,!=,Ended";
    if (start_date > today) return [__("Not Started"), "blue", `${standing}|start_date,>,${today}`];
    const begun = `${standing}|start_date,<=,${today}`;
    if (!end_date) return [__("In Force"), "green", `${begun}|end_date,is,not set`];
    const soon = frappe.datetime.add_days(today, 90);
    if (end_date < today) return [__("Ended"), "red", `${begun}|end_date,is,set|end_date,<,${today}`];
    return end_date <= soon
      ? [__("Ends Soon"), "orange", `${begun}|end_date,>=,${today}|end_date,<=,${soon}`]
      : [__("In Force"), "green", `${begun}|end_date,>,${soon}`];
  },
};
