"""Days as a budget of time: "5 business days", counted in the hours of a calendar.

The day on which the clock starts does not count, and a start outside the hours counts as at the next opening. The time
ends when the hours of the n-th day after it close. Business days are the days on which the calendar opens at all. Other
days are those of the calendar on the wall; where the last of them is closed, the next open one counts. The rule is that of
Regulation (EEC, Euratom) No 1182/71, Article 3. Hours over midnight belong to the day on which they open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Seconds = NDArray[np.int64]


@dataclass(frozen=True)
class Days:
    """A budget of whole days. business: whether only days count on which the calendar is open."""

    count: int
    business: bool = False


Budget = int | Days
"""What a clock may run for: service seconds, or days."""


UNKNOWN = -(1 << 62)
"""The end of days that are not over in the horizon, in arrays."""


class ServiceDays:
    """The open days of a clock in the order of time, as far as the ends of their hours are known."""

    def __init__(self, days: Iterable[tuple[int, int]]) -> None:
        """days: the ordinal of each open day's date, and the instant at which its hours close, in the clock's unit."""
        self.dates: list[int] = []
        self.ends: list[int] = []
        for date, end in days:
            if self.dates and date <= self.dates[-1]:  # the same day, told by other hours
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.dates.append(date)
                self.ends.append(max(end, self.ends[-1]) if self.ends else end)

    def finer(self, ticks: int) -> ServiceDays:
        """The same days in units of which ``ticks`` make one of these."""
        return ServiceDays(zip(self.dates, (end * ticks for end in self.ends), strict=True))

    def day(self, start: int) -> int:
        """The place of the day on which something starts that starts at that instant."""
        return bisect_right(self.ends, start)

    def last(self, day: int, budget: Days) -> int:
        """The place of the day with which a budget ends that starts on the day at that place; IndexError if it is not
        known."""
        if not budget.business:
            return bisect_left(self.dates, self.dates[day] + budget.count)
        self.dates[day]
        return day + budget.count

    def end(self, start: int, budget: Days) -> int:
        """When a budget that starts at that instant is used up; IndexError if that is not known."""
        return self.ends[self.last(self.day(start), budget)]

    def ends_of(self, start: Seconds, budget: Days) -> Seconds:
        """:meth:`end` of each of the starts; UNKNOWN where that is not known."""
        import numpy as np

        dates, ends = self._arrays
        if not dates.size:
            return np.full(start.shape, UNKNOWN)
        day = np.searchsorted(ends, start, side="right")
        begun = dates.take(day, mode="clip")
        last = day + budget.count if budget.business else np.searchsorted(dates, begun + budget.count)
        known = (day < dates.size) & (last < dates.size)
        return np.where(known, ends.take(last, mode="clip"), UNKNOWN)

    @cached_property
    def _arrays(self) -> tuple[Seconds, Seconds]:
        import numpy as np

        return np.array(self.dates, np.int64), np.array(self.ends, np.int64)
