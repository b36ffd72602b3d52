// Numbers of the model in the Desk: all their decimal places and no others, empty for none. What somebody types and
// what is no number goes to the server as it is typed, which says what to write instead.
import { html } from "../shared/html.js";

// The fields are those that the model declares, which the server names, and what a report adds up of them.
const owns = (df) => {
  const fields = df && frappe.boot.sm_planner_numbers?.[df.parent];
  return Boolean(fields && [...fields, "_aggregate_column"].includes(df.fieldname));
};

const of_desk = () => {
  const { decimal_str, group_sep } = get_number_format_info(get_number_format());
  return { decimal: decimal_str || (group_sep === "." ? "," : "."), group: group_sep };
};

// The server says how the reader writes numbers: as the site, and in German with a comma where nobody chose that.
const signs = () => frappe.boot.sm_planner_signs || of_desk();

/** A number that the Desk has written, in a cell of ours, as the reader writes it. */
export const as_reader_writes = (text) => {
  const { decimal, group } = of_desk();
  const own = signs();
  if (own.decimal === decimal) return text;
  return text.replace(/[.,](?=\d)/g, (sign) => (sign === decimal ? own.decimal : sign === group ? own.group : sign));
};

// 1.234,5 where people write that; a point or a comma that cannot stand between thousands is the decimal sign.
const read_number = (text) => {
  if (typeof text === "number" || is_null(text)) return is_null(text) ? null : text;
  const bare = text.trim().replace(/\s/g, " ");
  const { decimal, group } = signs();
  const literal = (sign) => sign.replace(/[.']/g, "\\$&");
  const grouped = new RegExp(
    `^[+-]?[1-9]\\d{0,2}(${literal(group)}\\d{2,3})*${literal(group)}\\d{3}(${literal(decimal)}\\d*)?$`
  );
  if (group && grouped.test(bare)) return Number(bare.replaceAll(group, "").replace(decimal, "."));
  if (/^[+-]?(\d+[.,]?\d*|[.,]\d+)$/.test(bare)) return Number(bare.replace(",", "."));
  return text;
};

const shown = (value) => {
  if (typeof value !== "number") return is_null(value) ? "" : String(value);
  const { decimal, group } = signs();
  const [whole, places] = Math.abs(value).toFixed(9).replace(/\.?0+$/, "").split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return (value < 0 ? "-" : "") + thousands + (places ? decimal + places : "");
};

// What the charts of our reports say their numbers are: Frappe asks for its formatter when it writes a tooltip.
frappe.form.formatters.SMNumber = shown;

for (const fieldtype of ["Float", "Int"]) {
  const format = frappe.form.formatters[fieldtype];
  frappe.form.formatters[fieldtype] = (value, df, options, doc) =>
    owns(df)
      ? frappe.form.formatters._right(String(html`${shown(value)}`), options)
      : format(value, df, options, doc);

  const Control = frappe.ui.form[`Control${fieldtype}`];
  frappe.ui.form[`Control${fieldtype}`] = class extends Control {
    parse(value) {
      if (!owns(this.df)) return super.parse(value);
      const read = read_number(value);
      return this.df.is_filter && typeof read === "string" ? null : read; // nobody looks for what is no number
    }

    format_for_input(value) {
      return owns(this.df) ? shown(value) : super.format_for_input(value);
    }
  };
}
