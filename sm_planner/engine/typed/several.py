"""Rows of a table that somebody filled → records, with everything that is wrong, at its row and column.

Nothing is made here. What a cell names and what is not there yet is :class:`~sm_planner.engine.typed.names.Wanted` in the
place of an id; :func:`with_made` puts the ids in once there are some.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sm_planner.engine.checks import entry
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.services import CalendarWindow
from sm_planner.engine.model.values import ValueProblem, clean, closest, folded
from sm_planner.engine.service_time.week_line import WeekLineError, read_week
from sm_planner.engine.texts import N_, Text, say
from sm_planner.engine.typed.names import Names, Wanted
from sm_planner.engine.typed.sheets import Column, Sheet
from sm_planner.engine.typed.written import Writing, read

MOST = 200
"""Rows that are added at once."""
_NO_CELL = ("rows", "key")


@dataclass(frozen=True)
class CellProblem:
    """What cannot be taken: the number of the row from 1, the name of its column or nothing for the row as a whole."""

    row: int
    column: str
    message: Text
    fix: Text


@dataclass(frozen=True)
class Several:
    """What rows came to. records: number of the row → its record. problems: by row."""

    records: dict[int, Any]
    problems: tuple[CellProblem, ...]

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What has to be made first, each once; titles that differ in case and blanks alone are one."""
        once: dict[tuple[str, str], Wanted] = {}
        for record in self.records.values():
            for one in _wanted_of(record):
                once.setdefault(key_of(one), one)
        return tuple(once.values())


def key_of(wanted: Wanted) -> tuple[str, str]:
    """By what something that is to be made is known."""
    return wanted.collection, folded(wanted)


def read_rows(
    sheet: Sheet,
    rows: Sequence[Mapping[str, str]],
    values: Mapping[str, str],
    names: Names,
    writing: Writing,
) -> Several:
    """The records of rows: column → what is written. Rows without a word are passed over.

    values: field → what is written for all rows, also of fields that have no column.
    """
    reader = _Reader(sheet, names, writing)
    for number, row in enumerate(rows, 1):
        if any(clean(text) for text in row.values()):
            reader.row(number, {**values, **{name: text for name, text in row.items() if clean(text)}})
    return Several(reader.records, tuple(sorted(reader.problems, key=lambda one: one.row)))


