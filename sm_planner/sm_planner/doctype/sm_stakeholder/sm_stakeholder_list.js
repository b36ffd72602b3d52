frappe.listview_settings["SM Stakeholder"] = {
  add_fields: ["influence", "last_engagement"],

  get_indicator({ influence }) {
    const colors = { High: "orange", Medium: "blue", Low: "gray" };
    return influence && [__(influence), colors[influence], `influence,=,${influence}`];
  },

  formatters: {
    last_engagement(value) {
      return value ? frappe.utils.escape_html(frappe.datetime.str_to_user(value)) : __("Never");
    },
  },
};
