"""A Plan → the bytes of a workbook, to work on in a spreadsheet program.

Headings carry notes, choices and links have drop-down lists, days are days. A text is written as a text whatever it
begins with, and marked so that it stays one when somebody edits the cell: no cell becomes a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import Spec
from sm_planner.engine.plan_file.docs import holds
from sm_planner.engine.plan_file.workbook_layout import (
    CHOICES,
    Column,
    Sheet,
    cell_value,
    collection_title,
    note,
    sheets,
)
from sm_planner.engine.reading.problems import CellPlace, fatal
from sm_planner.engine.texts import N_, say

LONGEST = 32_767
"""Characters that a cell can hold, counted in UTF-16 as spreadsheet programs do."""
LAST_ROW = 1_048_576
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days are written as texts: spreadsheet programs do not agree about them, or do not know them."""
_WIDTHS = {"text": 50, "lines": 40, "line": 28, "links": 30, "link": 20, "key": 20, "choice": 18}
_FORMATS = {"date": "yyyy-mm-dd", "integer": "0", "number": "General", "flag": "General"}
_TEXT_FORMAT = "@"
_ACTIVE = ("=", "+", "-", "@")
"""What a text may begin with that a spreadsheet program takes for a formula when it is typed."""
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]")
_AUTHOR = "SM Planner"


