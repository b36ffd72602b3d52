"""Who writes what of reviews and triggers.

A review is planned by planners and by the rhythm, moved or skipped by its chair, and held by its chair or a planner. What
was known when it was held, who confirmed to have been there and what became of its decisions is kept by the site alone.
Once held, it is corrected by who held it, within a day. A trigger is noticed by anybody, and decided by planners.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sm_planner.engine.model.reviews import Review, Trigger
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say

OPEN = "Open"

_MINUTES = ("attendance", "decisions", "remarks")
"""What is still written once a review was held."""

_PLANNED = ("kind", "about", "scheduled", "chair")
"""What planners alone say of a review."""


def may_hold(review: Review, writer: Writer) -> bool:
    """Whether somebody may hold a review, and say what becomes of its decisions: the chair, and planners for others."""
    return writer.plans or review.chair in writer.people


def refuse_review(review: Review, old: Review | None, writer: Writer) -> Text | None:
    """Why somebody may not write a review by hand."""
    stored = old or Review()
    if old is None and not writer.plans:
        return say(N_("Only planners plan reviews beside the rhythm."))
    if not may_hold(stored if old else review, writer):
        return say(N_("Only the chair of the review, or a planner, can enter or change this."))
    if _kept(review) != _kept(stored) or _confirmed(review) != _confirmed(stored):
        return say(
            N_(
                "When a review was held, what was known then, who confirmed to have been there and what became of "
                "decisions is kept by the site. Use the buttons of the review."
            )
        )
    if old is None:
        return None
    if old.held_on and any(
        getattr(review, name) != getattr(old, name)
        for name in (*_PLANNED, "moved_to", "skip_reason", "move_reason")
    ):
        return say(N_("This review was held: when, by whom and about what stays as it is."))
    if old.scheduled != review.scheduled:
        return say(N_("The scheduled day stays as it is. Move the review, with the reason."))
    if not writer.plans and any(getattr(review, name) != getattr(old, name) for name in _PLANNED):
        return say(N_("Only planners change what a review is about, and who leads it."))
    return None


def _kept(review: Review) -> tuple[Any, ...]:
    """What the site alone writes of a review: of decisions, what became of those that became something."""
    became = tuple(row for row in review.decisions if row.became or row.done_on)
    return review.held_on, review.inputs, review.from_rhythm, became


def _confirmed(review: Review) -> tuple[Any, ...]:
    return tuple(row for row in review.attendance if row.confirmed or row.proof)


def refuse_deleting_review(review: Review, writer: Writer) -> Text | None:
    """Why somebody may not delete a review."""
    if review.held_on:
        return say(N_("A review that was held is not deleted."))
    return None if writer.plans else say(N_("Only planners delete reviews. Skip it with a reason."))


def unproved(review: Review) -> Review:
    """The review as a file can bring it: without what somebody confirmed in a session of their own."""
    rows = tuple(replace(row, confirmed=None, proof="") for row in review.attendance)
    return replace(review, attendance=rows)


def refuse_trigger(trigger: Trigger, old: Trigger | None, writer: Writer) -> Text | None:
    """Why somebody may not write a trigger."""
    if writer.plans:
        return None
    if old is not None:
        return say(N_("Planners decide what becomes of it. Add a comment, or a new trigger."))
    if trigger.status != OPEN or trigger.deferred_until or trigger.decided_on:
        return say(N_("Planners decide what becomes of it. Leave the status as it is."))
    if trigger.noticed_by and trigger.noticed_by not in writer.people:
        return say(N_("Enter what you noticed yourself."))
    return None


def refuse_deleting_trigger(trigger: Trigger, writer: Writer) -> Text | None:
    """Why somebody may not delete a trigger."""
    return None if writer.plans else say(N_("Only planners delete triggers."))
