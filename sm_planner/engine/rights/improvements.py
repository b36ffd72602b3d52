"""Who writes what of improvements.

Planners write them for others; who carries one out moves it on and says what came of it; anybody suggests. Whether it is done
at all, and when it is over, is decided by others (:mod:`sm_planner.engine.approval.improvements`), each in a session of their own.
"""

from __future__ import annotations

from dataclasses import replace

from sm_planner.engine.approval.improvements import UNDER_APPROVAL
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.model.vocabulary import (
    APPROVED,
    ASSESS,
    CLOSED,
    IN_PROGRESS,
    NEW,
    ON_HOLD,
    REJECTED,
    SUGGESTION,
    VERIFY,
)
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say

MOVES = {
    NEW: (ASSESS,),
    ASSESS: (),
    APPROVED: (IN_PROGRESS, ON_HOLD),
    IN_PROGRESS: (VERIFY, ON_HOLD),
    VERIFY: (IN_PROGRESS, ON_HOLD),
    ON_HOLD: (IN_PROGRESS,),
    REJECTED: (ASSESS,),
    CLOSED: (),
}
"""State → the states to which it is moved by hand: what was approved is carried out, what was rejected is thought about again.
The workflow that comes with the app has a button for each."""

AFTERWARDS = ("follow_up", "effect", "learning")
"""What is still written once an improvement is closed."""


def refuse_improvement(record: Improvement, old: Improvement | None, writer: Writer) -> Text | None:
    """Why somebody may not write an improvement by hand."""
    return (
        _refuse_writer(record, old, writer)
        or (_refuse_denial(record, old, writer) if old else None)
        or _refuse_move(record.status, old.status if old else "")
        or (_refuse_late(record, old) if old else None)
    )


def _refuse_writer(record: Improvement, old: Improvement | None, writer: Writer) -> Text | None:
    if writer.plans or (_is_own_idea(record, writer) and (old is None or _is_own_idea(old, writer))):
        return None
    if all(one.improvement_owner in writer.people for one in (record, old) if one):
        return None
    if old is None:
        return say(
            N_(
                "Enter it as a suggestion of yours, or as an improvement that you carry out; a planner enters the rest."
            )
        )
    return say(N_("Only whom it is about, or a planner, can enter or change this."))


def _is_own_idea(record: Improvement, writer: Writer) -> bool:
    """Whether somebody suggests it, and nobody has taken it up yet."""
    return (
        record.kind == SUGGESTION
        and record.status == NEW
        and record.suggested_by in writer.people
        and not record.improvement_owner
        and not record.answer
    )


def _refuse_denial(record: Improvement, old: Improvement, writer: Writer) -> Text | None:
    """Who had an idea does not decide about it, and would if he could say that he had not."""
    if old.suggested_by in writer.people and record.suggested_by != old.suggested_by:
        return say(
            N_(
                "You suggested this improvement. Who did does not take that back; another planner corrects it."
            )
        )
    return None


def _refuse_move(now: str, before: str) -> Text | None:
    if now == before or (not before and now in ("", NEW, ASSESS)) or now in MOVES.get(before, ()):
        return None
    if now in (APPROVED, CLOSED, REJECTED) or (not before and now in UNDER_APPROVAL):
        return say(
            N_(
                "An improvement is approved, rejected and closed by who decides about it, with the buttons of the form. "
                "Leave the status as it is."
            )
        )
    return say(N_("An improvement that is {0} does not become {1}."), Text(before), Text(now))


def _refuse_late(record: Improvement, old: Improvement) -> Text | None:
    if old.status == CLOSED and replace(record, **{name: getattr(old, name) for name in AFTERWARDS}) != old:
        return say(N_("This improvement is closed, and stays as it is. Enter what follows as a new one."))
    return None


def refuse_deleting_improvement(improvement: Improvement) -> Text | None:
    """Why somebody may not delete an improvement: what was decided about it would speak of nothing."""
    if improvement.status not in (NEW, ASSESS):
        return say(N_("This was decided about, and stays in the register. Have it rejected or closed."))
    return None
