"""Service hours in the zone of a reader: against a look at each minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.model import Calendar, Plan
from sm_planner.engine.model.services import CalendarHoliday, CalendarWindow
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.service_time.calendars import CalendarError, hours_of
from sm_planner.engine.service_time.reader_days import coming_days

OFFICE = Calendar(
    id="office",
    timezone="Europe/Berlin",
    windows=tuple(CalendarWindow(weekday=day, opens="09:00", closes="17:00") for day in WEEKDAYS[:5]),
)


PLAN = Plan(id="plan", calendars=(OFFICE,))


def at(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def told(calendar: Calendar, now: int, zone: str) -> dict[str, list[str]]:
    return {
        str(one.day): [f"{opens}-{closes}" for opens, closes in one.spans]
        for one in coming_days(PLAN, calendar, now, zone)
    }


def test_a_reader_elsewhere_reads_his_own_clock_and_the_holidays_in_it():
    closed = replace(OFFICE, holidays=(CalendarHoliday(day=date(2027, 1, 14)),))
    found = told(closed, at("2027-01-13T12:00"), "America/New_York")
    assert found["2027-01-13"] == ["03:00-11:00"]
    assert found["2027-01-14"] == []
    assert found["2027-01-16"] == []
    assert list(found) == [str(date(2027, 1, 13) + timedelta(days=number)) for number in range(7)]


def test_hours_move_on_the_clock_of_a_reader_when_only_one_of_the_two_clocks_was_changed():
    found = told(
        OFFICE, at("2027-03-11T12:00"), "America/New_York"
    )  # which puts its clock forward on the 14th
    assert found["2027-03-12"] == ["03:00-11:00"]
    assert found["2027-03-15"] == ["04:00-12:00"]


def test_a_day_of_the_reader_begins_within_the_hours_of_the_calendar():
    found = told(OFFICE, at("2027-01-13T12:00"), "Pacific/Auckland")
    assert found["2027-01-14"] == ["00:00-05:00", "21:00-24:00"]


def test_hours_that_hold_on_none_of_the_days_are_not_told():
    with pytest.raises(CalendarError):
        coming_days(PLAN, replace(OFFICE, valid_until=date(2026, 1, 1)), at("2027-01-13T12:00"), "UTC")
    with pytest.raises(CalendarError):
        coming_days(PLAN, replace(OFFICE, timezone=""), at("2027-01-13T12:00"), "UTC")


@settings(max_examples=40, deadline=None)
@given(
    st.integers(at("2027-01-01T00:00") // 3600, at("2028-01-01T00:00") // 3600),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "UTC"]),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
    st.sampled_from([("09:00", "17:00"), ("22:00", "06:00"), ("00:00", "24:00")]),
)
def test_every_quarter_of_an_hour_is_open_as_the_calendar_says(hour, zone, own, window):
    opens, closes = window
    windows = tuple(CalendarWindow(weekday=day, opens=opens, closes=closes) for day in WEEKDAYS[:6])
    calendar = replace(OFFICE, timezone=own, windows=windows)
    now = hour * 3600
    days = {one.day: one.spans for one in coming_days(PLAN, calendar, now, zone)}
    first = min(days)
    clock = hours_of(calendar, PLAN).compile(first - timedelta(days=3), first + timedelta(days=12))
    for step in range(0, 6 * 86_400, 900):
        local = datetime.fromtimestamp(now + step, timezone.utc).astimezone(ZoneInfo(zone))
        later = datetime.fromtimestamp(now + step + 7200, timezone.utc).astimezone(ZoneInfo(zone))
        sooner = datetime.fromtimestamp(now + step - 7200, timezone.utc).astimezone(ZoneInfo(zone))
        if sooner.utcoffset() != later.utcoffset() or local.date() not in days:
            continue  # around a change of the clocks a label may stand for two instants
        shown = f"{local:%H:%M}"
        is_open = any(opens <= shown < closes for opens, closes in days[local.date()])
        assert is_open == bool(clock.elapsed(now + step, now + step + 1)), (local, days[local.date()])
