"""What a decision of a review becomes, in one step: an improvement, a trigger, or nothing more to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Improvement
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.reviews import Review, ReviewDecision, Trigger
from sm_planner.engine.model.values import headline
from sm_planner.engine.rhythm.decisions import NO_ACTION
from sm_planner.engine.rhythm.triggers import VERSION_DUE
from sm_planner.engine.texts import N_, Text, say

IMPROVEMENT, TRIGGER, NOTHING = "improvement", "trigger", "nothing"
OUTCOMES = (IMPROVEMENT, TRIGGER, NOTHING)


def refusal(review: Review, number: int) -> Text | None:
    """Why a decision, the row of that number from 1 on, cannot become anything."""
    if not review.held_on:
        return say(N_("This review was not held yet."))
    if not 1 <= number <= len(review.decisions):
        return say(N_("This review has no decision {0}."), number)
    decision = review.decisions[number - 1]
    if decision.kind == NO_ACTION:
        return say(N_("Nothing is to be done for this decision."))
    if decision.became:
        return say(N_("This decision became {0}."), decision.became)
    if decision.done_on:
        return say(N_("This decision was done on {0}."), decision.done_on)
    return None


def source(review: Review, number: int) -> Text:
    """How an improvement or a trigger names the decision that it comes from."""
    return say(N_("{0} of {1}, decision {2}"), Text(review.kind), review.held_on, number)


def improvement(decision: ReviewDecision, source: str, review: Review) -> Improvement:
    """The improvement that carries out a decision of a review. Its id is given where it is kept."""
    return Improvement(
        id="",
        title=headline(decision.text),
        source_kind="Review Decision",
        source=source[:LINE_LENGTH],
        source_record=review.id,
        improvement_owner=decision.person,
        due=decision.due,
    )


def trigger(decision: ReviewDecision, source: str, kind: str, person: str, today: date) -> Trigger:
    """The trigger by which a decision makes a new version due. kind: one of the model's; person: who noticed it."""
    return Trigger(
        id="",
        title=headline(decision.text),
        kind=kind,
        what=decision.text,
        noticed_on=today,
        noticed_by=person,
        source=source[:LINE_LENGTH],
        status=VERSION_DUE,
        decided_on=today,
    )


def decided(review: Review, number: int, *, became: str = "", done_on: date | None = None) -> Review:
    """The review in which a decision became something, or was carried out."""
    rows = list(review.decisions)
    rows[number - 1] = replace(rows[number - 1], became=became, done_on=done_on)
    return replace(review, decisions=tuple(rows))
