"""The bytes of a workbook → a tree of nodes that know their cell; see :mod:`workbook_layout` for what stands where.

Sheets and headings are found by what the workbook calls them or by the names of the plan file, upper and lower case
alike; sheets and columns may be missing, and stand in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.values import ValueProblem, clean, parse
from sm_planner.engine.plan_file.workbook_layout import (
    CHOICES,
    NOTHING,
    Column,
    Sheet,
    cell_texts,
    readable_sheets,
    sheets,
)
from sm_planner.engine.reading.problems import CellPlace, Limit, Place, PlanFileError, Problems, Suggestions
from sm_planner.engine.reading.xlsx_cells import MOST, RawSheet, Row, Workbook
from sm_planner.engine.reading.xlsx_numbers import Refused
from sm_planner.engine.reading.yaml_tree import Node
from sm_planner.engine.texts import N_, Text, say

_FIRST_HEADING, _FIELD_COLUMN, _VALUE_COLUMN = "Field", 1, 2
_KNOWN = {
    name.casefold(): sheet
    for sheet in readable_sheets()
    for name in (sheet.title, f"{sheet.section}.{sheet.field}")
}
_KNOWN |= {sheet.section.casefold(): sheet for sheet in readable_sheets() if not sheet.field}


def parse_workbook(data: bytes, source: str, limit: Limit = MOST) -> Node:
    """The tree of a plan. Raises PlanFileError with all problems of form, each at its cell."""
    builder = _Builder(source)
    for raw in Workbook(data, source, limit).sheets:
        builder.take(raw)
    builder.attach_rows()
    if builder.problems:
        raise PlanFileError(builder.problems)
    return builder.root


@dataclass
class _ChildRows:
    """Child rows of a sheet: the id of their record, where it stands, and the row."""

    sheet: Sheet
    place: Place
    rows: list[tuple[str, Place, Node]] = field(default_factory=list)


class _Builder:
    def __init__(self, source: str):
        place = CellPlace(source)
        self.root = Node({}, place)
        self.problems = Problems()
        self.suggestions = Suggestions()
        self.seen: dict[Sheet, str] = {}
        self.children: list[_ChildRows] = []

    def report(self, place: Place, message: Text, fix: Text) -> None:
        self.problems.add(place, message, fix)

    def take(self, raw: RawSheet) -> None:
        title = " ".join(raw.title.split()).casefold()
        sheet = _KNOWN.get(title)
        place = CellPlace(raw.source)
        if title == CHOICES.casefold():
            return
        if sheet is None:
            titles = [known.title for known in sheets()]
            meant = self.suggestions.closest(raw.title, titles)
            fix = (
                say(N_("Name it “{0}”."), meant)
                if meant
                else say(N_("Remove it, or give it the name of a sheet of a plan."))
            )
            self.report(place, say(N_("“{0}” is not a sheet of a plan."), raw.title), fix)
        elif sheet in self.seen:
            self.report(
                place,
                say(N_("The sheet “{0}” already exists, as “{1}”."), raw.title, self.seen[sheet]),
                say(N_("Keep one of them.")),
            )
        else:
            self.seen[sheet] = raw.title
            self._down(sheet, raw) if sheet.down else self._table(sheet, raw)
            for cells in raw.merged:
                if cells.bottom > cells.top or not sheet.down:
                    self.report(
                        raw.place(cells.top, cells.left),
                        say(N_("Cells are merged here, so all but the first would be empty.")),
                        say(N_("Unmerge them, and write the value into each cell that it is for.")),
                    )

    def _down(self, sheet: Sheet, raw: RawSheet) -> None:
        """A field a row."""
        known = _by_name(sheet.columns)
        node = Node({}, CellPlace(raw.source))
        for number, cells in raw.rows():
            name = self._text(cells, _FIELD_COLUMN, raw, number)
            place = raw.place(number, _FIELD_COLUMN)
            if number == 1 and name == _FIRST_HEADING or not cells.keys() & {_FIELD_COLUMN, _VALUE_COLUMN}:
                continue
            column = self._column(name, known, place)
            if column:
                if column.name in node.key_places:
                    self._again(name, node.key_places[column.name], place)
                node.key_places.setdefault(column.name, place)
                self._fill(node, column, cells, _VALUE_COLUMN, raw, number)
        self.root.value[sheet.section] = node

    def _table(self, sheet: Sheet, raw: RawSheet) -> None:
        """A record a row."""
        headings: dict[int, Column] | None = None
        records: list[Node] = []
        children = _ChildRows(sheet, CellPlace(raw.source))
        for number, cells in raw.rows():
            if headings is None:
                headings = self._headings(sheet, raw, number, cells)
                continue
            node = self._record(headings, raw, number, cells)
            parent = node.value.pop(sheet.parent.name, None) if sheet.parent else None
            if not sheet.field:
                records.append(node)
            elif sheet.parent and parent is None:
                self.report(
                    node.place,
                    say(N_("This row does not say what it belongs to.")),
                    say(N_("Fill in “{0}”."), sheet.parent.heading),
                )
            else:
                children.rows.append(
                    (clean(parent.value) if parent else "", parent.place if parent else node.place, node)
                )
        if sheet.field:
            self.children.append(children)
        else:
            self.root.value[sheet.section] = Node(records, CellPlace(raw.source))

    def _headings(self, sheet: Sheet, raw: RawSheet, number: int, cells: Row) -> dict[int, Column]:
        known = _by_name(sheet.all_columns)
        found: dict[int, Column] = {}
        places: dict[str, Place] = {}
        for position in cells:
            place = raw.place(number, position)
            name = self._text(cells, position, raw, number)
            column = self._column(name, known, place)
            if column and column.name in places:
                self._again(name, places[column.name], place)
            elif column:
                found[position] = column
                places[column.name] = place
        return found

    def _record(self, headings: dict[int, Column], raw: RawSheet, number: int, cells: Row) -> Node:
        node = Node({}, raw.place(number, 1))
        for position in cells:
            column = headings.get(position)
            if column:
                self._fill(node, column, cells, position, raw, number)
            else:
                self.report(
                    raw.place(number, position),
                    say(N_("This cell is not below any heading of the table.")),
                    say(N_("Empty it.")),
                )
        return node

    def _fill(
        self, node: Node, column: Column, cells: Row, position: int, raw: RawSheet, number: int
    ) -> None:
        place = raw.place(number, position)
        text = self._text(cells, position, raw, number)
        if not text:
            return
        if column.spec.kind in ("links", "lines"):
            node.value[column.name] = Node(
                [Node(item, place) for item in cell_texts(column.spec, text)], place
            )
        else:
            node.value[column.name] = Node(None if text == NOTHING and column.has_default else text, place)

    def _text(self, cells: Row, position: int, raw: RawSheet, number: int) -> str:
        value = cells.get(position, "")
        if isinstance(value, Refused):
            self.report(raw.place(number, position), value.message, value.fix)
            return ""
        return value.strip()

    def _column(self, name: str, known: dict[str, Column], place: Place) -> Column | None:
        column = known.get(" ".join(name.split()).casefold())
        if column is None and name:
            meant = self.suggestions.closest(name, [one.heading for one in known.values()])
            fix = say(N_("Write “{0}”."), meant) if meant else say(N_("Remove it."))
            self.report(place, say(N_("“{0}” is not a field here."), name), fix)
        return column

    def _again(self, name: str, first: Place, place: Place) -> None:
        self.report(
            place,
            say(N_("“{0}” occurs twice here."), name),
            say(N_("Keep one of them; the first is at {0}."), first),
        )

    def attach_rows(self) -> None:
        """Give child rows to their records."""
        for children in self.children:
            sheet = children.sheet
            owners = self._owners(sheet)
            for id, place, row in children.rows:
                owner = owners.get(id)
                if owner is None:
                    meant = self.suggestions.closest(id, owners)
                    fix = (
                        say(N_("Write “{0}”."), meant)
                        if meant
                        else say(N_("Add “{0}” to {1}, or correct the id."), id, sheet.section)
                    )
                    self.report(place, say(N_("“{0}” is not in {1}."), id, sheet.section), fix)
                else:
                    owner.value.setdefault(sheet.field, Node([], children.place)).value.append(row)

    def _owners(self, sheet: Sheet) -> dict[str, Node]:
        if sheet.parent is None:
            return {"": self.root.value.setdefault("plan", Node({}, self.root.place))}
        records: Iterable[Node] = self.root.value.get(sheet.section, Node([], self.root.place)).value
        owners: dict[str, Node] = {}
        for record in records:
            if id := _id_of(record, COLLECTIONS[sheet.section].record):
                owners.setdefault(id, record)
        return owners


def _id_of(record: Node, record_class: type) -> str:
    """The id of a record, or what stands for it where records have none; empty where it cannot be told."""
    if "id" in specs(record_class):
        return clean(record.value["id"].value or "") if "id" in record.value else ""
    values = {}
    for name, spec in specs(record_class).items():
        raw = record.value[name].value if name in record.value else None
        if isinstance(raw, str):
            with suppress(ValueProblem):  # which is told where the record is read
                values[name] = parse(spec, raw)
    return record_class(**values).id


def _by_name(columns: Iterable[Column]) -> dict[str, Column]:
    return {name.casefold(): column for column in columns for name in (column.name, column.heading)}
