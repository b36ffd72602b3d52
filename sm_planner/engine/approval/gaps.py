"""Who decides that the organisation lives with a gap."""

from __future__ import annotations

from collections.abc import Set

from sm_planner.engine.approval import shown
from sm_planner.engine.approval.waivers import REQUESTED
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.texts import N_, Text, say


def deciders(plan: Plan, decision: GapDecision) -> frozenset[str]:
    """The people who decide about living with a gap: not who asked for it."""
    return frozenset({plan.plan_owner, plan.executive_sponsor} - {"", decision.requester})


def awaits(decision: GapDecision) -> bool:
    """Whether a decision to live with a gap can be taken, and is not."""
    return decision.status == REQUESTED and bool(
        decision.requester and decision.expires and decision.reason.strip()
    )


def refuse_decision(
    plan: Plan, decision: GapDecision, people: Set[str], read: str, entered: bool
) -> Text | None:
    """Why an account may not decide about living with a gap; None if that is possible.

    plan: the version in force, or the newest while none is. people: the ids of the people whom the account stands for.
    read: the hash of what was read, by :func:`~sm_planner.engine.approval.shown`. entered: whether the account entered what is asked
    for, in whose name ever.
    """
    if not decision.requester:
        return say(N_("Have entered who asks to live with this gap."))
    if decision.requester in people:
        return say(N_("You asked to live with this gap. Somebody else decides about it."))
    if entered:
        return say(N_("You entered this. Somebody else decides about it."))
    if not people & deciders(plan, decision):
        return say(N_("The plan owner or the executive sponsor decides whether to live with a gap."))
    if read != shown(decision):
        return say(N_("The decision has changed since you opened it. Read it again."))
    if not decision.expires or not decision.reason.strip():
        return say(N_("Have the reason entered, and a day on which it expires."))
    return None
