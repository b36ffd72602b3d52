// A grid that draws only the rows that are seen: frozen heads, a cell that has the focus, a range, and the keys of a spreadsheet.

const ROW = 32; // pixels, as in raci_sheet.css
const BEYOND = 8; // rows that are drawn above and below what is seen

const between = (value, least, most) => Math.min(most, Math.max(least, value));
const element = (tag, role, name) => {
  const made = document.createElement(tag);
  made.setAttribute("role", role);
  made.className = name;
  return made;
};

export class Grid {
  /**
   * area: an element. label: what the grid is called. columns: each with title, about (what its head says on hover). cell: what
   * to show at (row, number of the column): {text, label, classes}. acts: key(event), moved(), pressed(cell, event) and
   * toggled(number of a row) are told what the user does; head(row, element of its note, its element) says more of a row.
   */
  constructor(area, { label, may_write, cell, acts }) {
    Object.assign(this, { area, cell, acts });
    this.rows = [];
    this.columns = [];
    this.drawn = new Map(); // number of a row → its element
    this.at = { row: 0, column: 2 }; // the first role
    this.from = this.at;
    this.scroller = document.createElement("div");
    this.scroller.className = "smp-raci-scroll";
    this.grid = element("div", "grid", "smp-raci-grid");
    this.grid.setAttribute("aria-label", label);
    this.grid.setAttribute("aria-multiselectable", "true");
    this.grid.setAttribute("aria-readonly", String(!may_write));
    this.heads = element("div", "rowgroup", "smp-raci-heads");
    this.body = element("div", "rowgroup", "smp-raci-body");
    this.grid.appendChild(this.heads);
    this.grid.appendChild(this.body);
    this.scroller.appendChild(this.grid);
    area.appendChild(this.scroller);
    this.listen();
  }

