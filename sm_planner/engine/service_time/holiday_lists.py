"""Lists of holidays of other programs: which of their days are holidays of a service calendar.

Such a list also holds the days off of every week. In a service calendar these are no holidays: it has windows for the
days of the week. But a list marks a holiday that falls on a Saturday as a day off too, and keeps what it is only in
the text beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class ListedDay(NamedTuple):
    """A row of a list. title: plain text; empty where the list says nothing."""

    day: date
    title: str
    weekly_off: bool
    half_day: bool = False


class Sorted(NamedTuple):
    """The days of a list. holidays: day → title; the others are days that a calendar does not take over."""

    holidays: dict[date, str]
    days_off: tuple[date, ...]
    half_days: tuple[date, ...]


def sort(rows: Iterable[ListedDay], weekday_names: Iterable[str] = ()) -> Sorted:
    """Tell holidays from days off that come back each week, and from holidays of half a day, whose hours no list has.

    A day off is one without a text, or with a text that is one of ``weekday_names``, or that stands on more of the
    days off on this day of the week than any other, and more than once. Where a day stands twice, a holiday goes
    before a day off.
    """
    rows = tuple(rows)
    usual = {*_usual_titles(rows), *((number, "") for number in range(7))}
    names = {name.casefold() for name in weekday_names}
    holidays: dict[date, str] = {}
    days_off, half_days = set(), set()
    for row in rows:
        title = row.title.casefold()
        if row.weekly_off and (title in names or (row.day.weekday(), title) in usual):
            days_off.add(row.day)
        elif row.half_day:
            half_days.add(row.day)
        else:
            holidays.setdefault(row.day, row.title)
    half_days -= set(holidays)
    days_off -= {*holidays, *half_days}
    return Sorted(dict(sorted(holidays.items())), tuple(sorted(days_off)), tuple(sorted(half_days)))


def _usual_titles(rows: tuple[ListedDay, ...]) -> set[tuple[int, str]]:
    """For each day of the week, the text that most of its days off have: what a list calls this day off."""
    counted = Counter((row.day.weekday(), row.title.casefold()) for row in rows if row.weekly_off)
    usual = set()
    for number in range(7):
        of_day = Counter({title: n for (weekday, title), n in counted.items() if weekday == number})
        most = of_day.most_common(2)
        if most and most[0][1] > 1 and (len(most) == 1 or most[0][1] > most[1][1]):
            usual.add((number, most[0][0]))
    return usual
