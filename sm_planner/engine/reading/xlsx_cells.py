"""The sheets of a workbook as rows of texts, each cell with its place.

A cell gives the text that a person would write in a plan file: ``2027-03-31`` for a day, ``true``, ``99.5``, ``09:00``.
What has no such text is refused at its cell: a formula, whose stored result may be out of date; an error; a number that
is shown as a percentage. Nothing is filled up between cells, so a lonely last cell costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sm_planner.engine.reading.problems import CellPlace, Limit
from sm_planner.engine.reading.xlsx_archive import Archive
from sm_planner.engine.reading.xlsx_numbers import NumberForms, Refused
from sm_planner.engine.texts import N_, say

MOST = Limit(3_000_000, say(N_("Delete empty columns and rows, or split the plan.")))
"""Cells and shared texts of a workbook, where it has a process of its own."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SURROGATES = range(0xD800, 0xE000)
_FORMULA = Refused(
    say(N_("This cell has a formula, whose stored result may be out of date.")),
    say(N_("Enter the value itself: copy the cell, and paste it as a value.")),
)

Row = dict[int, "str | Refused"]
"""Column → what its cell holds; empty cells are left out."""


class Merged(NamedTuple):
    """Cells that are merged into one, whose value stands in the first of them: rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawSheet:
    """A sheet of a workbook. source: file and sheet, for places. merged: its merged cells, once its rows were read."""

    title: str
    source: str
    workbook: Workbook
    part: str
    merged: list[Merged] = field(default_factory=list, compare=False)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Number and cells of each row that holds something."""
        return self.workbook.rows(self.part, self.merged)

    def place(self, row: int, column: int) -> CellPlace:
        return CellPlace(self.source, row, column)


class Workbook:
    """Reads the sheets of a workbook. Raises PlanFileError for what is no workbook, or would cost too much."""

    def __init__(self, data: bytes, source: str, limit: Limit = MOST):
        self._archive = Archive(data, source)
        self._limit = limit
        self._count = 0
        self._texts: list[str] = []
        self._numbers = NumberForms()
        self._titles: dict[str, str] = {}
        """Relation id of a sheet → its title."""
        roots = self._archive.relations("").values()
        main = next((part for kind, part in roots if kind == "officeDocument"), "")
        parts = self._archive.relations(main)
        self._archive.read(main, self._take_workbook)
        for kind, part in parts.values():
            if kind == "styles":
                self._archive.read(part, self._numbers.take)
            elif kind == "sharedStrings":
                self._read_texts(part)
        self.sheets = [
            RawSheet(title, f"{source} {title}", self, parts[id][1])
            for id, title in self._titles.items()
            if parts.get(id, ("", ""))[0] == "worksheet"
        ]

    def rows(self, part: str, merged: list[Merged]) -> Iterator[tuple[int, Row]]:
        """The rows of a part; what is merged stands behind them, and is put into ``merged`` as they end."""
        reader = _SheetReader(self._texts, self._numbers, self.count)
        for _ in self._archive.parse(part, reader.start, reader.end, reader.take):
            yield from reader.ready
            reader.ready.clear()
        merged[:] = reader.merged

    def _take_workbook(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self._titles[relation] = attributes.get("name", "")
        elif tag == "workbookPr":
            self._numbers.since_1904 = attributes.get("date1904") in ("1", "true")

    def _read_texts(self, part: str) -> None:
        reader = _TextReader()

        def start(tag: str, _: dict[str, str]) -> None:
            if tag == "si":
                self.count()
                reader.begin()
            reader.open(tag)

        def end(tag: str) -> None:
            reader.close(tag)
            if tag == "si":
                self._texts.append(reader.text)

        self._archive.read(part, start, end, reader.take)

    def count(self) -> None:
        """Count one more cell. Raises PlanFileError where that is one too many."""
        self._count += 1
        if self._count > self._limit.values:
            raise self._archive.refusal(
                say(N_("The workbook has more than {0} cells."), f"{self._limit.values:,}"), self._limit.fix
            )


class _TextReader:
    """Collects the text of an element: its runs, without what tells how to pronounce them."""

    def __init__(self) -> None:
        self._phonetic = False
        self.begin()

    def begin(self) -> None:
        self._parts: list[str] = []
        self._inside = False

    @property
    def text(self) -> str:
        return _unescaped("".join(self._parts))

    def open(self, tag: str) -> None:
        if tag in ("t", "v"):
            self._inside = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def close(self, tag: str) -> None:
        if tag in ("t", "v"):
            self._inside = False
        elif tag == "rPh":
            self._phonetic = False

    def take(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)


class _SheetReader(_TextReader):
    """Collects the rows of a sheet in ``ready``."""

    def __init__(self, texts: list[str], numbers: NumberForms, count: Callable[[], None]) -> None:
        super().__init__()
        self.ready: list[tuple[int, Row]] = []
        self._texts, self._numbers, self.count = texts, numbers, count
        self._number = self._column = 0
        self.merged: list[Merged] = []
        self._row: Row = {}
        self._kind = self._style = ""
        self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.count()
            self.begin()
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_number(found[1]) if found else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._formula = False
        elif tag == "row":
            given = attributes.get("r", "")
            self._number = int(given) if given.isdecimal() and len(given) < 8 else self._number + 1
            self._row, self._column = {}, 0
        elif tag == "f":
            self._formula = True
        elif tag == "mergeCell":
            self.count()
            self._take_merged(attributes.get("ref", ""))
        else:
            self.open(tag)

    def end(self, tag: str) -> None:
        if tag == "c":
            value = _FORMULA if self._formula else self._value()
            if value:
                self._row[self._column] = value
        elif tag == "row":
            if self._row:
                self.ready.append((self._number, self._row))
        else:
            self.close(tag)

    def _take_merged(self, written: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in written.split(":")]
        if len(corners) == 2 and all(corners):
            (left, top), (right, bottom) = ((column_number(one[1]), int(one[2])) for one in corners)
            self.merged.append(Merged(top, left, bottom, right))

    def _value(self) -> str | Refused:
        written = self.text
        if self._kind == "n":
            return self._numbers.text(written, self._style) if written else ""
        if self._kind == "s":
            number = int(written) if written.isdecimal() and len(written) < 9 else len(self._texts)
            return self._texts[number] if number < len(self._texts) else _error(written)
        if self._kind == "b":
            return {"0": "false", "1": "true"}.get(written, written)
        if self._kind == "d":
            return written.removesuffix("T00:00:00")
        return _error(written) if self._kind == "e" else written


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _error(written: str) -> Refused:
    return Refused(say(N_("This cell has the error “{0}”."), written), say(N_("Enter a value.")))


def _unescaped(text: str) -> str:
    """The text with what stands for characters that XML cannot hold, such as _xFFFF_, put back."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return escaped[0] if code in _SURROGATES else chr(code)
