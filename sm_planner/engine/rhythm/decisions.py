"""What becomes of the decisions of reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sm_planner.engine.model import Plan
from sm_planner.engine.model.reviews import Review, ReviewDecision
from sm_planner.engine.rhythm.triggers import is_over

NO_ACTION = "No Action"
"""The kind of a decision that leaves everything as it is."""


@dataclass(frozen=True)
class Made:
    """A decision and the review that made it. number: its row, from 1 on."""

    review: Review
    number: int
    decision: ReviewDecision


def made(plan: Plan) -> Iterator[Made]:
    """The decisions of all reviews that were held, in the order in which they were made."""
    for review in sorted((one for one in plan.reviews if one.held_on), key=lambda one: one.held_on):
        for number, decision in enumerate(review.decisions, 1):
            yield Made(review, number, decision)


def open_decisions(plan: Plan) -> tuple[Made, ...]:
    """The decisions that were not carried out yet."""
    return tuple(one for one in made(plan) if is_open(plan, one.decision))


def is_open(plan: Plan, decision: ReviewDecision) -> bool:
    """Whether something is left to do: it was not marked as done, and what it became has not ended."""
    if decision.kind == NO_ACTION or decision.done_on:
        return False
    action = plan.get("improvements", decision.became)
    trigger = plan.get("triggers", decision.became)
    return (action is None or action.is_open) and (trigger is None or not is_over(plan, trigger))
