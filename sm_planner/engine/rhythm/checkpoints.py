"""The phases of a plan, and what was said at their checkpoints."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.roadmap import Phase, PhaseAcceptance
from sm_planner.engine.model.vocabulary import ACCEPTED, REFUSED
from sm_planner.engine.texts import N_

AHEAD, OPEN = N_("Ahead"), N_("Not Accepted Yet")
"""States of a phase of which nobody has said anything, before and after the day of its checkpoint."""
STATES = (AHEAD, OPEN, ACCEPTED, REFUSED)


def said(plan: Plan, phase: Phase, today: date) -> PhaseAcceptance | None:
    """What was said last about a phase."""
    given = [one for one in plan.facts("acceptances", "phases", phase.id) if one.day and one.day <= today]
    return given[-1] if given else None


def state(plan: Plan, phase: Phase, today: date) -> str:
    """Accepted, refused, or neither yet. After a refusal, the day of a new checkpoint that has passed asks again."""
    last, checkpoint = said(plan, phase, today), phase.checkpoint
    is_asked_again = checkpoint and last and last.result == REFUSED and last.day < checkpoint < today
    if last and not is_asked_again:
        return last.result
    return OPEN if checkpoint and checkpoint < today else AHEAD


def awaits(plan: Plan, phase: Phase, today: date) -> bool:
    """Whether somebody is to say at a checkpoint whether a phase is accepted: for the first time, or again after a refusal."""
    last = said(plan, phase, today)
    if last is None or not phase.checkpoint:
        return phase.checkpoint is not None
    return last.result == REFUSED and last.day < phase.checkpoint


def in_order(plan: Plan) -> tuple[Phase, ...]:
    """The phases by their starts; those without come last."""
    return tuple(sorted(plan.phases, key=lambda one: (one.start_date or date.max, one.end_date or date.max)))
