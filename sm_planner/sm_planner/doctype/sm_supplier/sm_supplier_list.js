frappe.listview_settings["SM Supplier"] = {
  add_fields: ["status", "exit_date"],
  hide_name_column: true,

  get_indicator({ status }) {
    const colors = { Keep: "green", "On-board": "blue", Drop: "orange" };
    return status && [__(status), colors[status], `status,=,${status}`];
  },

  formatters: {
    exit_date(value) {
      if (!value) return "";
      const day = frappe.utils.escape_html(frappe.datetime.str_to_user(value));
      return value < frappe.datetime.get_today() ? `<span class="text-danger">${__("{0}, past", [day])}</span>` : day;
    },
  },
};
