// The board shows owners by name: it reads only what is known of a field when it begins, and formats ids.
frappe.model.with_doctype("SM Person");
frappe.meta.get_docfield("SM Improvement", "improvement_owner").formatter = (value, df, options, doc) => {
  if (!value || cur_list?.view_name !== "Kanban") return frappe.form.formatters.Link(value, df, options, doc);
  const known = frappe.utils.get_link_title("SM Person", value);
  const $name = $("<span>").attr("data-smp-owner", value).text(known || value);
  if (!known) {
    frappe.utils.fetch_link_title("SM Person", value).then((title) => {
      $("[data-smp-owner]")
        .filter((_, span) => span.dataset.smpOwner === value)
        .text(title);
    });
  }
  return $name.prop("outerHTML");
};

frappe.listview_settings["SM Improvement"] = {
  add_fields: ["status", "due", "kind"],
  hide_name_column: true,

  before_render() {
    sm_planner.prepare_gantt(({ status }) => status.toLowerCase().replace(" ", "-"));
  },

  formatters: {
    due(value, df, { status }) {
      if (!value) return "";
      const day = frappe.utils.escape_html(frappe.datetime.str_to_user(value));
      const late = value < frappe.datetime.get_today() && status !== "Closed";
      return late ? `<span class="indicator-pill red no-indicator-dot">${__("{0}, late", [day])}</span>` : day;
    },
  },
};
