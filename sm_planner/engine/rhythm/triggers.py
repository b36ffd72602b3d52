"""Triggers: which of them wait for a decision, and which make a new version of the plan due."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.reviews import Trigger
from sm_planner.engine.model.vocabulary import TRIGGER_STATES

OPEN, VERSION_DUE, DEFERRED, DONE = TRIGGER_STATES


def waiting(plan: Plan, today: date) -> tuple[Trigger, ...]:
    """The triggers that somebody has to decide: open ones, and deferred ones whose day has passed."""
    return tuple(one for one in plan.triggers if _waits(one, today))


def _waits(trigger: Trigger, today: date) -> bool:
    if trigger.status == DEFERRED:
        return trigger.deferred_until is None or trigger.deferred_until < today
    return trigger.status == OPEN


def version_due(plan: Plan) -> tuple[Trigger, ...]:
    """The triggers for which a new version is due; none of them any more once one was signed after the decision."""
    return tuple(one for one in plan.triggers if one.status == VERSION_DUE and not _answered(plan, one))


def is_over(plan: Plan, trigger: Trigger) -> bool:
    """Whether nothing is left to do: it is done, or the version that it made due was signed."""
    return trigger.status == DONE or (trigger.status == VERSION_DUE and _answered(plan, trigger))


def _answered(plan: Plan, trigger: Trigger) -> bool:
    decided = trigger.decided_on or trigger.noticed_on
    return decided is not None and any(day > decided for day in map(plan.signed_on, plan.seals) if day)
