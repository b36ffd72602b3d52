"""Foreign files → plain values, with the line that each mapping, list and text came from."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from sm_planner.engine.plan_file.problems import CellPlace, Place, fatal
from sm_planner.engine.plan_file.xlsx_cells import RawSheet, Row, Workbook
from sm_planner.engine.plan_file.xlsx_numbers import Refused
from sm_planner.engine.plan_file.yaml_tree import Node, decoded, parse_yaml, read_bytes
from sm_planner.engine.texts import N_, Text, say

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_LITERALS = {"true": True, "True": True, "false": False, "False": False}


class Unread(NamedTuple):
    """A value of a source that cannot be read: where it stands, what it is for, and why it cannot."""

    place: Place
    name: str
    reason: Text


class Source:
    """The values of a foreign file.

    data: what expressions look into. file: the place of the file as a whole.
    """

    def __init__(self, file: Place, data: Any, places: dict[int, Place], unread: tuple[Unread, ...] = ()):
        self.file = file
        self.data = data
        self.unread = unread
        self._places = places

    def place(self, item: Any, otherwise: Place | None = None) -> Place:
        """Where a mapping, list or text stands; if that is not known, the place given, or the file."""
        return self._places.get(id(item), otherwise or self.file)


def read_source(path: str | Path) -> Source:
    """Read a .yaml, .yml, .json, .csv or .xlsx file. Raises PlanFileError where it cannot be read."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _read_workbook(read_bytes(path), path.name)
    if suffix not in _READERS:
        raise fatal(
            Place(path.name),
            say(N_("Files of the kind “{0}” are not read."), suffix or path.name),
            say(N_("Use one of {0}."), ", ".join((*_READERS, ".xlsx"))),
        )
    return _READERS[suffix](decoded(read_bytes(path), path.name), path.name)


def _read_yaml(text: str, name: str) -> Source:
    places: dict[int, Place] = {}
    documents = [_plain(node, places) for node in parse_yaml(text, name, foreign=True).value]
    return Source(Place(name), documents[0] if len(documents) == 1 else documents, places)


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
        return Source(Place(name), json.loads(text, parse_constant=_refuse_constant), {})
    except json.JSONDecodeError as error:
        place, reason = Place(name, error.lineno, error.colno), error.msg
    except RecursionError:
        raise fatal(Place(name), say(N_("This is nested too deep.")), say(N_("Take levels out."))) from None
    except ValueError as error:
        place, reason = Place(name), str(error)
    raise fatal(place, say(N_("This is not JSON: {0}."), reason), say(N_("Correct it here.")))


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _read_csv(text: str, name: str) -> Source:
    """Rows as a list of mappings, named by the first line; an empty cell is None."""
    sample = text[:10_000]
    delimiter = max(",;\t", key=sample.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    rows: list[dict[str, str | None]] = []
    places: dict[int, Place] = {}
    for row in reader:
        if "" in row:
            raise fatal(
                Place(name, reader.line_num, 1),
                say(N_("This row has more cells than the first line has names.")),
                say(N_("Put cells that contain “{0}” in quotes."), delimiter),
            )
        rows.append({key: value or None for key, value in row.items()})
        places[id(rows[-1])] = Place(name, reader.line_num, 1)
    return Source(Place(name), rows, places)


def _read_workbook(data: bytes, name: str) -> Source:
    """Sheets by title, each a list of mappings named by its first row. Cells are texts; an empty one is None."""
    tables: dict[str, list[dict[str, str | None]]] = {}
    places: dict[int, Place] = {}
    unread: list[Unread] = []
    for sheet in Workbook(data, name).sheets:
        rows = tables.setdefault(sheet.title, [])
        headings: dict[int, str] = {}
        for number, cells in sheet.rows():
            if not headings:
                headings = {column: text for column, text in cells.items() if isinstance(text, str)}
            else:
                rows.append(_table_row(sheet, number, cells, headings, unread))
                places[id(rows[-1])] = sheet.place(number, 1)
    return Source(CellPlace(name), tables, places, tuple(unread))


def _table_row(
    sheet: RawSheet, number: int, cells: Row, headings: dict[int, str], unread: list[Unread]
) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(headings.values())
    for column, value in cells.items():
        place = sheet.place(number, column)
        if isinstance(value, Refused):
            unread.append(Unread(place, headings.get(column, ""), value.message))
        elif column not in headings:
            unread.append(Unread(place, value, say(N_("This cell stands below no heading of the table."))))
        else:
            row[headings[column]] = value
    return row


_READERS = {".yaml": _read_yaml, ".yml": _read_yaml, ".json": _read_json, ".csv": _read_csv}
