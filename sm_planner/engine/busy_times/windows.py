"""Times of the business calendar as stretches of real time.

Days and hours are local. Edges lie where those of service hours lie: at the first instant at which the clock of the zone
shows that time or a later one. So a night over the change of the clocks has the hours that it really has.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from sm_planner.engine.model import Plan
from sm_planner.engine.model.roadmap import BusyTime, LeftOutDay
from sm_planner.engine.rhythm.busy import is_whole_days
from sm_planner.engine.rhythm.recurrence import days, moved, runs
from sm_planner.engine.service_time.local_time import DAY, EPOCH, first_instant, is_zone, load_zone
from sm_planner.engine.service_time.service_hours import span_between

UTC = "UTC"


class Window(NamedTuple):
    """Unix seconds, the end left out."""

    start: int
    end: int


def zone_of(plan: Plan, entry: BusyTime | None = None) -> str:
    """The time zone of an entry: its own, or that of most service calendars of the plan; UTC where there is none."""
    return (entry.timezone if entry else "") or plan.derived(_most_used_zone)


def _most_used_zone(plan: Plan) -> str:
    counted = Counter(one.timezone for one in plan.calendars if is_zone(one.timezone))
    return next((name for name, _ in counted.most_common(1)), UTC)


def hours(entry: BusyTime | LeftOutDay) -> tuple[int, int] | None:
    """From when to when it is on each of its days, in seconds since midnight, past midnight too; None where these are no hours.

    An hour that is not given is the beginning or the end of the day.
    """
    return span_between(entry.from_time or "00:00", entry.to_time or "24:00")


def is_countable(entry: BusyTime) -> bool:
    """Whether its hours, those to which it is moved, and its time zone can be read."""
    return (
        hours(entry) is not None
        and all(hours(row) for row in entry.left_out if row.has_hours)
        and (not entry.timezone or is_zone(entry.timezone))
    )


def windows(plan: Plan, entry: BusyTime, first: int, last: int) -> list[Window]:
    """The stretches of an entry that meet [first, last) of Unix seconds; none where its hours or zone cannot be read."""
    if not is_countable(entry):
        return []
    zone = load_zone(zone_of(plan, entry))
    near = _day(first) - timedelta(days=2), _day(last) + timedelta(days=1)
    found = days(entry, *near)
    opens, closes = hours(entry)
    if is_whole_days(entry):
        on_wall = [(_wall(begin), _wall(end) + DAY) for begin, end in runs(found)]
    else:
        on_wall = [(_wall(day) + opens, _wall(day) + closes) for day in found]
    for day, row in moved(entry, *near):
        opens, closes = hours(row)
        on_wall.append((_wall(day) + opens, _wall(day) + closes))
    real = (Window(first_instant(begin, zone), first_instant(end, zone)) for begin, end in on_wall)
    return sorted(one for one in real if one.start < min(one.end, last) and one.end > first)


def local(unix: int, zone: str) -> datetime:
    """What the clock of a zone shows, with its offset."""
    return datetime.fromtimestamp(unix, load_zone(zone))


def _day(unix: int) -> date:
    return datetime.fromtimestamp(unix, timezone.utc).date()


def _wall(ordinal: int) -> int:
    return (ordinal - EPOCH.toordinal()) * DAY
