// Tables of letters as spreadsheets put them on the clipboard: lines of cells with tabs between.
import { from_text } from "../typing/clipboard.js";

/** Lines of texts as a table; what would end a cell becomes a space. */
export const as_table = (lines) =>
  lines.map((line) => line.map((text) => String(text).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");

/**
 * The letters of a table: {rows} of letters, or {wrong} with the row and column, from 1, and the text that is no letter. A letter
 * in brackets is one that was taken over, so nothing of its own. spellings: how it is written, in capitals without spaces → letter.
 */
export function read_table(text, spellings) {
  const rows = [];
  for (const [row, line] of from_text(text.replace(/\r?\n$/, "")).entries()) {
    const letters = [];
    for (const [column, cell] of line.entries()) {
      const written = cell.replace(/\s+/g, "").toUpperCase();
      const letter = /^\(.*\)$/.test(written) ? "" : spellings[written];
      if (letter === undefined) return { wrong: { row: row + 1, column: column + 1, text: cell } };
      letters.push(letter);
    }
    rows.push(letters);
  }
  return { rows };
}
