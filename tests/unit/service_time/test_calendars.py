"""Calendars of a plan as service hours."""

from datetime import date

import pytest

from sm_planner.engine.model import Calendar, CalendarHoliday, CalendarWindow, Plan
from sm_planner.engine.service_time.calendars import CalendarError, hours_of
from sm_planner.engine.service_time.service_hours import ServiceHours

MONDAY = CalendarWindow(weekday="Monday", opens="09:00", closes="17:00")


def test_windows_holidays_and_validity_become_hours():
    calendar = Calendar(
        id="office",
        timezone="Europe/Dublin",
        valid_from=date(2027, 1, 1),
        valid_until=date(2027, 12, 31),
        windows=(MONDAY, CalendarWindow(weekday="Monday", opens="18:00", closes="20:00")),
        holidays=(
            CalendarHoliday(day=date(2027, 3, 29)),
            CalendarHoliday(day=date(2027, 12, 24), opens="12:00", closes="24:00"),
        ),
    )
    assert hours_of(calendar, Plan(id="plan")) == ServiceHours(
        "Europe/Dublin",
        {"monday": ["09:00-17:00", "18:00-20:00"]},
        [date(2027, 3, 29), (date(2027, 12, 24), "12:00-24:00")],
        valid_from=date(2027, 1, 1),
        valid_until=date(2027, 12, 31),
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"timezone": ""}, "The calendar “Office” has no time zone."),
        ({"windows": ()}, "The calendar “Office” has no windows."),
        ({"title": "", "windows": ()}, "The calendar “office” has no windows."),
        ({"timezone": "Europe/Dublyn"}, "The hours of the calendar “Office” cannot be counted: timezone: "),
        (
            {"holidays": (CalendarHoliday(day=date(2027, 1, 1), opens="nine"),)},
            "The hours of the calendar “Office” cannot be counted: holidays on 2027-01-01: 'nine-' is not a span",
        ),
    ],
)
def test_a_calendar_that_cannot_be_counted_is_named_with_the_reason(fields, message):
    calendar = Calendar(
        **{"id": "office", "title": "Office", "timezone": "UTC", "windows": (MONDAY,), **fields}
    )
    with pytest.raises(CalendarError) as refusal:
        hours_of(calendar, Plan(id="plan"))
    assert str(refusal.value).startswith(message)
    assert str(refusal.value.message) == str(refusal.value)
