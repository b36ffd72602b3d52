"""Who writes what of workarounds and feedback: anybody reports in the own name; planners, and whom it is about, answer."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from sm_planner.engine.model.communication import Feedback
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.tools import Workaround
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say

Reported = Workaround | Feedback

ANSWER = ("answer", "answered_by", "answered_on")

_ANSWERED_BY: dict[type, str] = {
    Workaround: N_("Planners, and who owns the tool or the service, answer workarounds."),
    Feedback: N_(
        "Feedback is answered by planners, by who owns the service, by who said what it answers to, and by who looks "
        "after the stakeholders."
    ),
}


def refuse_reported(
    record: Reported, old: Reported | None, writer: Writer, answerers: Set[str]
) -> Text | None:
    """Why somebody may not write a workaround or feedback by hand. answerers: the ids of those who answer it, as stored."""
    if writer.plans:
        return None
    before = old or replace(record, answer="", answered_by="", answered_on=None)
    if _answer(record) != _answer(before) and (old is None or not writer.people & answerers):
        return say(_ANSWERED_BY[type(record)])
    told = replace(record, **dict(zip(ANSWER, _answer(before), strict=True)))
    if old is None:
        if record.reported_by not in writer.people:
            return say(N_("Report what you saw yourself, in your own name."))
    elif told != old and (
        old.answer or old.reported_by not in writer.people or record.reported_by != old.reported_by
    ):
        return say(N_("What was reported is changed by who reported it, until it is answered."))
    elif (
        told == old and _answer(record) == _answer(old) and not writer.people & {old.reported_by, *answerers}
    ):
        return say(N_("Only whom it is about, or a planner, can enter or change this."))
    return None


def open_fields(
    stored: Reported, writer: Writer, answerers: Set[str]
) -> tuple[frozenset[str] | None, Text | None]:
    """Which fields somebody may change of what is stored, None for all; and why not the others: as a change is refused."""
    if writer.plans:
        return None, None

    def refused(field: str) -> Text | None:
        changed = replace(stored, **{field: f"{getattr(stored, field)}+"})
        return refuse_reported(changed, stored, writer, answerers)

    told, answered = refused("title"), refused("answer")
    fields = frozenset(specs(type(stored))) - {*ANSWER, "reported_by"} if told is None else frozenset()
    return fields | ({"answer"} if answered is None else frozenset()), told or answered


def refuse_deleting_reported(record: Reported, writer: Writer) -> Text | None:
    """Why somebody may not delete a workaround or feedback."""
    if writer.plans or (record.reported_by in writer.people and not record.answer):
        return None
    return say(N_("This is deleted by who reported it, until it is answered, and by planners."))


def _answer(record: Reported) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in ANSWER)
