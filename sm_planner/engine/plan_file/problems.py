"""What is wrong with a plan file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from sm_planner.engine.texts import Text


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a source (a file, or a file with sheet and cell), line and column from 1."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


class Limit(NamedTuple):
    """How many values a file may hold, and what to do about one that holds more. A value takes about 264 bytes."""

    values: int
    fix: Text


class CellPlace(Place):
    """A cell of a workbook: source is the file and the sheet, line the row, column the column."""

    def __str__(self) -> str:
        return f"{self.source}!{column_letters(self.column)}{self.line}" if self.line else self.source


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


@dataclass(frozen=True)
class Problem:
    """Something in a file that cannot be read, with what to write instead."""

    place: Place
    message: Text
    fix: Text

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.fix}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": self.place.source,
            "line": self.place.line,
            "column": self.place.column,
            "message": str(self.message),
            "fix": str(self.fix),
        }


class PlanFileError(ValueError):
    """A plan file that cannot be read. ``problems`` holds everything that is wrong with it, in order."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems, key=lambda problem: astuple(problem.place)))
        super().__init__("\n".join(map(str, self.problems)))


def fatal(place: Place, message: Text, fix: Text) -> PlanFileError:
    """The error for one problem that makes reading on useless."""
    return PlanFileError([Problem(place, message, fix)])
