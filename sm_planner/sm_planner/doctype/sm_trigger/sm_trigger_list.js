frappe.listview_settings["SM Trigger"] = {
  add_fields: ["status", "deferred_until"],
  hide_name_column: true,

  get_indicator({ status, deferred_until }) {
    const late = status === "Deferred" && deferred_until && deferred_until < frappe.datetime.get_today();
    const colors = { Open: "orange", "Version Due": "red", Deferred: "gray", Done: "green" };
    return [late ? __("Deferred, day passed") : __(status), late ? "red" : colors[status], `status,=,${status}`];
  },
};
