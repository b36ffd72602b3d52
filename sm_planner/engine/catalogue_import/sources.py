"""Foreign files → plain values, with the line that each mapping, list and text came from."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sm_planner.engine.catalogue_import.coverage import Way
from sm_planner.engine.reading.csv_rows import csv_rows, is_ended, rows_inside
from sm_planner.engine.reading.problems import CellPlace, Place, fatal
from sm_planner.engine.reading.xlsx_cells import RawSheet, Row, Workbook
from sm_planner.engine.reading.xlsx_numbers import Refused
from sm_planner.engine.reading.yaml_tree import Node, decoded, parse_yaml, read_bytes
from sm_planner.engine.texts import N_, Text, say

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_LITERALS = {"true": True, "True": True, "false": False, "False": False}


class Unread(NamedTuple):
    """A value of a source that cannot be read as it was meant: where it stands, what it is for, why, and the value."""

    place: Place
    name: str
    reason: Text
    value: str = ""


class Source:
    """The values of a foreign file.

    data: what expressions look into. file: the place of the file as a whole. headings: way to each of its tables → the
    names of its columns.
    """

    def __init__(
        self,
        file: Place,
        data: Any,
        places: dict[int, Place],
        unread: Iterable[Unread] = (),
        headings: Mapping[Way, tuple[str, ...]] = MappingProxyType({}),
    ):
        self.file = file
        self.data = data
        self.unread = tuple(unread)
        self.headings = headings
        self._places = places

    def place(self, item: Any, otherwise: Place | None = None) -> Place:
        """Where a mapping, list or text stands; if that is not known, the place given, or the file."""
        return self._places.get(id(item), otherwise or self.file)


def read_source(path: str | Path, documents: bool = False) -> Source:
    """Read a .yaml, .yml, .json, .csv or .xlsx file. Raises PlanFileError where it cannot be read.

    documents: the value is the list of the file's documents, even if there is one only; files that were put together
    without ``---`` between them are told apart.
    """
    source = _read(Path(path), documents)
    if documents and not isinstance(source.data, list):
        source.data = [source.data]
    return source


def _read(path: Path, documents: bool) -> Source:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _read_workbook(read_bytes(path), path.name)
    if suffix in _YAML:
        return _read_yaml(decoded(read_bytes(path), path.name), path.name, documents)
    if suffix in _READERS:
        return _READERS[suffix](decoded(read_bytes(path), path.name), path.name)
    raise fatal(
        Place(path.name),
        say(N_("Files of the type “{0}” cannot be read."), suffix or path.name),
        say(N_("Use one of {0}."), ", ".join((*_YAML, *_READERS, ".xlsx"))),
    )


def _read_yaml(text: str, name: str, documents: bool) -> Source:
    places: dict[int, Place] = {}
    found = [_plain(node, places) for node in parse_yaml(text, name, foreign=True, joined=documents).value]
    return Source(Place(name), found[0] if len(found) == 1 else found, places)


def _plain(node: Node, places: dict[int, Place]) -> Any:
    if isinstance(node.value, dict):
        plain: Any = {key: _plain(value, places) for key, value in node.value.items()}
        merged = plain.get("<<")
        for other in merged if isinstance(merged, list) else [merged]:
            if isinstance(other, dict):
                plain = {**other, **{name: value for name, value in plain.items() if name != "<<"}}
    elif isinstance(node.value, list):
        plain = [_plain(item, places) for item in node.value]
    else:
        plain = _scalar(node)
        if not isinstance(plain, str) or len(plain) < 2:
            return plain  # one object stands for all such values of a program: it has no place of its own
    places[id(plain)] = node.place
    return plain


def _scalar(node: Node) -> Any:
    """The value of a scalar by YAML 1.2's core schema; what was quoted is a text."""
    if node.value is None or node.quoted:
        return node.value
    if node.value in _LITERALS:
        return _LITERALS[node.value]
    return json.loads(node.value) if _NUMBER.fullmatch(node.value) else node.value


