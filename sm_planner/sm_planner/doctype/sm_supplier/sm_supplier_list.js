frappe.listview_settings["SM Supplier"] = {
  add_fields: ["status", "exit_date"],
  hide_name_column: true,

  get_indicator({ status }) {
    const colors = { Keep: "green", "On-board": "blue", Drop: "orange" };
    return status && [__(status), colors[status], `status,=,${status}`];
  },

  formatters: {
    exit_date(value) {
      const past = value < frappe.datetime.get_today();
      return sm_planner.lists.day(value, past && __("{0}, past"), "text-danger");
    },
  },
};