def workbook(plan: Plan, sections: tuple[str, ...] = ()) -> bytes:
    """The workbook of a plan, or of some of its sections. Raises PlanFileError where a text is longer than a cell can be."""
    wanted = [sheet for sheet in sheets() if not sections or sheet.section in sections]
    tables = [(sheet, list(_rows(plan, sheet))) for sheet in wanted]
    for sheet, rows in tables:
        _check_lengths(sheet, rows)
    book = Workbook(write_only=True)
    book.properties.title = plan.title
    book.properties.creator = _AUTHOR
    lists = _Lists()
    for sheet, rows in tables:
        writer = _SheetWriter(book, sheet, lists)
        writer.write_down(rows) if sheet.down else writer.write(rows)
    lists.write(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _rows(plan: Plan, sheet: Sheet) -> Iterator[list[Any]]:
    """The values of a table's rows; where fields stand below each other, a field a row."""
    if sheet.down:
        record = plan if sheet.record is Plan else plan.settings
        yield from ([cell_value(column, getattr(record, column.name))] for column in sheet.columns)
        return
    records: Iterable[Any] = (plan,) if sheet.section == "plan" else getattr(plan, sheet.section)
    for record in records:
        for row in getattr(record, sheet.field) if sheet.field else (record,):
            values = [cell_value(column, getattr(row, column.name)) for column in sheet.columns]
            yield [record.id, *values] if sheet.parent else values


def _check_lengths(sheet: Sheet, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, 2):
        for position, value in enumerate(row, 2 if sheet.down else 1):
            if isinstance(value, str) and len(value.encode("utf-16-le")) > 2 * LONGEST:
                raise fatal(
                    CellPlace(sheet.title, number, position),
                    say(N_("This text has {0} characters, more than a cell can hold."), f"{len(value):,}"),
                    say(N_("Shorten it to {0}, or write the plan as YAML."), f"{LONGEST:,}"),
                )


class _Lists:
    """The drop-down lists, and the sheet that the words of choices stand in."""

    def __init__(self) -> None:
        self._letters: dict[tuple[str, ...], str] = {}
        """Words of a choice → the column that they stand in."""
        self._headings: list[str] = []

    def of(self, spec: Spec) -> DataValidation | None:
        """The list for a field, if it has one. What is not in it is asked about; among several links it is not."""
        source = self._source(spec)
        if not source:
            return None
        return DataValidation(
            type="list",
            formula1=source,
            allow_blank=True,
            showErrorMessage=spec.kind != "links",
            errorStyle="warning",
            errorTitle=spec.label,
            error="This is not in the list.",
        )

    def _source(self, spec: Spec) -> str:
        if spec.kind == "flag":
            return '"TRUE,FALSE"'
        if spec.kind == "choice":
            if spec.choices not in self._letters:
                self._headings.append(spec.label)
                self._letters[spec.choices] = get_column_letter(len(self._headings))
            letter = self._letters[spec.choices]
            return f"{CHOICES}!${letter}$2:${letter}${len(spec.choices) + 1}"
        if spec.kind in ("link", "links"):
            title = f"'{collection_title(spec.target)}'"
            return f"{title}!$A$2:INDEX({title}!$A:$A,MAX(2,COUNTA({title}!$A:$A)))"
        return ""

    def write(self, book: Workbook) -> None:
        sheet = book.create_sheet(CHOICES)
        sheet.append(self._headings)
        for row in range(max(map(len, self._letters))):
            sheet.append([words[row] if row < len(words) else None for words in self._letters])


class _SheetWriter:
    def __init__(self, book: Workbook, sheet: Sheet, lists: _Lists):
        self.sheet = sheet
        self.lists = lists
        self.work = book.create_sheet(sheet.title)

    def write(self, rows: list[list[Any]]) -> None:
        """A record a row."""
        columns = self.sheet.all_columns
        self.work.freeze_panes = "B2"
        for number, column in enumerate(columns, 1):
            letter = get_column_letter(number)
            dimension = self.work.column_dimensions[letter]
            dimension.width = _WIDTHS.get(column.spec.kind, 12)
            dimension.number_format = _FORMATS.get(column.spec.kind, _TEXT_FORMAT)
            self._drop_down(column, f"{letter}2:{letter}{LAST_ROW}")
        self.work.append([self._heading(column) for column in columns])
        self._table(columns, max(len(rows), 1))
        cells = [_Cells(self.work, column.spec) for column in columns]
        for row in rows:
            self.work.append([cell.filled(value) for cell, value in zip(cells, row, strict=True)])

    def _heading(self, column: Column) -> WriteOnlyCell:
        cell = _styled(self.work, column.heading)
        cell.comment = Comment(note(column, holds(column.spec)), _AUTHOR, height=120, width=300)
        return cell

    def _table(self, columns: tuple[Column, ...], rows: int) -> None:
        area = f"A1:{get_column_letter(len(columns))}{rows + 1}"
        name = re.sub(r"\W", "_", self.sheet.title)
        table = Table(displayName=name, ref=area, autoFilter=AutoFilter(ref=area))
        table.tableStyleInfo = TableStyleInfo("TableStyleMedium2", showRowStripes=True)
        table.tableColumns = [
            TableColumn(id=number, name=one.heading) for number, one in enumerate(columns, 1)
        ]
        self.work.tables.add(table)

    def write_down(self, rows: list[list[Any]]) -> None:
        """A field a row: name, value, meaning."""
        self.work.freeze_panes = "A2"
        for letter, width in zip("ABC", (28, 60, 80), strict=True):
            self.work.column_dimensions[letter].width = width
        for number, column in enumerate(self.sheet.columns, 2):
            self._drop_down(column, f"B{number}")
        self.work.append([_styled(self.work, text) for text in ("Field", "Value", "Meaning")])
        for column, (value,) in zip(self.sheet.columns, rows, strict=True):
            told = note(column, holds(column.spec)).replace("\n", " ")
            self.work.append([column.heading, _Cells(self.work, column.spec).filled(value), told])

    def _drop_down(self, column: Column, area: str) -> None:
        validation = self.lists.of(column.spec)
        if validation:
            validation.add(area)
            self.work.data_validations.append(validation)


class _Cells:
    """The cells of one column. Rows are written one by one, so the same cell is filled again and again."""

    def __init__(self, work: Any, spec: Spec):
        self.plain, self.text, self.active = (WriteOnlyCell(work) for _ in range(3))
        self.plain.number_format = _FORMATS.get(spec.kind, _TEXT_FORMAT)
        for cell in (self.text, self.active):
            cell.number_format = _TEXT_FORMAT
            cell.alignment = Alignment(wrap_text=spec.kind in ("text", "lines"), vertical="top")
        self.active.quotePrefix = True

    def filled(self, value: Any) -> WriteOnlyCell:
        if isinstance(value, date) and value < _FIRST_DAY:
            value = value.isoformat()
        if not isinstance(value, str):
            self.plain.value = value
            return self.plain
        cell = self.active if value.startswith(_ACTIVE) else self.text
        cell.value = _ESCAPED.sub(_escape, value)
        cell.data_type = "s"
        return cell


def _styled(work: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(work, text)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
    return cell


def _escape(match: re.Match[str]) -> str:
    """What XML cannot hold, or would be read as an escape, as an escape."""
    text = match[0]
    return f"_x{ord(text):04X}_" if len(text) == 1 else f"_x005F{text}"
