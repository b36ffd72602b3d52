"""Service hours as a reader elsewhere lives through them: the coming days of his own zone, with the holidays in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sm_planner.engine.model import Calendar, Plan
from sm_planner.engine.service_time.calendars import clock_of, hours_of
from sm_planner.engine.service_time.local_time import beginning, load_zone


@dataclass(frozen=True)
class ReaderDay:
    """A day of a reader. spans: when it is open, as his clock shows it, "08:30" to "17:00"; "24:00" is the end of the day."""

    day: date
    spans: tuple[tuple[str, str], ...]


def coming_days(plan: Plan, calendar: Calendar, now: int, zone: str, days: int = 7) -> tuple[ReaderDay, ...]:
    """The days from today on in the zone of a reader. now: Unix seconds; zone: IANA name.

    Raises CalendarError, naming the calendar, where its hours cannot be counted or hold on none of these days.
    """
    first = datetime.fromtimestamp(now, load_zone(zone)).date()
    around = timedelta(days=2)  # the calendar may lie a day before or after the reader
    clock = clock_of(
        calendar, hours_of(calendar, plan), first - around, first + timedelta(days=days) + around
    )
    spans = tuple(zip(clock.opens, clock.closes, strict=True))
    return tuple(_day(first + timedelta(days=number), zone, spans) for number in range(days))


def _day(day: date, zone: str, spans: tuple[tuple[int, int], ...]) -> ReaderDay:
    begins, ends = beginning(day, zone), beginning(day + timedelta(days=1), zone)
    within = ((max(opens, begins), min(closes, ends)) for opens, closes in spans)
    return ReaderDay(
        day,
        tuple(
            (_shown(opens, zone), "24:00" if closes == ends else _shown(closes, zone))
            for opens, closes in within
            if opens < closes
        ),
    )


def _shown(unix: int, zone: str) -> str:
    return f"{datetime.fromtimestamp(unix, load_zone(zone)):%H:%M}"
