"""Calendars of a plan as service hours."""

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.model import Calendar, CalendarHoliday, CalendarWindow, Plan
from sm_planner.engine.model.services import CalendarChange, CalendarOpening
from sm_planner.engine.service_time.calendars import CalendarError, clock_of, hours_of, is_countable
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


# Extra openings and other hours


def calendar_of(id: str, weekday: str = "Monday", **fields) -> Calendar:
    window = CalendarWindow(weekday=weekday, opens="09:00", closes="17:00")
    return Calendar(**{"id": id, "title": id.title(), "timezone": "UTC", "windows": (window,), **fields})


def test_extra_openings_and_other_hours_become_hours():
    office = calendar_of(
        "office",
        openings=(CalendarOpening(day=date(2027, 2, 20), opens="09:00", closes="18:00"),),
        changes=(CalendarChange(first_day=date(2027, 7, 1), calendar="late"),),
    )
    late = calendar_of("late", "Tuesday", valid_from=date(2027, 7, 1))
    plan = Plan(id="plan", calendars=(office, late))
    assert hours_of(office, plan) == ServiceHours(
        "UTC",
        {"monday": ["09:00-17:00"]},
        openings=[(date(2027, 2, 20), "09:00-18:00")],
        changes=[(date(2027, 7, 1), None, hours_of(late, plan))],
    )


def test_other_hours_need_be_valid_only_until_the_next_ones():
    lasting = [
        CalendarChange(first_day=date(2027, month, 1), calendar=id) for month, id in ((7, "b"), (9, "c"))
    ]
    office = calendar_of("a", changes=tuple(lasting))
    until = calendar_of("b", valid_from=date(2027, 7, 1), valid_until=date(2027, 8, 31))
    assert is_countable(office, Plan(id="plan", calendars=(office, until, calendar_of("c"))))
    early = replace(until, valid_until=date(2027, 8, 30))
    assert not is_countable(office, Plan(id="plan", calendars=(office, early, calendar_of("c"))))


def test_other_hours_that_cannot_be_counted_are_named():
    def refusal(*calendars: Calendar) -> str:
        plan = Plan(id="plan", calendars=calendars)
        assert not is_countable(calendars[0], plan)
        with pytest.raises(CalendarError) as refused:
            hours_of(calendars[0], plan)
        return str(refused.value)

    def changed(id: str, other: str, **fields) -> Calendar:
        return calendar_of(id, changes=(CalendarChange(calendar=other, **fields),))

    first = {"first_day": date(2027, 7, 1)}
    assert refusal(changed("a", "b", **first)) == (
        "The calendar “A” takes hours over from “b”, which is not in the plan."
    )
    assert refusal(changed("a", "b"), calendar_of("b")) == (
        "The calendar “A” does not say from when on the hours of “B” count."
    )
    assert refusal(changed("a", "b", **first), changed("b", "c", **first), changed("c", "a", **first)) == (
        "The calendar “A” counts in its own place, by way of other calendars."
    )
    assert refusal(changed("a", "b", **first), calendar_of("b", valid_from=date(2027, 7, 2))) == (
        "The calendar “A” takes hours over from “B” on days on which that one is not valid."
    )
    assert refusal(changed("a", "b", **first), calendar_of("b", timezone="")) == (
        "The calendar “B” has no time zone."
    )


def test_other_hours_of_another_zone_count_between_the_midnights_of_the_calendar():
    tokyo = calendar_of("tokyo", timezone="Asia/Tokyo")
    change = CalendarChange(first_day=date(2027, 7, 5), last_day=date(2027, 7, 5), calendar="tokyo")
    office = calendar_of("office", timezone="Europe/London", changes=(change,))
    plan = Plan(id="plan", calendars=(office, tokyo))
    clock = clock_of(office, hours_of(office, plan), date(2027, 7, 5), date(2027, 7, 12))
    # Monday in Tokyo begins in London on Sunday at 16:00; of its hours, 01:00 to 09:00 lie on London's Monday.
    assert (clock.closes[0] - clock.opens[0], clock.opens[0] - clock.first) == (8 * 3600, 3600)
    assert clock.total == 16 * 3600
