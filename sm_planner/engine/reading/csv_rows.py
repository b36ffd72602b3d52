"""The rows of CSV files, for logs and catalogues alike: nothing is swallowed, and a row is known by its first line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from sm_planner.engine.reading.problems import Place, fatal
from sm_planner.engine.texts import N_, say

_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""A first line by which spreadsheet programs tell each other the delimiter."""
_DELIMITERS = ",;\t"
_TOO_LONG, _NOT_CLOSED = "field limit", "unexpected end of data"
"""What the csv module says of a cell without an end in sight, and of quotes that are never closed."""


Rows = Iterator[tuple[int, int, list[str]]]
"""The lines on which each row begins and ends, and its cells."""


def csv_rows(text: str, source: str, delimiter: str = "") -> tuple[str, Rows]:
    """The delimiter, and the rows that are not empty; the first are the headings.

    delimiter: what a file is read by that does not say ``sep=``; empty: the one that its first line has most of.
    Raises PlanFileError at the first line of a row that is no CSV.
    """
    told = _SEPARATOR.match(text)
    begin = told.end() if told else 0
    headings = text[begin : begin + 10_000].partition("\n")[0]
    delimiter = told[1] if told else delimiter or max(_DELIMITERS, key=headings.count)
    return delimiter, _rows(text, source, delimiter, begin)


def _rows(text: str, source: str, delimiter: str, begin: int) -> Rows:
    stream = io.StringIO(text, newline="")
    stream.seek(begin)
    rows = csv.reader(stream, delimiter=delimiter, strict=True)
    before = line = text.count("\n", 0, begin)
    try:
        for row in rows:
            first, line = line + 1, before + rows.line_num
            if row:
                yield first, line, row
    except csv.Error as error:
        place, reason = Place(source, line + 1, 1), str(error)
        if _NOT_CLOSED in reason:
            raise fatal(
                place,
                say(N_("A quotation mark that opens in this row never closes.")),
                say(N_("Close it, or double it if it is part of the text.")),
            ) from None
        if _TOO_LONG in reason:
            raise fatal(
                place,
                say(N_("A cell of this row has more than {0} characters."), f"{csv.field_size_limit():,}"),
                say(N_("Check whether its quotation marks are closed, or remove the column.")),
            ) from None
        raise fatal(
            place,
            say(N_("This is not CSV: {0}."), reason),
            say(N_("Check the quotation marks here and on the lines before.")),
        ) from None


def is_ended(row: list[str], width: int) -> bool:
    """Whether a row has one cell too many, with nothing in it: what is left of a delimiter behind the last cell.

    It is that only if all rows of a file have it; of some, cells may have moved.
    """
    return len(row) == width + 1 and not row[-1].strip()


def rows_inside(row: list[str], width: int, delimiter: str) -> Iterator[list[str]]:
    """Lines within the cells of a row that could be rows themselves, ``width`` cells wide.

    That is what is left of rows between a quote that should not be there and the next one.
    """
    for cell in row:
        if "\n" in cell:
            for line in cell.splitlines()[1:]:
                try:
                    cells = next(csv.reader([line], delimiter=delimiter), [])
                except csv.Error:
                    continue
                if len(cells) == width > 1:
                    yield cells