def _read_json(text: str, name: str) -> Source:
    try:
        data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats)
        return Source(Place(name), data, {})
    except json.JSONDecodeError as error:
        place, reason = Place(name, error.lineno, error.colno), error.msg
    except RecursionError:
        raise fatal(
            Place(name), say(N_("This is nested too deeply.")), say(N_("Remove some of the levels."))
        ) from None
    except ValueError as error:
        place, reason = Place(name), str(error)
    raise fatal(place, say(N_("This is not JSON: {0}."), reason), say(N_("Correct it here.")))


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        name = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ValueError(f"“{name}” stands twice in one object")
    return found


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _read_csv(text: str, name: str) -> Source:
    """Rows as a list of mappings, named by the first line; an empty cell is None."""
    unread: list[Unread] = []
    delimiter, lines = csv_rows(text, name)
    line, _, headings = next(lines, (1, 1, []))
    lines = list(lines)
    if all(is_ended(cells, len(headings)) for *_, cells in lines):
        lines = [(first, last, cells[:-1]) for first, last, cells in lines]
    names = _Headings(dict(enumerate(headings, 1)), Place(name, line, 1), unread)
    rows: list[dict[str, Any]] = []
    places: dict[int, Place] = {}
    for line, _, cells in lines:
        place = Place(name, line, 1)
        if len(cells) > len(headings):
            raise fatal(
                place,
                say(N_("The row has {0} cells, but there are {1} headings."), len(cells), len(headings)),
                say(N_("Put cells that contain “{0}” in quotes."), delimiter),
            )
        for inner in rows_inside(cells, len(headings), delimiter):
            reason = say(
                N_("This looks like a row, but it is inside a cell: check the quotation marks before it.")
            )
            unread.append(Unread(place, "", reason, delimiter.join(inner)))
        rows.append(names.row({at: cell for at, cell in enumerate(cells, 1) if cell}))
        places[id(rows[-1])] = place
    return Source(Place(name), rows, places, unread, {(): names.names})


class _Headings:
    """The names of a table's columns. Columns of one heading are one, whose values are a list; that is told."""

    def __init__(self, headings: dict[int, str], place: Place, unread: list[Unread]) -> None:
        """headings: by the number of their columns; one without a text is named by that number."""
        self._of_column = {at: text.strip() or f"column {at}" for at, text in headings.items()}
        counts = Counter(self._of_column.values())
        self.names = tuple(counts)
        self._lists = frozenset(name for name, count in counts.items() if count > 1)
        for name in self.names:
            if name in self._lists:
                told = say(N_("This heading occurs {0} times, so its values form a list."), counts[name])
                unread.append(Unread(place, "", told, name))

    def of(self, column: int) -> str | None:
        return self._of_column.get(column)

    def row(self, cells: dict[int, str]) -> dict[str, Any]:
        """The values of a row by name; None where there is none."""
        row: dict[str, Any] = dict.fromkeys(self.names)
        for at, value in cells.items():
            name = self._of_column[at]
            if name in self._lists:
                row[name] = [*(row[name] or []), value]
            else:
                row[name] = value
        return row


def _read_workbook(data: bytes, name: str) -> Source:
    """Sheets by title, each a list of mappings named by its first row. Cells are texts; an empty one is None."""
    tables: dict[str, list[dict[str, Any]]] = {}
    places: dict[int, Place] = {}
    unread: list[Unread] = []
    headings: dict[Way, tuple[str, ...]] = {}
    for sheet in Workbook(data, name).sheets:
        lines = sorted(sheet.rows(), key=itemgetter(0))
        _fill_merged(sheet, lines, unread)
        first, cells = lines[0] if lines else (1, {})
        texts = dict(_texts(sheet, first, cells, unread))
        names = _Headings(texts, sheet.place(first, 1), unread)
        rows = tables.setdefault(sheet.title, [])
        headings[(sheet.title,)] = names.names
        for number, cells in lines[1:]:
            rows.append(names.row(dict(_texts(sheet, number, cells, unread, names))))
            places[id(rows[-1])] = sheet.place(number, 1)
    return Source(CellPlace(name), tables, places, unread, headings)


def _texts(
    sheet: RawSheet, number: int, cells: Row, unread: list[Unread], names: _Headings | None = None
) -> Iterator[tuple[int, str]]:
    """The cells of a row that can be read, and stand below one of the headings if there are some; the rest is told."""
    for column, value in cells.items():
        place = sheet.place(number, column)
        heading = names.of(column) if names else ""
        if isinstance(value, Refused):
            unread.append(Unread(place, heading or "", value.message))
        elif heading is None:
            told = say(N_("This cell is not below any heading of the table."))
            unread.append(Unread(place, "", told, value))
        else:
            yield column, value


def _fill_merged(sheet: RawSheet, lines: list[tuple[int, Row]], unread: list[Unread]) -> None:
    """Merged cells: the value is that of all their rows. Of their columns it is that of the first, which is told."""
    numbers = [number for number, _ in lines]
    for merged in sheet.merged:
        first, last = bisect_left(numbers, merged.top), bisect_right(numbers, merged.bottom)
        value = lines[first][1].get(merged.left) if numbers[first : first + 1] == [merged.top] else None
        if value is None:
            continue
        if merged.right > merged.left:
            told = say(
                N_("Cells of several columns are merged: the value is used for the first column only.")
            )
            shown = value if isinstance(value, str) else ""
            unread.append(Unread(sheet.place(merged.top, merged.left), "", told, shown))
        for _, cells in lines[first + 1 : last] if first else ():  # the first row has the headings
            sheet.workbook.count()
            cells[merged.left] = value


_YAML = (".yaml", ".yml")
_READERS = {".json": _read_json, ".csv": _read_csv}
