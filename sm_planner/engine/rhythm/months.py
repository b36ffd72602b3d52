"""Days that come back every so many months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date
from itertools import count


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month where it is shorter.

    months: fewer than 0 count back. Beyond the calendar it is the last day that can be written, or the first.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    if year < MINYEAR:
        return date.min
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def series(first: date, months: int, since: date, until: date) -> Iterator[date]:
    """The days of a fixed series between two days, both of them included.

    Each is counted from the first day, so that a series of the 31st comes back to the 31st after February. months: 1
    or more.
    """
    passed = (since.year - first.year) * 12 + since.month - first.month
    for number in count(max(0, passed // months)):
        day = months_after(first, number * months)
        if day > until or day == date.max:
            return
        if day >= since:
            yield day
