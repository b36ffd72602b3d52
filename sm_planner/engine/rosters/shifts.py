"""Shifts of rosters as hours: in wall time of the roster's zone, and as stretches of real time of a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from sm_planner.engine.busy_times.spans import none, union
from sm_planner.engine.busy_times.windows import zone_of as zone_of_plan
from sm_planner.engine.model import Plan
from sm_planner.engine.model.rosters import Roster, Shift
from sm_planner.engine.rosters.weeks import ABOUT, WEEK, Weeks
from sm_planner.engine.service_time.local_time import is_zone
from sm_planner.engine.service_time.service_hours import NotValidError, ServiceHours, span_between

if TYPE_CHECKING:
    from sm_planner.engine.busy_times.spans import Spans


def zone_of(plan: Plan, roster: Roster) -> str:
    """The time zone in which its shifts are told."""
    return roster.timezone or zone_of_plan(plan)


def is_countable(plan: Plan, roster: Roster) -> bool:
    """Whether its shifts are hours, in a zone that is known, on days that follow each other."""
    begins, ends = roster.from_date, roster.to_date
    return (
        is_zone(zone_of(plan, roster))
        and all(span_between(shift.from_time, shift.to_time) for shift in roster.shifts)
        and not (begins and ends and begins > ends)
    )


def countable(plan: Plan) -> tuple[Roster, ...]:
    """The rosters whose hours can be counted."""
    return tuple(roster for roster in plan.rosters if is_countable(plan, roster))


def hours_of(plan: Plan, roster: Roster, shifts: Iterable[Shift]) -> ServiceHours:
    """Shifts of a roster that can be counted, as hours that come back each week while it holds."""
    return ServiceHours(
        zone_of(plan, roster), weekly(shifts), valid_from=roster.from_date, valid_until=roster.to_date
    )


def weekly(shifts: Iterable[Shift]) -> dict[str, list[str]]:
    """Weekday → the hours of the shifts that begin on it, as service hours are written."""
    windows: dict[str, list[str]] = {}
    for shift in shifts:
        for weekday in shift.weekdays:
            windows.setdefault(weekday, []).append(f"{shift.from_time}-{shift.to_time}")
    return windows


def seconds(shift: Shift) -> int:
    """How long it is each time, while no clock changes."""
    begins, ends = span_between(shift.from_time, shift.to_time) or (0, 0)
    return ends - begins


def within(hours: ServiceHours, weeks: Weeks) -> Spans:
    """The hours in, and somewhat around, the first of the weeks: stretches of Unix seconds."""
    try:
        clock = hours.compile(weeks.monday - ABOUT, weeks.monday + WEEK + ABOUT - timedelta(days=1))
    except NotValidError:
        return none()
    import numpy as np

    return union([np.array([clock.opens, clock.closes], np.int64).T])
