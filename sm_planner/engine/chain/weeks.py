"""Weeks alike: of the weeks of a year in which the same hours are open, the first is followed, and counts for all.

What becomes of a start depends on nothing but the hours that are open from then until it is done. So two weeks come to the same,
some weeks apart, if all hours of a chain are open alike in them and in the weeks after them in which their starts are done.
Whether they are done by then is seen when the first of the weeks alike has been followed. A week with a holiday is alike to
those with such a holiday; one that ends before the others, or whose hours are not known to their end, stands alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sm_planner.engine.chain.course import Hours, Span
from sm_planner.engine.service_time.local_time import beginning, load_zone

AHEAD = (1, 4)
"""Weeks after its own in which the starts of a week are to be done: the first as a rule, more if it takes more."""

WEEK = 7 * 86_400


class Weeks(NamedTuple):
    """The weeks to follow, in the order of time; Unix seconds.

    followed: the first of the weeks alike, and those that stand alone. alike: of each, how many seconds later than it the
    weeks begin that it counts for; 0 for itself. before: of each, the instant before which all of its starts have to be done for
    that; None for one that stands alone.
    """

    followed: tuple[Span, ...]
    alike: tuple[tuple[int, ...], ...]
    before: tuple[int | None, ...]

    @property
    def saves(self) -> bool:
        """Whether few are to follow."""
        return 2 * len(self.followed) <= sum(map(len, self.alike))


def weeks(hours: Collection[Hours], zone: str, first: int, last: int, ahead: int) -> Weeks:
    """The weeks of the starts in [first, last), from the day of the first on; alike in these hours as far as so many weeks
    after them."""
    edges = _edges(zone, first, last, ahead)
    opened = [one.between(edges) for one in hours]
    seen: dict[tuple, int] = {}
    alike: dict[int, list[int]] = {}
    for week in range(bisect_left(edges, last)):
        shape = tuple(each[week : week + ahead + 1] for each in opened)
        whole = edges[week + 1] <= last and not any(None in one for one in shape)
        here = seen.setdefault(shape, week) if whole else week
        alike.setdefault(here, []).append(edges[week] - edges[here])
    return Weeks(
        tuple((edges[week], min(edges[week + 1], last)) for week in alike),
        tuple(map(tuple, alike.values())),
        tuple(edges[week + ahead + 1] if len(later) > 1 else None for week, later in alike.items()),
    )


@lru_cache(maxsize=64)
def _edges(zone: str, first: int, last: int, ahead: int) -> tuple[int, ...]:
    """The first instant, and the beginnings of the weeks after it, until so many lie behind the last."""
    number = -(-(last - first) // WEEK) + ahead + 1
    if not zone:
        return tuple(range(first, first + WEEK * number + 1, WEEK))
    day = datetime.fromtimestamp(first, load_zone(zone)).date()
    return first, *(beginning(day + timedelta(weeks=week), zone) for week in range(1, number + 1))
