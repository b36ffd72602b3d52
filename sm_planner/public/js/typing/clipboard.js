// Tables on the clipboard: rows of cells, from a spreadsheet, a web page or a text; and what their headings mean.

/** The rows of cells that a paste brings; nothing where it brings one cell, which the browser puts in as usual. */
export function pasted_table(event) {
  const data = (event.originalEvent || event).clipboardData;
  const text = data.getData("text/plain");
  const rows = text.includes("\t") ? from_text(text) : from_html(data.getData("text/html")) || from_text(text);
  while (rows.length && rows.at(-1).every((cell) => !cell)) rows.pop();
  return rows.length > 1 || rows[0]?.length > 1 ? rows : null;
}

/** Cells with tabs between; quotation marks around what has tabs, lines or quotation marks in it. */
export function from_text(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') cell += source[(at += 1)];
      else quoted = false;
    } else if (sign === '"' && !cell) quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell.trim());
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1).push(cell.trim());
  return rows;
}

/** The first table of a page. Cells over several columns leave those after the first empty. */
function from_html(source) {
  if (!source) return null;
  const table = new DOMParser().parseFromString(source, "text/html").querySelector("table"); // runs nothing
  if (!table) return null;
  return [...table.rows].map((row) =>
    [...row.cells].flatMap((cell) => {
      for (const end of cell.querySelectorAll("br")) end.textContent = "\n";
      return [cell.textContent.trim(), ...Array(cell.colSpan - 1).fill("")];
    }),
  );
}

const folded = (text) => String(text ?? "").trim().replace(/\s+/g, " ").replace(/\s*\*$/, "").toLowerCase();

/** Which column each cell of a row of headings names: its index, or -1. Nothing where the row is none of headings.
 *  columns: each with `names`, by which people know it. */
export function headings(row, columns) {
  const found = row.map((cell) =>
    cell ? columns.findIndex(({ names }) => names.some((name) => folded(name) === folded(cell))) : -1,
  );
  const known = found.filter((at) => at >= 0).length;
  const written = row.filter(Boolean).length;
  return known && (known === written || known > 1) ? found : null;
}
