"""The week of a service calendar as a picture, and what comes next: the next opening and the holidays ahead."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from sm_planner.engine.chain.words import duration
from sm_planner.engine.model import WEEKDAYS, Calendar, CalendarHoliday, Plan
from sm_planner.engine.model.services import CalendarOpening
from sm_planner.engine.service_time.calendars import hours_of
from sm_planner.engine.service_time.local_time import DAY, load_zone
from sm_planner.engine.service_time.service_hours import OtherHours, ServiceHours

AHEAD = 366
"""Days for which the next opening is looked for."""

SHOWN = 5
"""Holidays and extra openings that are told."""

_Dated = TypeVar("_Dated", CalendarHoliday, CalendarOpening)


@dataclass(frozen=True)
class Week:
    """What a calendar says on a day.

    days: for Monday to Sunday the open spans of an ordinary week, in minutes of that day, by the hours that count today.
    hours: how long an ordinary week is open. changes: when it opens or closes next, in the wall time of the
    calendar; None where it does not within a year. holidays, openings: those to come, the nearest first. other_hours: those that count
    today or later.
    """

    timezone: str
    days: tuple[tuple[tuple[int, int], ...], ...]
    hours: str
    is_open: bool
    changes: datetime | None
    holidays: tuple[CalendarHoliday, ...]
    openings: tuple[CalendarOpening, ...]
    other_hours: tuple[Other, ...]


class Other(NamedTuple):
    """Days from today on, on which the hours of another calendar count. last: None is without end."""

    first: date
    last: date | None
    calendar: str


def week(plan: Plan, calendar: Calendar, now: int) -> Week:
    """The week of a calendar. now: Unix seconds.

    Raises CalendarError, naming the calendar, where its hours cannot be counted.
    """
    hours = hours_of(calendar, plan)
    zone = load_zone(hours.timezone)
    today = datetime.fromtimestamp(now, zone).date()
    is_open, changes = _next(hours, today, now)
    counts = next((one.hours for one in hours.changes if _is_ahead(one, today) and one.first <= today), hours)
    days = days_of(counts)
    titles = {
        (row.first_day, row.last_day): plan.title_of("calendars", row.calendar) for row in calendar.changes
    }
    return Week(
        timezone=hours.timezone,
        days=days,
        hours=duration(60 * sum(closes - opens for spans in days for opens, closes in spans)),
        is_open=is_open,
        changes=datetime.fromtimestamp(changes, zone) if changes else None,
        holidays=_ahead(calendar.holidays, today),
        openings=_ahead(calendar.openings, today),
        other_hours=tuple(
            Other(first, last, title)
            for (first, last), title in sorted(titles.items(), key=lambda told: told[0][0])
            if last is None or last >= today
        ),
    )


def _is_ahead(change: OtherHours, today: date) -> bool:
    return change.last is None or change.last >= today


def _ahead(rows: Sequence[_Dated], today: date) -> tuple[_Dated, ...]:
    """The next of the rows with a day."""
    ahead = sorted((one for one in rows if one.day and one.day >= today), key=lambda one: one.day)
    return tuple(ahead[:SHOWN])


def days_of(hours: ServiceHours) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For Monday to Sunday the open spans of an ordinary week, in minutes of that day."""
    return tuple(tuple(_of_day(hours, number)) for number in range(len(WEEKDAYS)))


def _of_day(hours: ServiceHours, number: int) -> Iterator[tuple[int, int]]:
    """The minutes of a weekday that are open, what reaches in from the day before included."""
    spans = [
        (max(opens - DAY, 0), closes - DAY) for opens, closes in hours.windows[number - 1] if closes > DAY
    ]
    spans += [(opens, min(closes, DAY)) for opens, closes in hours.windows[number]]
    last = 0
    for opens, closes in sorted(spans):
        opens = max(opens, last)
        if opens < closes:
            yield opens // 60, -(-closes // 60)
            last = closes


def _next(hours: ServiceHours, today: date, now: int) -> tuple[bool, int]:
    """Whether it is open now, and the instant at which that changes; 0 if not within a year."""
    try:
        clock = hours.compile(today - timedelta(days=1), today + timedelta(days=AHEAD))
    except ValueError:  # not valid on any of these days
        return False, 0
    position = bisect_right(clock.opens, now)
    if position and now < clock.closes[position - 1]:
        closes = clock.closes[position - 1]
        return True, closes if closes < clock.last else 0
    return False, clock.opens[position] if position < len(clock.opens) else 0
