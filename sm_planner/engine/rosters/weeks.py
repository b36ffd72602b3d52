"""The weeks of a plan, those alike told once.

A roster promises weeks. Two weeks are alike where the clocks of all zones stand as far from each other, none is put
forward or back, and the same rosters, calendars and agreements hold. So a plan
of two years in one zone has its usual weeks, and the four in which the clocks change, which stand by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sm_planner.engine.agreements.terms import day_of_plan
from sm_planner.engine.model import Plan
from sm_planner.engine.service_time.local_time import load_zone

WEEK = timedelta(days=7)
ABOUT = timedelta(days=2)
"""How far beyond a week one looks: clocks differ by a day at most, and a night shift begins the day before."""

WITHOUT_END = timedelta(weeks=53)
"""How far ahead one looks in a plan that names no end."""

LONGEST = timedelta(weeks=53 * 5)


@dataclass(frozen=True, eq=False)
class Weeks:
    """Weeks that are alike, by their Mondays in order."""

    mondays: tuple[date, ...]

    @property
    def monday(self) -> date:
        """The Monday of the first of them, which stands for all."""
        return self.mondays[0]


def mondays(plan: Plan, today: date) -> tuple[date, ...]:
    """The Mondays of the whole weeks of the plan's period that are not over; at least that of the first day."""
    first = day_of_plan(plan, today)
    last = plan.period_end if plan.period_end and plan.period_end > first else first + WITHOUT_END
    last = min(last, first + LONGEST)
    begin = first + timedelta(days=-first.weekday() % 7)
    count = (last - begin + timedelta(days=1)) // WEEK
    if count < 1:
        return (first - timedelta(days=first.weekday()),)
    return tuple(begin + number * WEEK for number in range(count))


def kinds(mondays: Iterable[date], zones: Iterable[str], edges: Iterable[date]) -> tuple[Weeks, ...]:
    """The weeks by kinds, that of the first week first.

    zones: in which hours are told. edges: days on which something begins to hold, or no longer holds.
    """
    zones, edges = sorted(set(zones)), sorted(set(edges))
    found: dict[object, list[date]] = {}
    for monday in mondays:
        found.setdefault(_kind(monday, zones, edges), []).append(monday)
    return tuple(Weeks(tuple(alike)) for alike in found.values())


def _kind(monday: date, zones: list[str], edges: list[date]) -> object:
    first, after = monday - ABOUT, monday + WEEK + ABOUT
    offsets = {_offsets(first + timedelta(days=number), zones) for number in range((after - first).days + 1)}
    if len(offsets) > 1 or any(first < edge < after for edge in edges):
        return monday
    before = offsets.pop()
    apart = tuple(offset - before[0] for offset in before)
    return apart, sum(edge <= first for edge in edges)


def _offsets(day: date, zones: list[str]) -> tuple[timedelta, ...]:
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - wall time of each zone in turn
    return tuple(noon.replace(tzinfo=load_zone(name)).utcoffset() or timedelta() for name in zones)
