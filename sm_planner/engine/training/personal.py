"""What is said of people's skills is for themselves, whoever leads them, and planners."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from sm_planner.engine.model import Plan

PERSONAL = ("skill_ratings", "attendances")
"""The collections that say what somebody in particular can do, or has learned."""


def shown_to(plan: Plan, people: Set[str] | None) -> Plan:
    """The plan without what is said of the skills of others. people: whose are shown; None for all."""
    if people is None:
        return plan
    return replace(
        plan, **{name: tuple(one for one in getattr(plan, name) if one.person in people) for name in PERSONAL}
    )
