"""The versions of a plan as they were signed: what a version promised on the day on which it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.sealing.as_signed import kept_in
from sm_planner.engine.sealing.seal import holds


def first_signed(plan: Plan, today: date, says: Callable[[Plan], bool]) -> Seal | None:
    """The first seal whose version had something; None where none that holds had."""
    return next((seal for seal, version in _versions(plan, today) if says(version)), None)


def first_period(plan: Plan, today: date) -> date | None:
    """From which day on the plan applies, by its first version."""
    start = next((version.period_start for _, version in _versions(plan, today)), None)
    return start or plan.period_start


def _versions(plan: Plan, today: date) -> Iterator[tuple[Seal, Plan]]:
    """The seals that hold, the oldest first, each with the plan as it was signed."""
    for seal in plan.seals:
        day = plan.signed_on(seal)
        if day and day <= today and holds(seal, plan.key_ring):
            yield seal, plan.derived(_version, seal)


def _version(plan: Plan, seal: Seal) -> Plan:
    return replace(kept_in(seal), settings=plan.settings)
