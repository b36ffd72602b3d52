"""The office as the book tells it."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.rhythm.occurrences import body_rhythm
from sm_planner.reports.book.material import Material


def office(material: Material) -> dict[str, Any]:
    """The governing body with the reviews in which it meets, and the objectives that measure the office."""
    plan = material.plan
    return {
        "rhythm": body_rhythm(plan),
        "objectives": [one for one in plan.objectives if one.measures_office],
    }


def is_told(material: Material) -> bool:
    """Whether the plan says anything about its office."""
    plan = material.plan
    said = (plan.office, plan.mandate, plan.body_title, plan.decision_rights, plan.accountabilities)
    return any((*said, plan.change_manager, plan.improvement_manager))
