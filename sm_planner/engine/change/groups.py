"""Whom the plan changes: groups of stakeholders and their units."""

from __future__ import annotations

from collections.abc import Iterator

from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.model.values import folded

SIDES = ("Internal Team", "Customer")
"""The kinds whose daily work the plan changes: those who make services, and those who use them."""


def affected(plan: Plan) -> Iterator[Stakeholder]:
    return (stakeholder for stakeholder in plan.stakeholders if stakeholder.kind in SIDES)


def affected_units(plan: Plan) -> dict[str, list[Stakeholder]]:
    """The units of internal teams and customers, by folded name, with those that belong to them."""
    units: dict[str, list[Stakeholder]] = {}
    for stakeholder in affected(plan):
        if unit := folded(stakeholder.unit):
            units.setdefault(unit, []).append(stakeholder)
    return units
