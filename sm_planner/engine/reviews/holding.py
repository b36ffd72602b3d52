"""How a review is held: who may, when, and what is kept of that day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.reviews import Review, ReviewAttendance, ReviewInput
from sm_planner.engine.reviews.agenda import NO_DATA, Topic, agenda
from sm_planner.engine.rhythm.occurrences import members, series_of
from sm_planner.engine.texts import N_, Text, listed, say

Translate = Callable[[Text], str]
"""A text in the words of whoever reads it."""


def refusal(review: Review) -> Text | None:
    """Why a review cannot be held."""
    if review.held_on:
        return say(N_("This review was held on {0}."), review.held_on)
    if review.skip_reason:
        return say(N_("This review is skipped. Empty the reason first."))
    return None


def hold(review: Review, plan: Plan, today: date, translate: Translate = str) -> Review:
    """The review as it is held today: with all inputs as they are known now, and everybody who takes part.

    plan: with all its registers and facts. Who was noted as present before stays so.
    """
    noted = {row.person for row in review.attendance}
    expected = tuple(ReviewAttendance(person=id) for id in members(plan, review, today) if id not in noted)
    return replace(
        review,
        held_on=today,
        attendance=review.attendance + expected,
        inputs=tuple(_frozen(agenda(plan, review, today), today, translate)),
    )


def passed_over(plan: Plan, review: Review, today: date, translate: Translate = str) -> tuple[Review, ...]:
    """The open reviews of the same series up to the day on which one is held, as skipped: they are not due any more."""
    reason = translate(say(N_("One of these reviews was held on {0}."), today))[:LINE_LENGTH]
    return tuple(
        replace(one, skip_reason=reason)
        for one in plan.reviews
        if series_of(one) == series_of(review)
        and one.id != review.id
        and not one.is_settled
        and one.scheduled is not None
        and one.scheduled <= today
    )


def _frozen(topics: Iterable[Topic], today: date, translate: Translate) -> Iterable[ReviewInput]:
    for topic in topics:
        sources = listed(Text(source_label(name)) for name in topic.sources)
        yield ReviewInput(
            topic=topic.name,
            text="\n".join(translate(point.text) for point in topic.points) or translate(Text(NO_DATA)),
            figures=translate(topic.figures)[:LINE_LENGTH] if topic.figures else "",
            source=translate(sources)[:LINE_LENGTH],
            as_of=today,
        )


def source_label(collection: str) -> str:
    """What the records are called from which an input comes."""
    return COLLECTIONS[collection].several if collection in COLLECTIONS else N_("Plan")


def attended(review: Review, person: str, day: date, proof: str) -> Review:
    """The review with the attendance that a person confirms. proof: see :mod:`sm_planner.engine.model.proof`."""
    mine = ReviewAttendance(person=person, attended=True, confirmed=day, proof=proof)
    rows = tuple(mine if row.person == person else row for row in review.attendance)
    return replace(review, attendance=rows if mine in rows else (*rows, mine))


def attendance_refusal(review: Review, person: str) -> Text | None:
    """Why a person cannot confirm that they were there."""
    if not review.held_on:
        return say(N_("This review was not held yet."))
    rows = {row.person: row for row in review.attendance}
    if person not in rows:
        return say(N_("You are not among those who take part in this review."))
    if rows[person].confirmed:
        return say(N_("You confirmed your attendance on {0}."), rows[person].confirmed)
    return None
