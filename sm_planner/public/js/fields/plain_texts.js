// Texts of the model are texts and not HTML: grids, lists and reports of the Desk show what is stored as it is, and
// Frappe cleans it only on its way in. What came past Frappe, by SQL or another app, is shown here and does not run.
import { html } from "../shared/html.js";

const { formatters } = frappe.form;
const is_ours = (df) => Boolean(df?.parent) && frappe.get_meta(df.parent)?.module === "SM Planner";

// Some of the Desk's own callers have escaped a text already: twice would show.
const plain = (text) => String(html`${frappe.utils.unescape_html(text)}`);

for (const name of ["Data", "SmallText", "Text", "LongText", "Select", "Autocomplete"]) {
  const format = formatters[name] || formatters.Data;
  formatters[name] = function (value, df, ...others) {
    const shown = typeof value === "string" && is_ours(df) ? plain(value) : value;
    return format.call(this, shown, df, ...others);
  };
}

const format_link = formatters.Link;
formatters.Link = function (value, df, ...others) {
  return format_link.call(this, is_ours(df) ? sm_planner.without_tags(value) : value, df, ...others);
};
