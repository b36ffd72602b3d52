"""Working days: which days of a calendar are worked on, counted from a first day on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

WORKWEEK = frozenset(range(5))
"""Monday to Friday."""

_FIRST_REACH = 2 * 366
_LAST = date.max.toordinal()


class Off(NamedTuple):
    """Days without work, by their ordinals, both included. why: the id of the entry that says so; empty for a holiday."""

    first: int
    last: int
    why: str = ""


class EndOfTimeError(ValueError):
    """There are not as many working days as asked for."""


class WorkingDays:
    """The working days of a week less the days off, from a first day on, as far as somebody asks.

    Days are ordinals (``date.toordinal``). A working day has a number: how many there are before it.
    """

    def __init__(self, weekdays: Iterable[int], off: Iterable[Off], first: int) -> None:
        """weekdays: 0 for Monday. first: no day before is known. Raises EndOfTimeError, with some method, where there are none."""
        import numpy as np

        self._week = np.zeros(7, bool)
        self._week[list(weekdays)] = True
        self.off = tuple(sorted(set(off)))
        self._until = first
        self._reach = _FIRST_REACH
        self.array = np.zeros(0, np.int64)
        self._days: list[int] = []

    def _extend(self) -> None:
        """Twice as far as before."""
        import numpy as np

        if self._until > _LAST or not self._week.any():
            raise EndOfTimeError
        last = min(_LAST, self._until + self._reach)
        days = np.arange(self._until, last + 1)
        worked = self._week[(days - 1) % 7]  # the first of all days was a Monday
        for off in self.off:
            if off.last >= self._until and off.first <= last:
                worked[max(0, off.first - self._until) : off.last - self._until + 1] = False
        self.array = np.concatenate([self.array, days[worked]])
        self._days = self.array.tolist()
        self._until = last + 1
        self._reach *= 2

    def number(self, day: int) -> int:
        """The number of the first working day on or after a day."""
        while not self._days or self._days[-1] < day:
            self._extend()
        return bisect_left(self._days, day)

    def number_back(self, day: int) -> int:
        """The number of the last working day on or before a day; -1 where there is none."""
        while self._until <= day:
            self._extend()
        return bisect_right(self._days, day) - 1

    def day(self, number: int) -> int:
        """The day with a number."""
        while len(self._days) <= number:
            self._extend()
        return self._days[number]

    def count(self, first: int, last: int) -> int:
        """How many working days there are from a day to another, both included."""
        return max(0, self.number_back(last) - self.number_back(first - 1))

    def days(self, number: int, count: int) -> np.ndarray:
        """So many working days from a number on."""
        self.day(number + count - 1)
        return self.array[number : number + count]

    def reason_off(self, first: int, last: int) -> str:
        """The entry by which the first day from a day to another is off that would be worked on else; empty where none is."""
        for one in self.off:
            if one.why and one.first <= last and one.last >= first:
                start, end = max(first, one.first), min(last, one.last)
                if any(self._week[(day - 1) % 7] for day in range(start, min(end, start + 6) + 1)):
                    return one.why
        return ""
