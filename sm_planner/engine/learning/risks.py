"""How much a risk weighs, and what about it is due. The level follows from the scales, and is stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import GRADES, Plan
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.vocabulary import ACCEPT, IMPACTS, LIKELIHOODS

LEAST = (1, 5, 10, 16)
"""From which score on a risk has each of the grades: the product of the places of likelihood and impact, 1 to 25."""


@dataclass(frozen=True)
class Weight:
    """score: 1 to 25. level: one of the grades."""

    score: int
    level: str


def weight(likelihood: str, impact: str) -> Weight | None:
    """How much something of a likelihood and an impact weighs; None where one of them is not said."""
    if not likelihood or not impact:
        return None
    score = (LIKELIHOODS.index(likelihood) + 1) * (IMPACTS.index(impact) + 1)
    return Weight(score, max(grade for grade in zip(LEAST, GRADES, strict=True) if grade[0] <= score)[1])


def weight_of(risk: Risk) -> Weight | None:
    return weight(risk.likelihood, risk.impact)


def by_weight(risks: Iterable[Risk]) -> list[Risk]:
    """The risks, the heaviest first; those that nobody rated before all others, and what is closed last."""
    return sorted(risks, key=_order)


def _order(risk: Risk) -> tuple[bool, int, str]:
    weighed = weight_of(risk)
    return not risk.is_open, -(weighed.score if weighed else LEAST[-1] * 2), risk.id


def criteria(plan: Plan) -> dict[str, str]:
    """Step of a scale → what the plan says that it means."""
    return {row.step: row.criterion for row in plan.risk_criteria if row.criterion.strip()}


def undeclared(plan: Plan) -> tuple[str, ...]:
    """The steps by which open risks are rated and which the plan does not explain, in the order of the scales."""
    used = {step for one in plan.risks if one.is_open for step in (one.likelihood, one.impact)}
    known = criteria(plan)
    return tuple(step for step in (*LIKELIHOODS, *IMPACTS) if step in used and step not in known)


def acceptance_is_over(risk: Risk, today: date) -> bool:
    """Whether a risk was accepted until a day that has passed."""
    return (
        risk.is_open and risk.answer == ACCEPT and risk.answer_until is not None and risk.answer_until < today
    )


def overdue_since(risk: Risk, today: date) -> date | None:
    """By which day somebody should have looked at a risk again, or carried out what was answered; None where nothing is late."""
    days = [risk.next_look, risk.answer_until if risk.status == "Open" else None]
    return min((day for day in days if risk.is_open and day and day < today), default=None)


def is_overdue(risk: Risk, today: date) -> bool:
    return overdue_since(risk, today) is not None
