"""AGR: the service hours that agreements count in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from sm_planner.engine.agreements.maintenance import is_countable as is_clear
from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.checks.depths import FIRST
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import WEEKDAYS, Agreement, Calendar, CalendarWindow, Plan
from sm_planner.engine.model.rosters import Roster
from sm_planner.engine.service_time.calendars import CalendarError, hours_of, is_countable
from sm_planner.engine.service_time.local_time import DAY, is_zone
from sm_planner.engine.service_time.service_hours import Span, span_between
from sm_planner.engine.texts import Text

WEEK = len(WEEKDAYS) * DAY


@rule(
    "AGR-07",
    Severity.ERROR,
    FIRST,
    title=N_("Service hours can be counted"),
    why=N_(
        "Hours can be counted only in a known time zone, with opening and closing times that do not overlap."
    ),
    fix=N_(
        "Set the time zone, and enter hours such as 09:00 to 17:00. A window whose closing time is "
        "not later than its opening time, such as 22:00 to 06:00, ends on the next day. A whole day "
        "is 00:00 to 24:00. Let other hours count on days that follow each other, by a calendar that is "
        "valid on them. Maintenance comes daily, weekly on a weekday, or monthly on one."
    ),
    source="Helpdesk practice",
)
def hours_countable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "calendars")
    for agreement in plan.agreements:
        yield from _windows_unclear(agreement)
    for calendar in plan.calendars:
        yield from missing(calendar, "timezone", "windows")
        yield from uncountable(calendar)
        yield from _overlapping(calendar)
        yield from _other_hours(plan, calendar)


def _windows_unclear(agreement: Agreement) -> Iterator[Fault]:
    """Maintenance windows that do not say when they are."""
    for row in agreement.maintenance:
        if span_between(row.opens, row.closes) is None:
            message = N_("“{0}”, maintenance: {1} to {2} is not a valid period of time.")
            values = row.opens or "-", row.closes or "-"
        elif not is_clear(row):
            message = N_("“{0}”, maintenance from {1} to {2}: it is not said on which days.")
            values = row.opens, row.closes
        else:
            continue
        yield fault(agreement, message, named(agreement), *values, field="maintenance")


def uncountable(calendar: Calendar) -> Iterator[Fault]:
    """What stands in a calendar with which no hours can be counted."""
    yield from no_such_zone(calendar)
    yield from _unreadable(calendar)
    if calendar.valid_from and calendar.valid_until and calendar.valid_from > calendar.valid_until:
        yield fault(
            calendar,
            N_("“{0}” is valid until {2}, which is before its first day, {1}."),
            named(calendar),
            calendar.valid_from,
            calendar.valid_until,
            field="valid_until",
        )


def no_such_zone(record: Calendar | Roster) -> Iterator[Fault]:
    if record.timezone and not is_zone(record.timezone):
        yield fault(
            record,
            N_("“{0}”: there is no time zone “{1}”."),
            named(record),
            record.timezone,
            field="timezone",
        )


def _unreadable(calendar: Calendar) -> Iterator[Fault]:
    """Windows, extra openings, and holidays of part of a day, whose times are no hours."""
    given = [("windows", Text(window.weekday), window.opens, window.closes) for window in calendar.windows]
    given += [
        ("holidays", holiday.day, holiday.opens, holiday.closes)
        for holiday in calendar.holidays
        if holiday.opens or holiday.closes
    ]
    given += [("openings", opening.day, opening.opens, opening.closes) for opening in calendar.openings]
    for field, day, opens, closes in given:
        if span_between(opens, closes) is None:
            yield fault(
                calendar,
                N_("“{0}”, {1}: {2} to {3} is not a valid period of time."),
                named(calendar),
                day,
                opens or "-",
                closes or "-",
                field=field,
            )


def _other_hours(plan: Plan, calendar: Calendar) -> Iterator[Fault]:
    """Days that other hours are to count on, and for which that cannot be meant."""
    faulty = [*_turned(calendar), *_doubled(plan, calendar)]
    yield from faulty
    alone = replace(calendar, changes=())
    others = [plan.get("calendars", row.calendar) for row in calendar.changes]
    countable = all(one is None or is_countable(replace(one, changes=()), plan) for one in (alone, *others))
    if others and countable and not faulty:
        try:
            hours_of(calendar, plan)
        except CalendarError as error:
            yield fault(calendar, error.message.template, *error.message.args, field="changes")


def _turned(calendar: Calendar) -> Iterator[Fault]:
    for row in calendar.changes:
        if row.first_day and row.last_day and row.last_day < row.first_day:
            yield fault(
                calendar,
                N_("“{0}”: other hours count from {1} to {2}, which is before that."),
                named(calendar),
                row.first_day,
                row.last_day,
                field="changes",
            )


def _doubled(plan: Plan, calendar: Calendar) -> Iterator[Fault]:
    """Days on which two other calendars count: one from that day on as another one, or both for a time."""
    given = [row for row in calendar.changes if row.first_day]
    for lasting in (True, False):
        same = sorted(
            (row for row in given if (row.last_day is None) == lasting), key=lambda row: row.first_day
        )
        for before, after in pairwise(same):
            if after.first_day <= (before.last_day or before.first_day):
                yield fault(
                    calendar,
                    N_("“{0}”: on {1}, the hours of two other calendars count, those of “{2}” and of “{3}”."),
                    named(calendar),
                    after.first_day,
                    plan.title_of("calendars", before.calendar),
                    plan.title_of("calendars", after.calendar),
                    field="changes",
                )


def _overlapping(calendar: Calendar) -> Iterator[Fault]:
    """Windows that begin before an earlier one has ended, also from Sunday into Monday."""
    week = sorted(_week(calendar), key=lambda placed: placed[0])
    next_monday = [((start + WEEK, stop + WEEK), window) for (start, stop), window in week if start < DAY]
    reached, last = 0, None
    for (start, stop), window in [*week, *next_monday]:
        if start < reached:
            yield fault(
                calendar,
                N_("“{0}”: the windows {1}, {2} to {3}, and {4}, {5} to {6}, overlap."),
                named(calendar),
                *(Text(last.weekday), last.opens, last.closes),
                *(Text(window.weekday), window.opens, window.closes),
                field="windows",
            )
        if stop > reached and start < WEEK:
            reached, last = stop, window


def _week(calendar: Calendar) -> Iterator[tuple[Span, CalendarWindow]]:
    """The windows that can be read, in seconds since Monday began."""
    for window in calendar.windows:
        if span := span_between(window.opens, window.closes):
            midnight = WEEKDAYS.index(window.weekday) * DAY
            yield (midnight + span[0], midnight + span[1]), window
