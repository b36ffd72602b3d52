"""Calendars of a plan as service hours: the one place where the record becomes a rule of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sm_planner.engine.model import Calendar, Plan
from sm_planner.engine.model.services import CalendarChange, CalendarWindow
from sm_planner.engine.service_time.service_hours import NotValidError, ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.texts import N_, Text, say


class CalendarError(ValueError):
    """A calendar whose hours cannot be counted; ``message`` names the record and says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(str(message))
        self.message = message


def hours_of(calendar: Calendar, plan: Plan) -> ServiceHours:
    """The service hours that the record describes, with those of other calendars that count on some of its days.

    Raises CalendarError, naming the calendar, where it has no time zone, no windows, or a value that is no
    time, and where another one that is to count is missing, not valid then, or leads back to it: a clock that
    guesses would be worse than none. Rule AGR-07 finds each such value by itself.
    """
    return _hours_of(calendar, plan, ())


def by_weekday(windows: Iterable[CalendarWindow]) -> dict[str, list[str]]:
    """The windows of a week as :class:`ServiceHours` reads them."""
    found: dict[str, list[str]] = defaultdict(list)
    for window in windows:
        found[window.weekday].append(f"{window.opens}-{window.closes}")
    return found


def _hours_of(calendar: Calendar, plan: Plan, within: tuple[str, ...]) -> ServiceHours:
    """within: the ids of the calendars in the place of which this one counts."""
    if calendar.id in within:
        raise CalendarError(
            say(N_("The calendar “{0}” counts in its own place, by way of other calendars."), _name(calendar))
        )
    if not calendar.timezone:
        raise CalendarError(say(N_("The calendar “{0}” has no time zone."), _name(calendar)))
    if not calendar.windows:
        raise CalendarError(say(N_("The calendar “{0}” has no windows."), _name(calendar)))
    holidays = []
    for holiday in calendar.holidays:
        part = holiday.opens or holiday.closes
        holidays.append((holiday.day, f"{holiday.opens}-{holiday.closes}") if part else holiday.day)
    changes = [_change(calendar, row, plan, within) for row in calendar.changes]
    try:
        return ServiceHours(
            calendar.timezone,
            by_weekday(calendar.windows),
            holidays,
            [(opening.day, f"{opening.opens}-{opening.closes}") for opening in calendar.openings],
            valid_from=calendar.valid_from,
            valid_until=calendar.valid_until,
            changes=changes,
        )
    except ValueError as error:
        message = say(N_("The hours of the calendar “{0}” cannot be counted: {1}."), _name(calendar), error)
        raise CalendarError(message) from None


def _change(
    calendar: Calendar, row: CalendarChange, plan: Plan, within: tuple[str, ...]
) -> tuple[date, date | None, ServiceHours]:
    other = plan.get("calendars", row.calendar)
    if other is None:
        message = N_("The calendar “{0}” takes hours over from “{1}”, which is not in the plan.")
        raise CalendarError(say(message, _name(calendar), row.calendar))
    if row.first_day is None:
        message = N_("The calendar “{0}” does not say from when on the hours of “{1}” count.")
        raise CalendarError(say(message, _name(calendar), _name(other)))
    hours = _hours_of(other, plan, (*within, calendar.id))
    last = min((day for day in (_last_day(calendar, row), calendar.valid_until) if day), default=None)
    if (hours.valid_from and hours.valid_from > row.first_day) or (
        hours.valid_until and (last is None or hours.valid_until < last)
    ):
        message = N_("The calendar “{0}” takes hours over from “{1}” on days on which that one is not valid.")
        raise CalendarError(say(message, _name(calendar), _name(other)))
    return row.first_day, row.last_day, hours


def _last_day(calendar: Calendar, row: CalendarChange) -> date | None:
    """The last day on which other hours count: where nothing is said, that before the next ones count for good."""
    if row.last_day:
        return row.last_day
    later = (one.first_day for one in calendar.changes if one.first_day and not one.last_day)
    following = min((day for day in later if day > row.first_day), default=None)
    return following and following - timedelta(days=1)


def change_on(calendar: Calendar, day: date) -> CalendarChange | None:
    """The row by which the hours of another calendar count on a day: one for a time before one for good."""
    begun = [row for row in calendar.changes if row.first_day and row.first_day <= day]
    passing = (row for row in begun if row.last_day and day <= row.last_day)
    lasting = (row for row in begun if not row.last_day)
    return next(passing, None) or max(lasting, key=lambda row: row.first_day, default=None)


Following = tuple[tuple[date, str], ...]
"""Days from which on the hours of other calendars count, by their ids: each until the next."""


def followed_by(plan: Plan, calendar: Calendar, after: Following) -> Calendar:
    """A calendar as it goes on where others follow it: from each of the days on, with the hours of another one.

    A calendar that is not valid up to the first of these days stays as it is: nobody knows what counts in between.
    """
    first = after[0][0]
    until = first - timedelta(days=1)
    if calendar.valid_until and calendar.valid_until < until:
        return calendar
    kept = [row for row in calendar.changes if row.first_day is None or row.first_day < first]
    changes = [replace(row, last_day=min(row.last_day, until)) if row.last_day else row for row in kept]
    changes += [CalendarChange(first_day=day, calendar=id) for day, id in after]
    last = plan.get("calendars", after[-1][1])
    return replace(calendar, id="", valid_until=last and last.valid_until, changes=tuple(changes))


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


def is_countable(calendar: Calendar, plan: Plan) -> bool:
    """Whether the hours of the record can be counted."""
    try:
        hours_of(calendar, plan)
    except CalendarError:
        return False
    return True


def _name(calendar: Calendar) -> str:
    return calendar.title or calendar.id
