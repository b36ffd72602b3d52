"""On which days a time of the business calendar is: once, or by its rule, less the days that are left out, or as they are moved.

A rule is counted from the first day, never from the time before, so that nothing drifts; and it is entered where the
days that are asked for begin, however long ago it began.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday, LeftOutDay
from sm_planner.engine.model.vocabulary import DAILY, WEEKDAYS, WEEKLY, WHICH_OF_MONTH, YEARLY
from sm_planner.engine.rhythm.months import months_after, series

WEEK = 7
LAST = WHICH_OF_MONTH[-1]


def is_dated(entry: BusyTime) -> bool:
    """Whether it has days: a first one and a last one, which is no earlier."""
    return entry.from_date is not None and entry.to_date is not None and entry.from_date <= entry.to_date


def days(entry: BusyTime, first: date, last: date) -> list[int]:
    """The days from the first to the last one on which the entry is at its own hours, as ordinals in order.

    A day to which it is moved is one of them; with hours of its own it is one of :func:`moved`.
    """
    if not is_dated(entry) or first > last:
        return []
    low, high = first.toordinal(), last.toordinal()
    out = {one.day.toordinal() for one in entry.left_out if one.day}
    instead = {day for day, row in _moves(entry) if not row.has_hours and low <= day <= high}
    return sorted((_by_rule(entry, low, high) - out) | instead)


def moved(entry: BusyTime, first: date, last: date) -> list[tuple[int, LeftOutDay]]:
    """The days from the first to the last one to which the entry is moved at other hours, as ordinals, each with what says so."""
    low, high = first.toordinal(), last.toordinal()
    return [(day, row) for day, row in _moves(entry) if row.has_hours and low <= day <= high]


def is_within(entry: BusyTime, first: date, last: date) -> bool:
    """Whether the entry is on any of the days from the first to the last one, at whatever hours."""
    return bool(days(entry, first, last) or moved(entry, first, last))


def runs(found: list[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other, as their first and their last one."""
    begin = 0
    for place, day in enumerate(found):
        if place + 1 == len(found) or found[place + 1] != day + 1:
            yield found[begin], day
            begin = place + 1


def _moves(entry: BusyTime) -> Iterator[tuple[int, LeftOutDay]]:
    """To which day a day of the entry is moved. What its rule does not give is moved by nothing."""
    for row in entry.left_out if is_dated(entry) else ():
        if row.day and row.moves:
            day = row.day.toordinal()
            if _by_rule(entry, day, day):
                yield (row.instead_on or row.day).toordinal(), row


def _by_rule(entry: BusyTime, low: int, high: int) -> set[int]:
    """The days between two ordinals that the rule gives."""
    length = (entry.to_date - entry.from_date).days
    return {
        day
        for start in _starts(entry, low - length, high)
        for day in range(max(start, low), min(start + length, high) + 1)
    }


def _starts(entry: BusyTime, low: int, high: int) -> Iterator[int]:
    """The first days of each time that begins between two ordinals."""
    begin = entry.from_date.toordinal()
    if not entry.repeats:
        if low <= begin <= high:
            yield begin
        return
    low = max(low, begin)
    high = min(high, entry.repeats_until.toordinal() if entry.repeats_until else high)
    every = entry.every or 1
    if entry.repeats == DAILY:
        yield from range(begin + -(-(low - begin) // every) * every, high + 1, every)
    elif entry.repeats == WEEKLY:
        yield from _by_week(entry, every, low, high)
    elif low <= high:
        months = every * (12 if entry.repeats == YEARLY else 1)
        yield from _by_month(entry, months, date.fromordinal(low), date.fromordinal(high))


def _by_week(entry: BusyTime, every: int, low: int, high: int) -> Iterator[int]:
    begin = entry.from_date.toordinal()
    monday = begin - entry.from_date.weekday()
    named = sorted({WEEKDAYS.index(row.weekday) for row in entry.weekdays if row.weekday})
    step = every * WEEK
    for week in range(monday + max(0, low - monday) // step * step, high + 1, step):
        for weekday in named or [entry.from_date.weekday()]:
            if low <= week + weekday <= high:
                yield week + weekday


def _by_month(entry: BusyTime, months: int, low: date, high: date) -> Iterator[int]:
    rows = [row for row in entry.weekdays if row.weekday]
    if not rows:
        yield from (day.toordinal() for day in series(entry.from_date, months, low, high))
        return
    first = entry.from_date.replace(day=1)
    for month in series(first, months, low.replace(day=1), high):
        found = {day for row in rows for day in _in_month(month, row)}
        yield from sorted(day for day in found if low.toordinal() <= day <= high.toordinal())


def _in_month(month: date, row: BusyWeekday) -> list[int]:
    """The weekdays of a row in a month, which is given by its first day."""
    first = month.toordinal() + (WEEKDAYS.index(row.weekday) - month.weekday()) % WEEK
    end = months_after(month, 1)
    every = list(range(first, end.toordinal() + (end == date.max), WEEK))
    if not row.which:
        return every
    if row.which == LAST:
        return every[-1:]
    place = WHICH_OF_MONTH.index(row.which)
    return every[place : place + 1]
