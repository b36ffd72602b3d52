"""Who writes what of workarounds: anybody reports one; planners, and who owns the tool or the service, answer."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from sm_planner.engine.model.tools import Workaround
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say

ANSWER = ("answer", "answered_by", "answered_on")


def refuse_workaround(
    record: Workaround, old: Workaround | None, writer: Writer, owners: Set[str]
) -> Text | None:
    """Why somebody may not write a workaround by hand. owners: the ids of those who own the tool or the service, as stored."""
    if writer.plans:
        return None
    before = old or replace(record, answer="", answered_by="", answered_on=None)
    if _answer(record) != _answer(before) and (old is None or not writer.people & owners):
        return say(N_("Planners, and who owns the tool or the service, answer workarounds."))
    told = replace(record, **dict(zip(ANSWER, _answer(before), strict=True)))
    if old is None:
        if record.reported_by not in writer.people:
            return say(N_("Report what you saw yourself, in your own name."))
    elif told != old and (
        old.answer or old.reported_by not in writer.people or record.reported_by != old.reported_by
    ):
        return say(N_("What was reported is changed by who reported it, until it is answered."))
    elif told == old and _answer(record) == _answer(old) and not writer.people & {old.reported_by, *owners}:
        return say(N_("Only whom it is about, or a planner, can enter or change this."))
    return None


def refuse_deleting_workaround(record: Workaround, writer: Writer) -> Text | None:
    """Why somebody may not delete a workaround."""
    if writer.plans or (record.reported_by in writer.people and not record.answer):
        return None
    return say(N_("This is deleted by who reported it, until it is answered, and by planners."))


def _answer(record: Workaround) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in ANSWER)
