// Rows from a spreadsheet pasted into the tables of our forms: read by the server as people write them, all of them or none.
// Frappe reads them too, but makes 0 of what is no number, takes titles for names, and leaves half of it where something is wrong.
import { html } from "../shared/html.js";
import { doctypes } from "../records/choices.js";
import { headings, pasted_table } from "./clipboard.js";

const NO_VALUE = ["Section Break", "Column Break", "Tab Break", "HTML", "Button", "Table", "Table MultiSelect"];

/** What is pasted where: the fields of a row by column, and the rows beneath the headings, if there are some. */
function placed(grid, input, table) {
  const fields = grid.meta.fields.filter(({ fieldtype, hidden }) => !hidden && !NO_VALUE.includes(fieldtype));
  const known = fields.map((df) => ({ df, names: [df.fieldname, df.label, __(df.label, null, df.parent)] }));
  const named = headings(table[0], known);
  if (named) {
    const lost = table[0].filter((cell, at) => cell && named[at] < 0);
    return { fields: named.map((at) => known[at]?.df), rows: table.slice(1), lost, known };
  }
  const visible = grid.grid_rows[0].get_visible_columns().map(({ fieldname }) => fieldname);
  const first = visible.indexOf(input.dataset.fieldname);
  const after = visible.slice(Math.max(first, 0)).map((name) => fields.find(({ fieldname }) => fieldname === name));
  const lost = table.flatMap((row) => row.slice(after.length).filter(Boolean)).slice(0, 3);
  return { fields: after, rows: table, lost, known: null };
}

async function paste(frm, grid, input, table) {
  const { fields, rows, lost, known } = placed(grid, input, table);
  if (lost.length) return refuse([lost_text(lost, known)]);
  const cells = rows.map((row) => Object.fromEntries(row.flatMap((cell, at) => (fields[at] ? [[fields[at].fieldname, cell]] : []))));
  const { doctype } = grid;
  const { plan, lineage } = frm.doc;
  const args = {
    rows_of: doctype,
    rows: JSON.stringify(cells),
    plan: (frm.doctype === "SM Plan" && !frm.is_new() ? frm.doc.name : plan) || "",
    lineage: lineage || "",
  };
  const { message } = await frappe.call({ method: "sm_planner.api.read_cells", type: "POST", args, freeze: true });
  if (message.problems.length) return refuse(message.problems.map((one) => problem_text(one, fields)));
  await fill(frm, grid, input, message);
}

async function fill(frm, grid, input, { rows, titles }) {
  for (const [doctype, name, title] of titles) frappe.utils.add_link_title(doctype, name, title);
  const target = $(input).closest(".grid-row").data("name");
  let at = grid.get_data().findIndex(({ name }) => name === target);
  for (const values of rows.filter((row) => Object.keys(row).length)) {
    const row = frm.doc[grid.df.fieldname][at] || frm.add_child(grid.df.fieldname);
    await frappe.model.set_value(row.doctype, row.name, values);
    at += 1;
  }
  frm.refresh_field(grid.df.fieldname);
  frm.dirty();
  frappe.show_alert({ message: __("Rows pasted: {0}.", [rows.length]), indicator: "green" });
}

function lost_text(lost, known) {
  const what = lost.map((one) => `“${one}”`).join(", ");
  if (!known) return __("There are more columns than here, such as {0}. Begin further left.", [what]);
  return __("There is no column {0} here. The columns are {1}.", [what, known.map(({ df }) => __(df.label, null, df.parent)).join(", ")]);
}

function problem_text({ row, column, message }, fields) {
  const df = fields.find((field) => field?.fieldname === column);
  return `${__("Row {0}, {1}", [row, df ? __(df.label, null, df.parent) : column])}: ${message}`;
}

function refuse(lines) {
  const message = lines.slice(0, 20).map((line) => String(html`${line}`));
  frappe.msgprint({ title: __("Nothing was pasted"), message, as_list: true, indicator: "red" });
}

/** Take what is pasted into a table of a form, before Frappe does. */
function take_pastes(frm) {
  for (const { fieldname, fieldtype } of frm.meta.fields) {
    if (fieldtype !== "Table") continue;
    const { grid, $wrapper } = frm.get_field(fieldname);
    $wrapper.get(0).addEventListener(
      "paste",
      (event) => {
        const input = event.target.closest(".grid-row :is(input, textarea)");
        if (!input || input.closest(".form-in-grid")) return; // one row is open as a form
        const table = pasted_table(event);
        if (!table) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        paste(frm, grid, input, table);
      },
      true,
    );
  }
}

for (const doctype of doctypes()) frappe.ui.form.on(doctype, { setup: take_pastes });
