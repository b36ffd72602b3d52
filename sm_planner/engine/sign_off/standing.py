"""Where a plan stands today, and what comes next: the sentence at the head of its form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.events import DONE, STEPS, Event
from sm_planner.engine.model.states import (
    ACTIVE,
    DRAFT,
    IN_REVIEW,
    RETURN_FROM_SPONSOR,
    SEND_FOR_REVIEW,
    TO_SIGN,
)
from sm_planner.engine.texts import N_, Text, say

_NEXT = {
    DRAFT: N_("This is a draft. When it is complete, send it for review."),
    IN_REVIEW: N_("This plan is in review. When it is agreed, send it to its sponsor."),
    TO_SIGN: N_("This plan waits for its sponsor’s signature."),
}


def standing(plan: Plan, today: date) -> Text:
    """What the state of a plan means today, and what comes next."""
    if plan.state in _NEXT:
        return say(_NEXT[plan.state])
    if plan.state != ACTIVE:
        return say(N_("A later version has replaced this plan."))
    if plan.period_start and today < plan.period_start:
        return say(N_("This plan is signed. Its period begins on {0}."), plan.period_start)
    if plan.period_end and plan.period_end < today:
        return say(N_("This plan is signed. Its period ended on {0}. Start a revision."), plan.period_end)
    return say(N_("This plan is signed and in force."))


def returned(state: str, events: Sequence[Event]) -> Event | None:
    """The return that made a plan a draft again; None for a draft that nobody sent back.

    events: of one version of a plan, the oldest first.
    """
    done = _steps(events)
    if state != DRAFT or not done or done[-1].act != RETURN_FROM_SPONSOR.action:
        return None
    *before, last = done
    was_taken_back = not last.reason and can_be_taken_back(IN_REVIEW, before, last.user)
    return None if was_taken_back else last


def can_be_taken_back(state: str, events: Sequence[Event], user: str) -> bool:
    """Whether the user sent the plan for review, and nothing came after: then it is his to take back, and he owes nobody a reason.

    events: of one version of a plan, the oldest first.
    """
    done = _steps(events)
    return (
        state == IN_REVIEW and bool(done) and (done[-1].act, done[-1].user) == (SEND_FOR_REVIEW.action, user)
    )


def _steps(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.outcome == DONE and event.act in STEPS]
