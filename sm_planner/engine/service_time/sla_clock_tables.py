"""Service time as tables: what ``Clock`` looks up, and ``ArrayClock`` after it.

Let W(t) be the service seconds in the horizon before t: a function that rises by one a second while
the hours are open and stays as it is while they are closed. All questions to a clock are lookups of
W or of its inverse. ``Edges`` finds the window by binary search, ``Grid`` by one division.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import gcd

MOST_CELLS = 1 << 20
"""Cells of the largest grid, which is then a list of eight megabytes."""


class Edges:
    """A table of windows, searched by bisection: exact for edges of any kind."""

    def __init__(self, last: int, opens: Sequence[int], closes: Sequence[int]) -> None:
        lengths = (stop - start for start, stop in zip(opens, closes, strict=True))
        self.opens = [*opens, last]  # after the last window, none opens
        self.closes = list(closes)
        self.before = list(accumulate(lengths, initial=0))
        self.shifts = [start - before for start, before in zip(opens, self.before, strict=False)]

    def between(self, start: int, stop: int) -> int:
        """Service seconds in [start, stop); both in the horizon."""
        return self._served(stop) - self._served(start)

    def after(self, start: int, seconds: int) -> int:
        """Where the clock goes on after it has run for ``seconds`` since ``start``; IndexError if never."""
        second = self._served(start) + seconds
        return second + self.shifts[bisect_right(self.before, second) - 1]

    def _served(self, time: int) -> int:
        window = bisect_right(self.closes, time)
        return self.before[window] + max(time - self.opens[window], 0)


class Grid:
    """A table of equal cells, each all open or all closed: for hours whose edges all lie on a grid.

    Count t from the grid's origin, which lies in closed time before the horizon. Then W(t) is, in a
    closed cell, the open time before the cell, and in an open one, t less the closed time before the
    cell. ``entries`` holds the first as it is and the second, which is never 0, negated.
    """

    def __init__(self, first: int, last: int, opens: Sequence[int], closes: Sequence[int], cell: int) -> None:
        self.cell = cell
        self.origin = opens[0] - ((opens[0] - first) // cell + 1) * cell
        self.entries: list[int] = []
        self.shifts: list[int] = []  # for each cell of service time: t − W(t)
        at, open_before, closed_before = self.origin, 0, 0
        for start, stop in zip(opens, closes, strict=True):
            self.entries += [open_before] * ((start - at) // cell)
            closed_before += start - at
            self.entries += [-closed_before] * ((stop - start) // cell)
            self.shifts += [self.origin + closed_before] * ((stop - start) // cell)
            open_before += stop - start
            at = stop
        self.entries += [open_before] * ((last - at) // cell + 1)

    def between(self, start: int, stop: int) -> int:
        """See ``Edges.between``."""
        start -= self.origin
        stop -= self.origin
        before = self.entries[start // self.cell]
        after = self.entries[stop // self.cell]
        return (after if after >= 0 else after + stop) - (before if before >= 0 else before + start)

    def after(self, start: int, seconds: int) -> int:
        """See ``Edges.after``."""
        start -= self.origin
        entry = self.entries[start // self.cell]
        second = seconds + (entry if entry >= 0 else entry + start)
        return second + self.shifts[second // self.cell]


def fastest_table(first: int, last: int, opens: Sequence[int], closes: Sequence[int]) -> Edges | Grid:
    """The fastest table for windows [opens[k], closes[k]) in the horizon [first, last]."""
    cell = gcd(*(edge - opens[0] for edge in (*opens, *closes)))
    if cell and (last - first) // cell < MOST_CELLS:
        return Grid(first, last, opens, closes, cell)
    return Edges(last, opens, closes)
