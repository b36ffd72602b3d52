// Texts of the model are texts and not HTML: grids, lists and reports of the Desk show what is stored as it is, and
// Frappe cleans it only on its way in. What came past Frappe, by SQL or another app, is shown here and does not run.
(() => {
  const { formatters } = frappe.form;
  const is_ours = (df) => Boolean(df?.parent) && frappe.get_meta(df.parent)?.module === "SM Planner";

  // Some of the Desk's own callers have escaped a text already: twice would show.
  const plain = (text) => frappe.utils.escape_html(frappe.utils.unescape_html(text));

  for (const name of ["Data", "SmallText", "Text", "LongText", "Select", "Autocomplete"]) {
    const format = formatters[name] || formatters.Data;
    formatters[name] = function (value, df, ...others) {
      const shown = typeof value === "string" && is_ours(df) ? plain(value) : value;
      return format.call(this, shown, df, ...others);
    };
  }

  // Of what a link leads to, the Desk shows the title: in pills, fields, lists and grids, some of them as HTML and some as
  // text. A sign that begins no tag is the same in both.
  const without_tags = (text) => (typeof text === "string" ? text.replace(/<(?=[a-z!/?])/gi, "‹") : text);
  // The Desk need not know the DocType that a link leads to; then its name tells.
  const is_linked = (doctype) => {
    const meta = frappe.get_meta(doctype);
    return meta ? meta.module === "SM Planner" : String(doctype).startsWith("SM ");
  };

  const get_link_title = frappe.utils.get_link_title;
  frappe.utils.get_link_title = function (doctype, name) {
    const title = get_link_title.call(this, doctype, name);
    return is_linked(doctype) ? without_tags(title) : title;
  };

  const format_link = formatters.Link;
  formatters.Link = function (value, df, ...others) {
    return format_link.call(this, is_ours(df) ? without_tags(value) : value, df, ...others);
  };
})();
