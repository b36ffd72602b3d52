"""What is wrong with a plan file, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from sm_planner.engine.model.values import closest
from sm_planner.engine.texts import N_, Text, say

MAX_PROBLEMS = 1_000
"""Problems that are told at once: reading stops there, so that a file full of them costs no more than these."""
LONGEST_WORD = 200
"""Characters of what a file says that a problem repeats."""


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

    def __post_init__(self) -> None:
        for name in ("message", "fix"):
            object.__setattr__(self, name, _short(getattr(self, name)))

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


def _short(text: Text) -> Text:
    """The text with each word of the file in it at most so long."""
    return Text(text.template, tuple(map(_shortened, text.args)))


def _shortened(arg: Any) -> Any:
    if isinstance(arg, Text):
        return _short(arg)
    return f"{arg[:LONGEST_WORD]}…" if isinstance(arg, str) and len(arg) > LONGEST_WORD else arg


class PlanFileError(ValueError):
    """A plan file that cannot be read. ``problems`` holds what is wrong with it, in order; the last may say that there is
    more."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems, key=lambda problem: astuple(problem.place)))
        if len(self.problems) >= MAX_PROBLEMS:
            stopped = say(
                N_("Reading stopped after {0} problems. There may be more."), f"{len(self.problems):,}"
            )
            source = Place(self.problems[0].place.source)
            self.problems += (Problem(source, stopped, say(N_("Fix these first."))),)
        super().__init__("\n".join(map(str, self.problems)))


class Problems(list[Problem]):
    """The problems of a file while it is read."""

    def add(self, place: Place, message: Text, fix: Text) -> None:
        """Keep one more. Raises PlanFileError with all of them where there are as many as are told."""
        self.append(Problem(place, message, fix))
        if len(self) >= MAX_PROBLEMS:
            raise PlanFileError(self)


class Suggestions:
    """What was probably meant by words that are not there. Looking takes time for each word that is: some looks only."""

    MOST_COMPARED = 100_000

    def __init__(self) -> None:
        self.compared = 0

    def closest(self, word: str, words: Collection[str]) -> str:
        """The word that was probably meant; empty where none is like it, or where too much was looked for before."""
        self.compared += len(words)
        if self.compared > self.MOST_COMPARED or len(word) > LONGEST_WORD:
            return ""
        return closest(word, words)


def fatal(place: Place, message: Text, fix: Text) -> PlanFileError:
    """The error for one problem that makes reading on useless."""
    return PlanFileError([Problem(place, message, fix)])
