"""Calendars of a plan as service hours: the one place where the record becomes a rule of time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sm_planner.engine.model import Calendar
from sm_planner.engine.service_time.service_hours import NotValidError, ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.texts import N_, Text, say


class CalendarError(ValueError):
    """A calendar whose hours cannot be counted; ``message`` names the record and says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(str(message))
        self.message = message


def hours_of(calendar: Calendar) -> ServiceHours:
    """The service hours that the record describes.

    Raises CalendarError, naming the calendar, where it has no time zone, no windows, or a value that is no
    time: a clock that guesses would be worse than none. Rule AGR-07 finds each such value by itself.
    """
    if not calendar.timezone:
        raise CalendarError(say(N_("The calendar “{0}” has no time zone."), _name(calendar)))
    if not calendar.windows:
        raise CalendarError(say(N_("The calendar “{0}” has no windows."), _name(calendar)))
    windows: dict[str, list[str]] = defaultdict(list)
    for window in calendar.windows:
        windows[window.weekday].append(f"{window.opens}-{window.closes}")
    holidays = []
    for holiday in calendar.holidays:
        part = holiday.opens or holiday.closes
        holidays.append((holiday.day, f"{holiday.opens}-{holiday.closes}") if part else holiday.day)
    try:
        return ServiceHours(
            calendar.timezone,
            windows,
            holidays,
            valid_from=calendar.valid_from,
            valid_until=calendar.valid_until,
        )
    except ValueError as error:
        message = say(N_("The hours of the calendar “{0}” cannot be counted: {1}."), _name(calendar), error)
        raise CalendarError(message) from None


def clock_of(calendar: Calendar, hours: ServiceHours, first_day: date, last_day: date) -> Clock:
    """The clock of a calendar over local days. Raises CalendarError, naming the calendar, where it has none."""
    try:
        return hours.compile(first_day, last_day)
    except NotValidError:
        message = say(
            N_("The calendar “{0}” is not valid on any day from {1} to {2}."),
            _name(calendar),
            first_day,
            last_day,
        )
    except ValueError as error:
        message = say(N_("The calendar “{0}”: {1}."), _name(calendar), error)
    raise CalendarError(message)


def is_countable(calendar: Calendar) -> bool:
    """Whether the hours of the record can be counted."""
    try:
        hours_of(calendar)
    except CalendarError:
        return False
    return True


def _name(calendar: Calendar) -> str:
    return calendar.title or calendar.id