class _Reader:
    def __init__(self, sheet: Sheet, names: Names, writing: Writing) -> None:
        self.sheet, self.names, self.writing = sheet, names, writing
        self.records: dict[int, Any] = {}
        self.problems: list[CellProblem] = []
        self.titles: dict[str, int] = {}
        """Title → the row that has it."""

    def row(self, number: int, cells: Mapping[str, str]) -> None:
        before = len(self.problems)
        found: dict[str, Any] = {"id": ""} if "id" in specs(self.sheet.record) else {}
        for name, text in cells.items():
            column = self.sheet.by_name.get(name) or self._beside(number, name)
            if column:
                try:
                    found[name] = self._value(column, text)
                except ValueProblem as problem:
                    self._report(number, name, problem.message, problem.fix)
        refused = {problem.column for problem in self.problems[before:]}
        for column in self.sheet.columns:
            if self.sheet.is_needed(column) and not clean(cells.get(column.name, "")):
                self._missing(number, column.name)
        for name, spec in specs(self.sheet.record).items():
            if spec.required and spec.kind != "key" and name not in {*found, *refused, *self.sheet.by_name}:
                self._missing(number, name)
        if len(self.problems) == before:
            self._record(number, self.sheet.record(**found))

    def _record(self, number: int, record: Any) -> None:
        before = len(self.problems)
        misfits = record.misfits() if hasattr(record, "misfits") else ()
        refusals = () if self.sheet.table else entry.refusals(record)
        for refusal in (*misfits, *refusals):
            self._report(number, refusal.table or refusal.field, refusal.message, refusal.fix)
        if not self.sheet.table and entry.is_titled(self.sheet.record):
            self._once(number, record.title)
        if len(self.problems) == before:
            self.records[number] = record

    def _once(self, number: int, title: str) -> None:
        first = self.titles.setdefault(folded(title), number)
        if first != number:
            self._report(
                number,
                entry.TITLE,
                say(N_("“{0}” stands here twice, first in row {1}."), title, first),
                say(N_("Leave out one of the rows, or give it another title.")),
            )
        elif self.names.is_in_plan(self.sheet.collection, title):
            self._report(
                number,
                entry.TITLE,
                say(N_("The plan has “{0}” already."), title),
                say(N_("Leave out this row, or give it another title.")),
            )

    def _beside(self, number: int, name: str) -> Column | None:
        """The field of a value that has no column, if there is such a field."""
        spec = specs(self.sheet.record).get(name)
        if spec and spec.kind not in _NO_CELL:
            return Column(name)
        known = [name for name, spec in specs(self.sheet.record).items() if spec.kind not in _NO_CELL]
        meant = closest(name, known)
        fix = say(N_("Did you mean “{0}”?"), meant) if meant else say(N_("Leave it out."))
        self._report(number, name, say(N_("“{0}” is not a field here."), name), fix)
        return None

    def _value(self, column: Column, text: str) -> Any:
        spec = self.sheet.spec(column)
        if spec.kind == "rows":
            return self._week(text)
        if column.within:
            row = specs(self.sheet.record)[column.within].row
            return tuple(row(**{column.field: one}) for one in self._several(column, spec, text))
        if spec.kind in ("links", "lines"):
            return self._several(column, spec, text)
        return self._one(column, spec, text)

    def _week(self, text: str) -> tuple[CalendarWindow, ...]:
        try:
            return read_week(clean(text))
        except WeekLineError as error:
            raise ValueProblem(error.message, error.fix) from None

    def _one(self, column: Column, spec: Spec, text: str) -> Any:
        if spec.kind not in ("link", "links"):
            return read(spec, text, self.writing)
        written = clean(text)
        if not written:
            return spec.empty
        found = self.names.find(spec.target, written, makes=column.makes)
        if isinstance(found, Wanted):
            read(Spec("line", spec.label), written, self.writing)  # what no title can be is refused here
        return found

    def _several(self, column: Column, spec: Spec, text: str) -> tuple[Any, ...]:
        parts = dict.fromkeys(self._one(column, spec, part) for part in self._parts(spec, text))
        return tuple(one for one in parts if one)

    def _parts(self, spec: Spec, text: str) -> list[str]:
        """What a cell names: parted by line, by semicolon, or by comma where that is no part of a name."""
        whole = clean(text)
        if spec.kind not in ("link", "links"):
            return re.split(r"[;\n]", whole)
        if self.names.is_known(spec.target, whole):
            return [whole]
        found = []
        for part in filter(None, map(str.strip, re.split(r"[;\n]", whole))):
            between = [*filter(None, map(str.strip, part.split(",")))]
            is_name = spec.target == "people" and not all(
                self.names.is_known(spec.target, one) for one in between
            )  # as in Smith, John
            found += [part] if is_name or self.names.is_known(spec.target, part) else between
        return found

    def _missing(self, number: int, column: str) -> None:
        self._report(number, column, say(N_("This is missing.")), say(N_("Fill it in.")))

    def _report(self, number: int, column: str, message: Text, fix: Text) -> None:
        self.problems.append(CellProblem(number, column, message, fix))


def label_of(sheet: Sheet, column: str) -> str:
    """What a column, or a field that has none, is called; its name where it is no field."""
    spec = specs(sheet.record).get(column)
    return spec.label if spec else column


def with_made(record: Any, ids: Mapping[tuple[str, str], str]) -> Any:
    """The record with ids where something had to be made first. ids: :func:`key_of` → id."""

    def put(value: Any) -> Any:
        if isinstance(value, Wanted):
            return ids[key_of(value)]
        if isinstance(value, tuple):
            return tuple(map(put, value))
        return with_made(value, ids) if dataclasses.is_dataclass(value) else value

    changed = {name: put(getattr(record, name)) for name in specs(type(record))}
    return dataclasses.replace(record, **changed)


def _wanted_of(record: Any) -> Iterator[Wanted]:
    for name in specs(type(record)):
        yield from _wanted_in(getattr(record, name))


def _wanted_in(value: Any) -> Iterable[Wanted]:
    if isinstance(value, Wanted):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _wanted_of(one) if dataclasses.is_dataclass(one) else _wanted_in(one)


def mentioned(
    sheet: Sheet, rows: Sequence[Mapping[str, str]], values: Mapping[str, str]
) -> dict[str, set[str]]:
    """Collection → all that cells could call one of its records, so that these are looked for at once."""
    found: dict[str, set[str]] = defaultdict(set)
    declared = specs(sheet.record)
    for cells in (values, *rows):
        for name, text in cells.items():
            spec = sheet.specs.get(name) or declared.get(name)
            if spec and spec.kind in ("link", "links"):
                whole = clean(text)
                found[spec.target].update(map(str.strip, (whole, *re.split(r"[;\n]", whole))))
                found[spec.target].update(map(str.strip, re.split(r"[,;\n]", whole)))
    return {target: texts - {""} for target, texts in found.items()}
