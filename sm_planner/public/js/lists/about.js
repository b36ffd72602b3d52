// A column of a list that tells what its rows are about, where one of several fields says so.
import { html } from "../shared/html.js";

/** What the fields of a row name, by their titles: nothing where all are empty. */
export const about = (row, fields) =>
  String(html`${fields.map((field) => row[`${field}_title`] || row[field]).filter(Boolean).join(", ")}`);

/** Call the column of a field otherwise than the field. A narrow screen has no room for it. */
export function call_column(listview, fieldname, label) {
  const column = listview.columns.find(({ df }) => df?.fieldname === fieldname);
  if (!column) return;
  column.df = { ...column.df, label };
  listview.render_header(true); // it was drawn before
}
