"""Days that come back: against a rule that is asked day by day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday, LeftOutDay
from sm_planner.engine.model.vocabulary import (
    DAILY,
    MONTHLY,
    REPEATS,
    WEEKDAYS,
    WEEKLY,
    WHICH_OF_MONTH,
    YEARLY,
)
from sm_planner.engine.rhythm.recurrence import days, runs

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
ROWS = st.builds(BusyWeekday, weekday=st.sampled_from(WEEKDAYS), which=st.sampled_from(("", *WHICH_OF_MONTH)))


def entry(begin: str, end: str = "", **rest) -> BusyTime:
    return BusyTime(
        id="x", from_date=date.fromisoformat(begin), to_date=date.fromisoformat(end or begin), **rest
    )


def says(found: BusyTime, first: str, last: str) -> list[str]:
    ordinals = days(found, date.fromisoformat(first), date.fromisoformat(last))
    return [date.fromordinal(one).isoformat() for one in ordinals]


def starts_on(one: BusyTime, day: date) -> bool:
    """Whether the entry begins on a day, as a person would look it up in a calendar."""
    begin, every = one.from_date, one.every or 1
    if not one.repeats or day < begin or (one.repeats_until and day > one.repeats_until):
        return day == begin and not (one.repeats and one.repeats_until and day > one.repeats_until)
    rows = [row for row in one.weekdays if row.weekday]
    if one.repeats == DAILY:
        return (day - begin).days % every == 0
    if one.repeats == WEEKLY:
        monday = begin - timedelta(days=begin.weekday())
        named = {row.weekday for row in rows} or {WEEKDAYS[begin.weekday()]}
        return (day - monday).days // 7 % every == 0 and WEEKDAYS[day.weekday()] in named
    months = (day.year - begin.year) * 12 + day.month - begin.month
    if months % (every * (12 if one.repeats == YEARLY else 1)):
        return False
    length = monthrange(day.year, day.month)[1]
    if not rows:
        return day.day == min(begin.day, length)
    place = WHICH_OF_MONTH[(day.day - 1) // 7]
    is_last = day.day + 7 > length
    return any(
        row.weekday == WEEKDAYS[day.weekday()]
        and (row.which in ("", place) or (row.which == "Last" and is_last))
        for row in rows
    )


@settings(max_examples=300)
@given(
    begin=DAYS,
    length=st.integers(0, 9),
    repeats=st.sampled_from(("", *REPEATS)),
    every=st.none() | st.integers(1, 5),
    until=st.none() | DAYS,
    rows=st.lists(ROWS, max_size=3),
    out=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=3),
    first=DAYS,
    span=st.integers(0, 400),
)
def test_the_days_are_those_of_a_calendar(begin, length, repeats, every, until, rows, out, first, span):
    one = BusyTime(
        id="x",
        from_date=begin,
        to_date=begin + timedelta(days=length),
        repeats=repeats,
        every=every,
        repeats_until=until,
        weekdays=tuple(rows),
        left_out=tuple(LeftOutDay(day=day, instead_on=to) for day, to in out),
    )
    last = first + timedelta(days=span)
    asked = [first + timedelta(days=number) for number in range(span + 1)]

    def is_by_rule(day: date) -> bool:
        return any(starts_on(one, day - timedelta(days=back)) for back in range(length + 1))

    moved_from = {day for day, _to in out}
    moved_to = {to for day, to in out if to and is_by_rule(day)}
    expected = [
        day.toordinal() for day in asked if day in moved_to or (day not in moved_from and is_by_rule(day))
    ]
    assert days(one, first, last) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            entry("2027-01-09", repeats=MONTHLY, weekdays=(BusyWeekday(weekday="Saturday", which="Second"),)),
            ["2027-01-09", "2027-02-13", "2027-03-13"],
        ),
        (
            entry("2027-01-25", repeats=MONTHLY, weekdays=(BusyWeekday(weekday="Friday", which="Last"),)),
            ["2027-01-29", "2027-02-26", "2027-03-26"],
        ),
        (entry("2027-01-31", repeats=MONTHLY), ["2027-01-31", "2027-02-28", "2027-03-31"]),
        (entry("2024-02-29", repeats=YEARLY), ["2027-02-28"]),
        (
            entry("2027-01-04", repeats=WEEKLY, every=4, left_out=(LeftOutDay(day=date(2027, 2, 1)),)),
            ["2027-01-04", "2027-03-01", "2027-03-29"],
        ),
        (entry("2027-02-01", "2027-01-01"), []),
    ],
)
def test_rules_that_people_write(found, expected):
    assert says(found, "2027-01-01", "2027-03-31") == expected


def test_a_rule_goes_on_to_the_end_of_time():
    assert days(entry("2027-01-01", repeats=DAILY), date.max, date.max) == [date.max.toordinal()]
    assert days(
        entry("2027-01-01", repeats=MONTHLY, weekdays=(BusyWeekday(weekday="Friday", which="Last"),)),
        date(9999, 12, 1),
        date.max,
    ) == [date.max.toordinal()]


@given(st.sets(st.integers(0, 30)))
def test_runs_are_the_same_days(found):
    told = list(runs(sorted(found)))
    assert [day for first, last in told for day in range(first, last + 1)] == sorted(found)
    assert all(before[1] + 1 < after[0] for before, after in zip(told, told[1:], strict=False))
