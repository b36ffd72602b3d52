"""Days that come back daily, weekly, monthly, quarterly or yearly, each counted from the first, so that no day drifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from sm_planner.engine.rhythm.months import months_after

_DAYS = {"Daily": 1, "Weekly": 7}
_MONTHS = {"Monthly": 1, "Quarterly": 3, "Yearly": 12}
"""Frequency → after how many days, or months, again."""


def returns(frequency: str) -> bool:
    """Whether something of this frequency comes back."""
    return frequency in _DAYS or frequency in _MONTHS


def nth(first: date, frequency: str, number: int) -> date:
    """The day of a series that comes so many after the first; the last of all days where there is none any more."""
    if days := _DAYS.get(frequency):
        ordinal = first.toordinal() + number * days
        return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else date.max
    return months_after(first, number * _MONTHS[frequency])


def period_after(day: date, frequency: str) -> date:
    """The day a period later."""
    return nth(day, frequency, 1)


def place(first: date, frequency: str, day: date) -> int:
    """The number of the last day of a series that is not after a day; below 0 before the first."""
    if days := _DAYS.get(frequency):
        return (day - first).days // days
    months = (day.year - first.year) * 12 + day.month - first.month
    number = months // _MONTHS[frequency]
    return number if number < 0 or nth(first, frequency, number) <= day else number - 1


def days_of(first: date, frequency: str, since: date, until: date) -> Iterator[date]:
    """The days of a series between two days, both of them included."""
    for number in count(max(0, place(first, frequency, since))):
        day = nth(first, frequency, number)
        if day > until or day == date.max:
            return
        if day >= since:
            yield day
