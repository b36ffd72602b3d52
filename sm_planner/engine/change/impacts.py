"""What the plan changes for a group, and what is still missing to win it."""

from __future__ import annotations

from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.model.change import ChangeImpact, Resistance
from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import HIGH_IMPACT, MEDIUM_IMPACT

WEIGHTY = (MEDIUM_IMPACT, HIGH_IMPACT)
"""Impacts against which people are expected to object."""


def impacts_of(plan: Plan, stakeholder: Stakeholder) -> tuple[ChangeImpact, ...]:
    """What the plan says of a group: of itself first, then of its unit."""
    unit = folded(stakeholder.unit)
    own = (one for one in plan.change_impacts if one.stakeholder == stakeholder.id)
    shared = (one for one in plan.change_impacts if unit and folded(one.unit) == unit)
    return (*own, *shared)


def gain_of(plan: Plan, stakeholder: Stakeholder) -> str:
    """What a group gains: of this plan, or else what it is promised in general."""
    gains = (one.gain for one in impacts_of(plan, stakeholder) if one.gain.strip())
    return next(gains, stakeholder.value_proposition)


def called(plan: Plan, impact: ChangeImpact) -> str:
    """The group that an impact is about."""
    return plan.title_of("stakeholders", impact.stakeholder) or impact.unit


def unanswered(impact: ChangeImpact) -> tuple[Resistance, ...]:
    """Objections that nobody has answered."""
    return tuple(one for one in impact.resistance if not one.answer.strip())


def is_weighty(impact: ChangeImpact) -> bool:
    return impact.impact in WEIGHTY
