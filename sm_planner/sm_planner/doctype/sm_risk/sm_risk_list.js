frappe.listview_settings["SM Risk"] = {
  add_fields: ["status", "next_look", "likelihood", "impact"],
  hide_name_column: true,

  before_render() {
    sm_planner.lists.prepare_gantt(({ status }) => status.toLowerCase());
  },

  get_indicator({ status }) {
    const colors = { Open: "orange", Answered: "blue", Occurred: "red", Closed: "green" };
    return [__(status), colors[status] || "gray", `status,=,${status}`];
  },

  formatters: {
    next_look(value, df, { status }) {
      const late = value < frappe.datetime.get_today() && status !== "Closed";
      return sm_planner.lists.day(value, late && __("{0}, late"));
    },
  },
};
