frappe.listview_settings["SM Improvement"] = {
  add_fields: ["status", "due"],
  hide_name_column: true,

  formatters: {
    due(value, df, { status }) {
      if (!value) return "";
      const day = frappe.utils.escape_html(frappe.datetime.str_to_user(value));
      const late = value < frappe.datetime.get_today() && status !== "Closed";
      return late ? `<span class="indicator-pill red no-indicator-dot">${__("{0}, late", [day])}</span>` : day;
    },
  },
};
