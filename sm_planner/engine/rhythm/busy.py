"""Times in which a plan lets nobody change anything, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import BLACKOUT, PEAK
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.rhythm.recurrence import days, is_dated, runs

CLOSED_TIMES = (PEAK, BLACKOUT)
"""Kinds of times in which nobody works on improvements."""

AHEAD_MONTHS = 120
"""How far ahead days off are worked out of a time that comes back."""


def is_general(entry: BusyTime) -> bool:
    """Whether it is everybody's time: it names nothing that it is about."""
    return not (entry.unit or entry.team or entry.service or entry.component)


def is_whole_days(entry: BusyTime) -> bool:
    """Whether it takes whole days. What takes some hours leaves the rest of the day for work."""
    return not (entry.from_time or entry.to_time)


def closes_days(entry: BusyTime) -> bool:
    """Whether nobody works on improvements on its days."""
    return entry.kind in CLOSED_TIMES and is_dated(entry) and is_whole_days(entry)


def closed_days(entry: BusyTime, first: date) -> Iterator[tuple[int, int]]:
    """Its days as ordinals, first and last; of what comes back, those from a day on for ten years."""
    if entry.repeats or entry.left_out:
        yield from runs(days(entry, first, months_after(first, AHEAD_MONTHS)))
    else:
        yield entry.from_date.toordinal(), entry.to_date.toordinal()


def services_of(plan: Plan, entry: BusyTime) -> set[str]:
    """The services that an entry is about: by name, by a component, or by the unit of those who use them."""
    if entry.service:
        return {entry.service}
    if entry.component:
        component = plan.get("components", entry.component)
        return set(component.services) if component else set()
    unit = folded(entry.unit)
    users = {one.id for one in plan.stakeholders if folded(one.unit) == unit}
    return {one.id for one in plan.services if users.intersection(one.customers)}


def services_in(plan: Plan, entry: BusyTime) -> set[str]:
    """The services whose time it is: all for everybody's time, none for that of a team alone."""
    if is_general(entry):
        return {one.id for one in plan.services}
    return set() if entry.team else services_of(plan, entry)


def closed_on(plan: Plan, service: str, day: date) -> tuple[BusyTime, ...]:
    """The entries by which a service is not to be changed on a day: its own, and those of the whole plan.

    What is about a team alone keeps that team from working, and no service from being changed.
    """
    return tuple(
        one
        for one in plan.busy_times
        if closes_days(one) and days(one, day, day) and (is_general(one) or _is_about(plan, one, service))
    )


def _is_about(plan: Plan, entry: BusyTime, service: str) -> bool:
    return not entry.team and service in services_of(plan, entry)
