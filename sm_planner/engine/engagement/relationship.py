"""How a relationship stands: when somebody last spoke with a stakeholder, and where the score goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.model.change import Engagement
from sm_planner.engine.texts import N_

COMPARED = 3
"""With how many scores before it the latest one is compared."""

STEP = 0.5
"""From which distance to their mean on it is no longer the same."""


class Trend(str, Enum):
    """Where the score of a relationship goes."""

    FALLING = N_("Falling")
    STEADY = N_("Steady")
    RISING = N_("Rising")
    UNKNOWN = N_("Not known")


@dataclass(frozen=True)
class Relationship:
    """engagements: with the stakeholder until today, the oldest first."""

    engagements: tuple[Engagement, ...]

    @property
    def last(self) -> Engagement | None:
        return self.engagements[-1] if self.engagements else None

    @property
    def scores(self) -> tuple[int, ...]:
        """What the relationship was judged to be, the oldest first."""
        return tuple(one.score for one in self.engagements if one.score is not None)

    @property
    def score(self) -> int | None:
        return self.scores[-1] if self.scores else None

    @property
    def trend(self) -> Trend:
        """The latest score beside the mean of those before it."""
        *before, latest = self.scores or (0,)
        before = before[-COMPARED:]
        if not before:
            return Trend.UNKNOWN
        moved = latest - sum(before) / len(before)
        if abs(moved) < STEP:
            return Trend.STEADY
        return Trend.RISING if moved > 0 else Trend.FALLING


def relationship(plan: Plan, stakeholder: Stakeholder, today: date) -> Relationship:
    found = plan.facts("engagements", "stakeholders", stakeholder.id)
    return Relationship(tuple(one for one in found if one.day <= today))


def last_engaged(plan: Plan, stakeholder: Stakeholder, today: date) -> date | None:
    """When somebody last spoke with a stakeholder: an engagement, or a later day that was told before there were any."""
    found = relationship(plan, stakeholder, today)
    if is_told_before(stakeholder, found):
        return stakeholder.last_engagement
    return found.last.day if found.last else None


def is_told_before(stakeholder: Stakeholder, found: Relationship) -> bool:
    """Whether the last engagement is known only as a day that was told before engagements were entered.

    Who spoke then is told nowhere: it cannot become an engagement.
    """
    told = stakeholder.last_engagement
    return told is not None and (found.last is None or found.last.day < told)


def last_spoke(plan: Plan, person: str, today: date) -> Engagement | None:
    """The last time that a person spoke with somebody about the plan."""
    found = plan.facts("engagements", "people", person)
    return next((one for one in reversed(found) if one.person == person and one.day <= today), None)
