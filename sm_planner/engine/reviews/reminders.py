"""Who is to be told today of reviews and their decisions: not every day again, but when something begins or drags on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.reviews import Review
from sm_planner.engine.rhythm.decisions import open_decisions
from sm_planner.engine.rhythm.occurrences import members, series_name, told_late
from sm_planner.engine.texts import N_, Text, say

AHEAD = (14, 1)
"""Days before a review on which those who take part are told."""

BEFORE_DUE = 7
"""Days before a decision is due on which its owner is told."""

AGAIN = 7
"""What is late is told on its first day, and then every so many days."""


@dataclass(frozen=True)
class Reminder:
    """What one person is told. person: the id. review: the one that is meant."""

    person: str
    text: Text
    review: Review


def reminders(plan: Plan, today: date) -> Iterator[Reminder]:
    """What is to be told on a day about the reviews of a plan, each once."""
    for review in plan.reviews:
        if review.is_settled:
            yield from _to_confirm(plan, review, today)
        elif review.day:
            yield from _ahead(plan, review, today)
    for one in open_decisions(plan):
        due, decision = one.decision.due, one.decision
        if due and decision.person and ((due - today).days == BEFORE_DUE or _is_told((today - due).days)):
            yield Reminder(
                decision.person,
                say(N_("Decision of {0}, due {1}: {2}"), series_name(one.review), due, decision.text),
                one.review,
            )


def _ahead(plan: Plan, review: Review, today: date) -> Iterator[Reminder]:
    days = (review.day - today).days
    if days in AHEAD:
        for person in dict.fromkeys((*members(plan, review, review.day), *review.people)):
            yield Reminder(
                person, say(N_("{0} takes place on {1}."), series_name(review), review.day), review
            )
    elif review.chair and _is_told(-days):
        yield Reminder(review.chair, told_late(review, review.scheduled, today), review)


def _to_confirm(plan: Plan, review: Review, today: date) -> Iterator[Reminder]:
    """The sponsor confirms the attendance, which nobody else can do."""
    if (
        not review.held_on
        or not _is_told((today - review.held_on).days)
        or (today - review.held_on).days > AGAIN * 2
    ):
        return
    for row in review.attendance:
        if row.person == plan.executive_sponsor and row.attended and not row.confirmed:
            text = say(N_("{0} of {1}: confirm that you were there."), series_name(review), review.held_on)
            yield Reminder(row.person, text, review)


def _is_told(days: int) -> bool:
    """Whether something that is late by so many days is told: on the first, and then each week."""
    return days > 0 and days % AGAIN == 1
