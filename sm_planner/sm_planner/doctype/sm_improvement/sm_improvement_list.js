// The board reads only what is known of a field when it begins.
frappe.model.with_doctype("SM Person");
frappe.meta.get_docfield("SM Improvement", "improvement_owner").formatter = (...cell) =>
  sm_planner.lists.show_owner(...cell);

frappe.listview_settings["SM Improvement"] = {
  add_fields: ["status", "due", "kind"],
  hide_name_column: true,

  onload: (listview) => sm_planner.lists.offer_fits(listview),

  before_render() {
    sm_planner.lists.prepare_gantt(({ status }) => status.toLowerCase().replace(" ", "-"));
  },

  formatters: {
    due(value, df, { status }) {
      const late = value < frappe.datetime.get_today() && !["Closed", "Rejected"].includes(status);
      return sm_planner.lists.day(value, late && __("{0}, late"));
    },
  },
};
