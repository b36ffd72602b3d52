"""Times in which a plan lets nobody change anything, and what they are about."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import BLACKOUT, PEAK

CLOSED_TIMES = (PEAK, BLACKOUT)
"""Kinds of times in which nobody works on improvements."""


def is_dated(entry: BusyTime) -> bool:
    return entry.from_date is not None and entry.to_date is not None and entry.from_date <= entry.to_date


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


def closed_on(plan: Plan, service: str, day: date) -> tuple[BusyTime, ...]:
    """The entries by which a service is not to be changed on a day: its own, and those of the whole plan.

    What is about a team alone keeps that team from working, and no service from being changed.
    """
    return tuple(
        one
        for one in plan.busy_times
        if one.kind in CLOSED_TIMES
        and is_dated(one)
        and one.from_date <= day <= one.to_date
        and (not (one.unit or one.team or one.service or one.component) or _is_about(plan, one, service))
    )


def _is_about(plan: Plan, entry: BusyTime, service: str) -> bool:
    return not entry.team and service in services_of(plan, entry)
