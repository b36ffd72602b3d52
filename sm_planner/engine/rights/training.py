"""Who writes what of people's skills and of attendance.

Who it is about says what he thinks of himself, and that he was there. What it came to, and what was seen of it later, says
whoever leads him, or a planner.
"""

from __future__ import annotations

from dataclasses import replace

from sm_planner.engine.model.training import SkillRating, TrainingAttendance
from sm_planner.engine.model.vocabulary import ABSENT, ATTENDED, OWN_WORD
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say

Learned = SkillRating | TrainingAttendance


def refuse_learned(record: Learned, old: Learned | None, writer: Writer, leads: bool) -> Text | None:
    """Why somebody may not write what is said of somebody's skills. leads: whether he leads all whom it is, and was, about."""
    if writer.plans or leads:
        return None
    if not all(one.person in writer.people for one in (record, old) if one):
        return say(N_("Only whom it is about, whoever leads them, or a planner can enter or change this."))
    if isinstance(record, SkillRating):
        own = record.source == OWN_WORD and (old is None or old.source == OWN_WORD)
        return (
            None
            if own
            else say(N_("Of yourself you enter your own word. Your lead, or a planner, enters the rest."))
        )
    if record.result not in (ATTENDED, ABSENT) or _effect(record) != _effect(old):
        return say(
            N_(
                "Of yourself you enter whether you were there. Your lead, or a planner, enters what came of it."
            )
        )
    return None


def changes_effect_alone(record: TrainingAttendance, old: TrainingAttendance) -> bool:
    """Whether nothing is written but what was seen at work, which shows later than a fact can be corrected."""
    told = replace(record, effect=old.effect, effect_on=old.effect_on, entered_by=old.entered_by)
    return told == old and _effect(record) != _effect(old)


def _effect(fact: TrainingAttendance | None) -> tuple[object, ...]:
    return (fact.effect, fact.effect_on) if fact else ("", None)
