"""AGR: the service hours that agreements count in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.local_time import DAY, load_zone
from sm_planner.engine.model import WEEKDAYS, Calendar, CalendarWindow, Plan
from sm_planner.engine.service_hours import ServiceHours, Span


@rule(
    "AGR-07",
    Severity.ERROR,
    title=N_("Service hours can be counted"),
    why=N_("A clock needs plain hours: in a known time zone, without overlaps, opening before they close."),
    fix=N_("Set the time zone, and give windows as 09:00 to 17:00; split one that passes midnight in two."),
    source="Helpdesk practice",
)
def hours_countable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "calendars")
    for calendar in plan.calendars:
        yield from missing(calendar, "timezone", "windows")
        if calendar.timezone and not _known_zone(calendar.timezone):
            yield fault(
                calendar,
                N_("“{0}”: there is no time zone “{1}”."),
                named(calendar),
                calendar.timezone,
                field="timezone",
            )
        yield from _unreadable(calendar)
        yield from _overlapping(calendar)


def _known_zone(name: str) -> bool:
    try:
        load_zone(name)
    except ValueError:
        return False
    return True


def _unreadable(calendar: Calendar) -> Iterator[Fault]:
    for window in calendar.windows:
        if _span(window) is None:
            yield fault(
                calendar,
                N_("“{0}”, {1}: from {2} to {3} are no hours of one day."),
                named(calendar),
                window.weekday,
                window.opens,
                window.closes,
                field="windows",
            )


def _overlapping(calendar: Calendar) -> Iterator[Fault]:
    for weekday in WEEKDAYS:
        windows = [window for window in calendar.windows if window.weekday == weekday and _span(window)]
        for first, second in pairwise(sorted(windows, key=_span)):
            if _span(second)[0] < _span(first)[1]:
                yield fault(
                    calendar,
                    N_("“{0}”, {1}: the windows {2} to {3} and {4} to {5} overlap."),
                    named(calendar),
                    weekday,
                    first.opens,
                    first.closes,
                    second.opens,
                    second.closes,
                    field="windows",
                )


def _span(window: CalendarWindow) -> Span | None:
    """Opening and closing in seconds since midnight, or None where they are no stretch of one day."""
    try:
        hours = ServiceHours("UTC", {"monday": [f"{window.opens}-{window.closes}"]})
    except ValueError:
        return None
    span = hours.windows[0][0]
    return span if span[1] <= DAY else None
