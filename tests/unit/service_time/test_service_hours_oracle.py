"""Service hours against an oracle that reads the wall clock at every minute, around telling days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock

TELLING_DAYS = {
    "Asia/Kolkata": [date(2024, 2, 28), date(2025, 2, 28)],  # a leap year and a common one; +05:30
    "Europe/Berlin": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # clocks change by half an hour
    "Pacific/Apia": [date(2011, 12, 29), date(2011, 12, 31)],  # 30 December 2011 did not happen
    "America/Havana": [date(2026, 3, 8), date(2026, 11, 1)],  # clocks change at midnight
}


@lru_cache
def wall_minutes(timezone_name: str, first_day: date, last_day: date) -> list[tuple[int, datetime]]:
    """Each minute (Unix seconds) of the days, with the latest time that the wall clock has shown by then."""
    zone = ZoneInfo(timezone_name)
    minute = int(datetime.fromisoformat(f"{first_day - timedelta(days=2)}T00:00+00:00").timestamp())
    shown, minutes = datetime(1, 1, 1), []  # noqa: DTZ001
    while shown.date() <= last_day:
        shown = max(shown, datetime.fromtimestamp(minute, zone).replace(tzinfo=None))
        minutes.append((minute, shown))
        minute += 60
    return [(unix, wall) for unix, wall in minutes if first_day <= wall.date() <= last_day]


def covers(text: str, day: date, wall: datetime) -> bool:
    """Whether the span written as ``text`` and placed on ``day`` has the wall time in it."""
    opens, closes = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    if closes <= opens:
        closes += 24 * 60
    minutes = (wall - datetime.combine(day, datetime.min.time())) // timedelta(minutes=1)
    return opens <= minutes < closes


def is_open(wall: datetime, windows: dict, holidays: list, openings: list) -> bool:
    days = (wall.date(), wall.date() - timedelta(days=1))
    if any(covers(text, day, wall) for day, text in openings if day in days):
        return True
    if wall.date() in holidays:
        return False
    if any(covers(holiday[1], holiday[0], wall) for holiday in holidays if isinstance(holiday, tuple)):
        return False
    return any(
        covers(text, day, wall)
        for day in days
        if day not in holidays
        for text in windows.get(WEEK[day.weekday()], ())
    )


def open_minutes(clock: Clock) -> Iterator[int]:
    for start, stop in zip(clock.opens, clock.closes, strict=True):
        yield from range(start, stop, 60)


quarters = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 59]))
spans = (
    st.tuples(quarters, quarters | st.just("24:00")).filter(lambda edges: edges[0] != edges[1]).map("-".join)
)
weeks = st.dictionaries(st.sampled_from(WEEK), st.lists(spans, max_size=3), max_size=7)


@st.composite
def random_hours(draw):
    zone = draw(st.sampled_from(sorted(TELLING_DAYS)))
    middle = draw(st.sampled_from(TELLING_DAYS[zone]))
    first_day = middle - timedelta(days=draw(st.integers(0, 1)))
    last_day = middle + timedelta(days=draw(st.integers(0, 1)))
    near = st.sampled_from([middle + timedelta(days=days) for days in range(-2, 3)])
    return {
        "timezone": zone,
        "windows": draw(weeks),
        "holidays": draw(st.lists(near | st.tuples(near, spans), max_size=2)),
        "openings": draw(st.lists(st.tuples(near, spans), max_size=2)),
    }, (first_day, last_day)


@settings(max_examples=150, deadline=None)
@given(random_hours())
def test_exactly_the_minutes_are_open_at_which_the_wall_clock_is_in_a_window(case):
    hours, days = case
    expected = [
        unix
        for unix, wall in wall_minutes(hours["timezone"], *days)
        if is_open(wall, hours["windows"], hours["holidays"], hours["openings"])
    ]

    clock = ServiceHours(**hours).compile(*days)

    assert list(open_minutes(clock)) == expected


@settings(max_examples=50, deadline=None)
@given(random_hours())
def test_open_intervals_are_sorted_disjoint_and_within_the_horizon(case):
    hours, days = case

    clock = ServiceHours(**hours).compile(*days)

    edges = [edge for interval in zip(clock.opens, clock.closes, strict=True) for edge in interval]
    assert all(earlier < later for earlier, later in zip(edges, edges[1:], strict=False))
    assert not edges or clock.first <= edges[0] and edges[-1] <= clock.last


@settings(max_examples=50, deadline=None)
@given(random_hours())
def test_clocks_of_consecutive_days_together_are_the_clock_of_all_days(case):
    hours, (first_day, last_day) = case
    hours = ServiceHours(**hours)

    whole = hours.compile(first_day, last_day)
    parts = [
        hours.compile(day, day)
        for day in (first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1))
    ]

    assert [part.first for part in parts[1:]] == [part.last for part in parts[:-1]]
    assert sum(part.total for part in parts) == whole.total