  listen() {
    let waits = false;
    this.scroller.addEventListener("scroll", () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        this.draw();
      });
    });
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("mousedown", (event) => this.press(event));
    this.body.addEventListener("mousemove", (event) => {
      if (event.buttons !== 1 || !this.pressing) return;
      const place = this.place_of(event.target);
      if (place && place.column > 0 && (place.row !== this.at.row || place.column !== this.at.column)) {
        this.dragged = true;
        this.go(place.row, place.column, { extend: true });
      }
    });
    this.body.addEventListener("click", (event) => {
      const place = this.place_of(event.target);
      if (!place) return;
      if (place.column === 0) this.acts.toggled(place.row);
      else if (!this.dragged) this.acts.pressed(place, event);
    });
  }

  press(event) {
    const place = this.place_of(event.target);
    this.dragged = false;
    this.pressing = Boolean(place && place.column > 0);
    if (!place) return;
    event.preventDefault(); // no text is marked
    this.go(place.row, place.column, { extend: event.shiftKey && place.column > 0 });
    if (event.shiftKey) this.dragged = true;
  }

  place_of(target) {
    const cell = target.closest?.("[role=gridcell], [role=rowheader]");
    const row = cell?.closest("[role=row]");
    return row && { row: Number(row.dataset.row), column: Number(cell.dataset.column) };
  }

  /** Show these rows and columns; the cell with the focus stays, as far as it is there. */
  set(rows, columns) {
    const is_other = columns !== this.columns;
    Object.assign(this, { rows, columns });
    if (is_other) {
      this.draw_heads();
      this.blank = this.blank_row();
    }
    this.grid.setAttribute("aria-rowcount", String(rows.length + 1));
    this.grid.setAttribute("aria-colcount", String(columns.length + 1));
    this.body.style.height = `${rows.length * ROW}px`;
    for (const row of this.drawn.values()) row.remove();
    this.drawn.clear();
    const had = this.has_focus;
    this.at = { row: between(this.at.row, 0, rows.length - 1), column: between(this.at.column, 0, columns.length) };
    this.from = this.at;
    this.draw();
    if (had) this.focus();
  }

  draw_heads() {
    this.heads.textContent = "";
    const row = element("div", "row", "smp-raci-row smp-raci-head-row");
    row.setAttribute("aria-rowindex", "1");
    const corner = element("div", "columnheader", "smp-raci-corner");
    corner.setAttribute("aria-colindex", "1");
    corner.textContent = __("Process");
    row.appendChild(corner);
    this.columns.forEach((column, number) => {
      const head = element("div", "columnheader", `smp-raci-head ${column.classes || ""}`);
      head.setAttribute("aria-colindex", String(number + 2));
      head.title = column.about;
      const text = document.createElement("span");
      text.textContent = column.title;
      head.appendChild(text);
      row.appendChild(head);
    });
    this.heads.appendChild(row);
    this.grid.style.setProperty("--smp-columns", String(this.columns.length));
  }

  /** Draw the rows that are seen, and forget the others but the one with the focus. */
  draw() {
    const head = this.heads.offsetHeight;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / ROW) - BEYOND);
    const last = Math.min(this.rows.length - 1, Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight - head) / ROW) + BEYOND);
    for (const [number, row] of this.drawn) {
      if ((number < first || number > last) && number !== this.at.row) {
        row.remove();
        this.drawn.delete(number);
      }
    }
    for (let number = first; number <= last; number++) this.draw_row(number);
    if (this.rows.length) this.draw_row(this.at.row);
  }

  draw_row(number) {
    if (this.drawn.has(number)) return;
    const { kind, depth, title, opens, is_open } = this.rows[number];
    const row = this.blank.cloneNode(true);
    row.className = `smp-raci-row smp-raci-${kind}`;
    row.setAttribute("aria-rowindex", String(number + 2));
    row.dataset.row = String(number);
    row.style.top = `${number * ROW}px`;
    const head = row.firstChild;
    head.style.paddingInlineStart = `${8 + depth * 18}px`;
    const name = document.createElement(opens ? "button" : "span");
    name.className = "smp-raci-name";
    name.textContent = title;
    name.title = title;
    name.tabIndex = -1;
    if (opens) {
      name.type = "button";
      name.setAttribute("aria-expanded", String(is_open));
    }
    head.insertBefore(name, head.firstChild);
    this.paint_row(number, row);
    const after = [...this.drawn.keys()].filter((other) => other > number);
    this.body.insertBefore(row, after.length ? this.drawn.get(Math.min(...after)) : null); // in the order that is read
    this.drawn.set(number, row);
  }

  /** A row of these columns that says nothing yet. */
  blank_row() {
    const row = element("div", "row", "");
    const head = element("div", "rowheader", "smp-raci-rowhead");
    head.setAttribute("aria-colindex", "1");
    head.dataset.column = "0";
    const note = document.createElement("span");
    note.className = "smp-raci-note";
    head.appendChild(note);
    row.appendChild(head);
    this.columns.forEach((_column, column) => {
      const cell = element("div", "gridcell", "smp-raci-cell");
      cell.setAttribute("aria-colindex", String(column + 2));
      cell.dataset.column = String(column + 1);
      row.appendChild(cell);
    });
    return row;
  }

  /** Show anew what the rows that are drawn say. */
  paint() {
    for (const [number, row] of this.drawn) this.paint_row(number, row);
  }

  paint_row(number, row) {
    const cells = row.children;
    this.acts.head(this.rows[number], cells[0].lastChild, row);
    cells[0].firstChild.tabIndex = number === this.at.row && this.at.column === 0 ? 0 : -1;
    for (let column = 1; column <= this.columns.length; column++) this.paint_cell(number, column, cells[column]);
  }

  /** What a cell says, whether it has the focus, and whether it is in the range; as far as that is new. */
  paint_cell(number, column, cell) {
    const { text, label, classes } = this.cell(this.rows[number], column - 1);
    const is_at = number === this.at.row && column === this.at.column;
    const is_in = this.is_in_range(number, column);
    const said = `${text}|${label}|${classes}|${is_at}|${is_in}|${this.is_single}`;
    if (cell.smp_said === said) return;
    cell.smp_said = said;
    if (cell.textContent !== text) cell.textContent = text;
    cell.setAttribute("aria-label", label);
    cell.setAttribute("aria-selected", String(is_in));
    cell.className = `smp-raci-cell ${classes}${is_at ? " smp-raci-at" : ""}${is_in && !this.is_single ? " smp-raci-range" : ""}`;
    cell.tabIndex = is_at ? 0 : -1;
  }

  get range() {
    const { at, from } = this;
    return {
      top: Math.min(at.row, from.row),
      bottom: Math.max(at.row, from.row),
      left: Math.max(1, Math.min(at.column, from.column)),
      right: Math.max(at.column, from.column),
    };
  }

  get is_single() {
    return this.at.row === this.from.row && this.at.column === this.from.column;
  }

  is_in_range(row, column) {
    const { top, bottom, left, right } = this.range;
    return row >= top && row <= bottom && column >= left && column <= right;
  }

  get has_focus() {
    return this.grid.contains(document.activeElement);
  }

  target() {
    const cell = this.drawn.get(this.at.row)?.children[this.at.column];
    return this.at.column === 0 ? cell?.firstChild : cell;
  }

  focus() {
    this.target()?.focus({ preventScroll: true });
  }

  /** Go to a cell, and show it. */
  go(row, column, { extend = false, focus = true } = {}) {
    if (!this.rows.length) return;
    const at = { row: between(row, 0, this.rows.length - 1), column: between(column, 0, this.columns.length) };
    const touched = [this.range, null];
    this.at = at;
    if (!extend || at.column === 0) this.from = at;
    this.show_at();
    this.draw();
    touched[1] = this.range;
    for (const [number, row] of this.drawn) {
      if (touched.some(({ top, bottom }) => number >= top && number <= bottom)) this.paint_row(number, row);
    }
    if (focus) this.focus();
    this.acts.moved();
  }

  /** Scroll until the cell with the focus is seen beside and beneath the frozen heads. */
  show_at() {
    const { scroller } = this;
    const head = this.heads.offsetHeight;
    const top = this.at.row * ROW;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + ROW > scroller.scrollTop + scroller.clientHeight - head) {
      scroller.scrollTop = top + ROW - scroller.clientHeight + head;
    }
    if (this.at.column === 0) return;
    const heads = this.heads.firstChild.children;
    const frozen = heads[0].offsetWidth;
    const { offsetLeft: left, offsetWidth: width } = heads[this.at.column];
    if (left < scroller.scrollLeft + frozen) scroller.scrollLeft = left - frozen;
    else if (left + width > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = left + width - scroller.clientWidth;
  }

  page() {
    return Math.max(1, Math.floor((this.scroller.clientHeight - this.heads.offsetHeight) / ROW) - 1);
  }

  key(event) {
    const { row, column } = this.at;
    const far = event.ctrlKey || event.metaKey;
    const [bottom, right] = [this.rows.length - 1, this.columns.length];
    const to = {
      ArrowUp: () => [far ? 0 : row - 1, column],
      ArrowDown: () => [far ? bottom : row + 1, column],
      ArrowLeft: () => [row, far ? 1 : column - 1],
      ArrowRight: () => [row, far ? right : column + 1],
      Home: () => [far ? 0 : row, column === 1 || far ? (far ? 1 : 0) : 1],
      End: () => [far ? bottom : row, right],
      PageUp: () => [row - this.page(), column],
      PageDown: () => [row + this.page(), column],
    }[event.key];
    if (to && !event.altKey) {
      const least = event.shiftKey ? 1 : 0;
      const [next_row, next_column] = to();
      this.go(next_row, Math.max(least, next_column), { extend: event.shiftKey });
    } else if (!this.acts.key(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
