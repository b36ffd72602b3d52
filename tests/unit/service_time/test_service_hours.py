"""Service hours: what they refuse, and which instants they call open, against an oracle of minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours

OFFICE = {weekday: ["09:00-17:00"] for weekday in WEEK[:5]}
NIGHTS = {weekday: ["22:00-06:00"] for weekday in WEEK}
SPRING = date(2026, 3, 29)  # Berlin: 02:00 becomes 03:00
AUTUMN = date(2026, 10, 25)  # Berlin: 03:00 becomes 02:00


def utc(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


def open_times(hours: ServiceHours, first_day: date, last_day: date) -> list[tuple[str, str]]:
    """Open intervals as local times, for tests where the zone has one offset throughout."""
    zone = ZoneInfo(hours.timezone)
    clock = hours.compile(first_day, last_day)
    return [
        (f"{datetime.fromtimestamp(start, zone):%a %H:%M}", f"{datetime.fromtimestamp(stop, zone):%a %H:%M}")
        for start, stop in zip(clock.opens, clock.closes, strict=True)
    ]


def seconds_open(hours: ServiceHours, first_day: date, last_day: date) -> int:
    return hours.compile(first_day, last_day).total


# --- windows -------------------------------------------------------------------------------------------


def test_a_day_may_have_any_number_of_windows():
    hours = ServiceHours("UTC", {"monday": ["13:00-17:00", "09:00-12:00", "18:30-19:00"]})

    times = open_times(hours, date(2026, 1, 5), date(2026, 1, 11))

    assert times == [("Mon 09:00", "Mon 12:00"), ("Mon 13:00", "Mon 17:00"), ("Mon 18:30", "Mon 19:00")]


def test_windows_that_overlap_or_touch_are_merged_also_over_midnight():
    hours = ServiceHours(
        "UTC",
        {"monday": ["09:00-12:00", "11:00-13:00", "13:00-14:00", "22:00-06:00"], "tuesday": ["05:00-07:00"]},
    )

    times = open_times(hours, date(2026, 1, 5), date(2026, 1, 11))

    assert times == [("Mon 09:00", "Mon 14:00"), ("Mon 22:00", "Tue 07:00")]


def test_a_window_over_midnight_belongs_to_the_day_it_starts_on():
    hours = ServiceHours("UTC", {"sunday": ["22:00-06:00"]})

    assert open_times(hours, date(2026, 1, 5), date(2026, 1, 11)) == [
        ("Mon 00:00", "Mon 06:00"),  # of Sunday the 4th
        ("Sun 22:00", "Mon 00:00"),  # cut at the end of the horizon
    ]


def test_a_window_may_close_at_midnight_and_have_seconds():
    hours = ServiceHours("UTC", {"monday": ["23:00-00:00"], "tuesday": ["23:59:30-24:00:00"]})

    assert seconds_open(hours, date(2026, 1, 5), date(2026, 1, 5)) == 3600
    assert seconds_open(hours, date(2026, 1, 6), date(2026, 1, 6)) == 30


def test_always_open_is_one_interval_over_the_whole_horizon():
    clock = ServiceHours.always("Europe/Berlin").compile(date(2026, 1, 1), date(2026, 12, 31))

    assert (clock.opens, clock.closes) == ((clock.first,), (clock.last,))
    assert clock.total == 365 * 86_400


def test_weekdays_are_read_in_any_case_and_equal_hours_are_equal_and_hash_alike():
    one = ServiceHours("UTC", {"Monday": ["09:00-12:00", "12:00-17:00"]}, holidays=[SPRING, SPRING])
    other = ServiceHours("UTC", {"monday": ["9:00-17:00"], "tuesday": []}, holidays=[SPRING])

    assert one == other
    assert hash(one) == hash(other)


def test_service_hours_cannot_be_changed():
    hours = ServiceHours("UTC", OFFICE)

    with pytest.raises(AttributeError):
        hours.timezone = "Europe/Berlin"


# --- holidays, openings, validity ----------------------------------------------------------------------


def test_a_holiday_closes_what_starts_on_it_and_what_runs_into_it():
    hours = ServiceHours("UTC", NIGHTS, holidays=[date(2026, 12, 25)])  # a Friday

    assert open_times(hours, date(2026, 12, 24), date(2026, 12, 26)) == [
        ("Thu 00:00", "Thu 06:00"),
        ("Thu 22:00", "Fri 00:00"),  # cut where the holiday begins
        ("Sat 22:00", "Sun 00:00"),  # the night that began on the holiday is closed to its end
    ]


def test_a_window_that_starts_after_a_holiday_is_open_though_the_holidays_night_is_not():
    windows = {"friday": ["22:00-06:00"], "saturday": ["05:00-12:00"]}
    hours = ServiceHours("UTC", windows, holidays=[date(2026, 12, 25)])

    assert open_times(hours, date(2026, 12, 25), date(2026, 12, 26)) == [("Sat 05:00", "Sat 12:00")]


def test_a_holiday_of_part_of_a_day_closes_just_those_hours():
    hours = ServiceHours("UTC", OFFICE | {"thursday": ["09:00-17:00", "22:00-02:00"]})
    closed = ServiceHours("UTC", OFFICE | {"thursday": ["09:00-17:00", "22:00-02:00"]},
                          holidays=[(date(2026, 12, 24), "12:00-23:00")])  # fmt: skip

    assert open_times(closed, date(2026, 12, 24), date(2026, 12, 25))[:2] == [
        ("Thu 09:00", "Thu 12:00"),
        ("Thu 23:00", "Fri 02:00"),
    ]
    assert seconds_open(hours, date(2026, 12, 24), date(2026, 12, 25)) == (
        seconds_open(closed, date(2026, 12, 24), date(2026, 12, 25)) + 6 * 3600
    )


def test_a_holiday_of_part_of_a_day_may_run_over_midnight():
    hours = ServiceHours("UTC", NIGHTS, holidays=[(date(2026, 12, 24), "12:00-06:00")])

    assert open_times(hours, date(2026, 12, 24), date(2026, 12, 25)) == [
        ("Thu 00:00", "Thu 06:00"),
        ("Fri 22:00", "Sat 00:00"),
    ]


def test_an_extra_opening_opens_beside_the_windows_and_over_holidays():
    hours = ServiceHours(
        "UTC",
        OFFICE,
        holidays=[date(2026, 12, 25)],
        openings=[(date(2026, 12, 25), "10:00-12:00"), (date(2026, 12, 26), "23:00-01:00")],
    )

    assert open_times(hours, date(2026, 12, 25), date(2026, 12, 27)) == [
        ("Fri 10:00", "Fri 12:00"),
        ("Sat 23:00", "Sun 01:00"),
    ]


def test_the_horizon_is_cut_to_the_days_on_which_the_hours_are_valid():
    hours = ServiceHours("UTC", NIGHTS, valid_from=date(2026, 2, 1), valid_until=date(2026, 2, 2))

    clock = hours.compile(date(2026, 1, 1), date(2026, 12, 31))

    assert (clock.first, clock.last) == (utc("2026-02-01 00:00"), utc("2026-02-03 00:00"))
    assert clock.total == 2 * 8 * 3600


def test_hours_that_succeed_each_other_leave_no_gap_in_the_night_between():
    until = ServiceHours("UTC", NIGHTS, valid_until=date(2026, 2, 1))
    since = ServiceHours("UTC", NIGHTS, valid_from=date(2026, 2, 2))

    days = date(2026, 1, 1), date(2026, 12, 31)

    assert until.compile(*days).closes[-1] == since.compile(*days).opens[0]


# --- daylight saving -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("changing", "length"), [(SPRING, 7), (AUTUMN, 9)])
def test_the_night_shift_of_a_change_of_the_clocks_has_the_hours_it_really_has(changing, length):
    hours = ServiceHours("Europe/Berlin", {"saturday": ["22:00-06:00"]})

    assert seconds_open(hours, changing - timedelta(days=1), changing) == length * 3600


def test_an_edge_in_a_gap_lies_at_the_jump():
    hours = ServiceHours("Europe/Berlin", {"sunday": ["01:00-02:30", "02:45-04:00"]})

    clock = hours.compile(SPRING, SPRING)

    assert (clock.opens, clock.closes) == ((utc("2026-03-29 00:00"),), (utc("2026-03-29 02:00"),))


def test_a_window_within_a_gap_is_never_open():
    hours = ServiceHours("Europe/Berlin", {"sunday": ["02:15-02:45"]})

    assert hours.compile(SPRING, SPRING).opens == ()


def test_an_edge_in_a_fold_lies_at_its_first_occurrence():
    hours = ServiceHours("Europe/Berlin", {"sunday": ["02:30-03:00"]})

    clock = hours.compile(AUTUMN, AUTUMN)

    assert (clock.opens, clock.closes) == ((utc("2026-10-25 00:30"),), (utc("2026-10-25 02:00"),))


def test_a_day_that_did_not_happen_has_no_service_time():
    hours = ServiceHours("Pacific/Apia", {weekday: ["08:00-16:00"] for weekday in WEEK})

    skipped = hours.compile(date(2011, 12, 30), date(2011, 12, 30))

    assert (skipped.first, skipped.last - skipped.first, skipped.total) == (utc("2011-12-30 10:00"), 0, 0)
    assert seconds_open(hours, date(2011, 12, 29), date(2011, 12, 31)) == 16 * 3600


# --- refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"timezone": "Europe/Berln"}, "'Europe/Berln' is not an IANA time zone; did you mean Europe/Berlin"),
        ({"timezone": "../etc/passwd"}, "'../etc/passwd' is not an IANA time zone"),
        ({"timezone": "Europe"}, "'Europe' is not an IANA time zone"),
        ({"timezone": ""}, "'' is not an IANA time zone; write it like 'Europe/Berlin'"),
        ({"timezone": None}, "None is not an IANA time zone"),
        ({"windows": {"mon": ["09:00-17:00"]}}, "'mon' is not a weekday; write one of monday, tuesday"),
        ({"windows": {0: ["09:00-17:00"]}}, "0 is not a weekday"),
        ({"windows": {"monday": "09:00-17:00"}}, "windows of monday: '09:00-17:00' is not a list"),
        ({"windows": {"monday": ["9-17"]}}, "windows of monday: '9-17' is not a span of time"),
        ({"windows": {"monday": [("09:00", "17:00")]}}, "is not a span of time; write it like"),
        ({"windows": {"monday": ["09:00-25:00"]}}, "'09:00-25:00' is not on the clock"),
        ({"windows": {"monday": ["24:00-06:00"]}}, "'24:00-06:00' is not on the clock"),
        ({"windows": {"monday": ["09:60-17:00"]}}, "'09:60-17:00' is not on the clock"),
        ({"windows": {"monday": ["09:00-09:00"]}}, 'closes as it opens; a whole day is "00:00-24:00"'),
        ({"holidays": ["2026-12-25"]}, "holidays: '2026-12-25' is not a date"),
        ({"holidays": [datetime(2026, 12, 25, tzinfo=timezone.utc)]}, "holidays: datetime.* is not a date"),
        ({"holidays": [(SPRING, "noon")]}, "holidays on 2026-03-29: 'noon' is not a span of time"),
        ({"holidays": [(SPRING,)]}, "is not a pair of a day and its hours"),
        ({"openings": [SPRING]}, "openings: .* is not a pair of a day and its hours"),
        ({"valid_from": "2026-01-01"}, "valid_from: '2026-01-01' is not a date"),
        ({"valid_until": 2026}, "valid_until: 2026 is not a date"),
        (
            {"valid_from": AUTUMN, "valid_until": SPRING},
            "valid_until: 2026-03-29 lies before valid_from 2026-10-25",
        ),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_the_value_and_what_to_write(change, message):
    with pytest.raises(ValueError, match=message):
        ServiceHours(**{"timezone": "UTC", "windows": OFFICE} | change)


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ((AUTUMN, SPRING), "last_day: 2026-03-29 lies before first_day 2026-10-25"),
        (("2026-01-01", SPRING), "first_day: '2026-01-01' is not a date"),
        (
            (date(2027, 1, 1), date(2027, 2, 1)),
            "valid from ever until 2026-12-31, on no day from 2027-01-01 to",
        ),
        ((date(1900, 1, 1), date(2026, 1, 1)), "from 1900-01-01 to 2026-01-01 is too long"),
    ],
)
def test_days_that_no_clock_can_be_compiled_for_are_refused(days, message):
    hours = ServiceHours("UTC", OFFICE, valid_until=date(2026, 12, 31))

    with pytest.raises(ValueError, match=message):
        hours.compile(*days)


def test_the_last_day_of_the_calendar_is_refused_for_no_day_ends_it():
    with pytest.raises(ValueError, match="a clock spans up to 100 years"):
        ServiceHours("UTC", OFFICE).compile(date(9999, 12, 1), date.max)
