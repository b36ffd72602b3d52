"""Local times: what they are in Unix seconds, and that gaps and folds are reported."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.service_time.local_time import (
    AmbiguousTimeError,
    NonexistentTimeError,
    beginning,
    to_unix,
)

ZONES = [
    "Asia/Kolkata",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Havana",
]


def utc(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


def test_a_local_time_becomes_unix_seconds_without_its_fraction():
    local = datetime(2026, 7, 1, 12, 0, 0, 999_999)  # noqa: DTZ001

    assert to_unix(local, "Europe/Berlin") == utc("2026-07-01 10:00")


def test_a_local_time_in_a_gap_is_reported_with_both_readings():
    with pytest.raises(
        NonexistentTimeError, match="2026-03-29 02:30:00 does not exist in Europe/Berlin"
    ) as raised:
        to_unix(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")  # noqa: DTZ001

    assert (raised.value.earlier, raised.value.later) == (utc("2026-03-29 00:30"), utc("2026-03-29 01:30"))


def test_a_local_time_in_a_fold_is_reported_with_both_instants():
    with pytest.raises(
        AmbiguousTimeError, match="happens twice in Europe/Berlin: at .*00:30:00Z.*01:30:00Z"
    ) as raised:
        to_unix(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")  # noqa: DTZ001

    assert (raised.value.earlier, raised.value.later) == (utc("2026-10-25 00:30"), utc("2026-10-25 01:30"))


@given(st.sampled_from(ZONES), st.integers(utc("1971-01-01 00:00"), utc("2037-01-01 00:00")))
def test_what_the_wall_clock_shows_leads_back_to_the_instant_or_is_reported_as_twofold(zone, unix):
    local = datetime.fromtimestamp(unix, ZoneInfo(zone)).replace(tzinfo=None)

    try:
        instants = {to_unix(local, zone)}
    except AmbiguousTimeError as twofold:
        instants = {twofold.earlier, twofold.later}

    assert unix in instants


@pytest.mark.parametrize("local", [date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=timezone.utc), "2026-01-01"])
def test_only_a_naive_datetime_is_a_local_time(local):
    with pytest.raises(ValueError, match="is not a naive datetime"):
        to_unix(local, "UTC")


def test_a_day_begins_at_its_midnight_in_the_zone():
    assert beginning(date(2027, 7, 1), "Europe/Berlin") == 1_814_392_800
    assert beginning(date(1970, 1, 1), "UTC") == 0


def test_a_day_whose_midnight_does_not_exist_begins_where_the_clock_was_put_forward():
    # Beirut puts its clocks forward at 00:00.
    begins = beginning(date(2024, 3, 31), "Asia/Beirut")

    assert datetime.fromtimestamp(begins, ZoneInfo("Asia/Beirut")).isoformat() == "2024-03-31T01:00:00+03:00"
    assert beginning(date(2024, 3, 30), "Asia/Beirut") == begins - 86_400


def test_a_day_whose_midnight_happens_twice_begins_at_the_first():
    # Havana puts its clocks back at 01:00, so that 00:00 comes again.
    begins = beginning(date(2024, 11, 3), "America/Havana")

    assert (
        datetime.fromtimestamp(begins, ZoneInfo("America/Havana")).isoformat() == "2024-11-03T00:00:00-04:00"
    )
