"""Who writes what of assessments: planners begin them, who assesses answers and submits them; then they stay as they are."""

from __future__ import annotations

from dataclasses import replace

from sm_planner.engine.model.assessments import DRAFT, INDEPENDENT, Assessment, GapDecision
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say


def refuse_assessment(record: Assessment, old: Assessment | None, writer: Writer) -> Text | None:
    """Why somebody may not write an assessment by hand."""
    if old is not None and old.is_submitted and record != old:
        return refuse_late()
    own = all(one.assessor in writer.people for one in (record, old) if one)
    if not (own or writer.plans):
        return say(N_("Who assesses, or a planner, can enter or change this."))
    if old is not None and old.is_submitted:
        return None
    if old is None and record.status != DRAFT:
        return say(N_("Answer its lines first, and submit it then."))
    if old is not None and not writer.plans and _set(record) != _set(old):
        return say(N_("Planners set the lines of an assessment, their targets and the goal."))
    if own:
        return None
    return _refuse_help(record, old)


def refuse_late() -> Text:
    """What was submitted stays for everybody, its files too."""
    return say(N_("This assessment was submitted, and stays as it is. Begin a new one."))


def _refuse_help(record: Assessment, old: Assessment | None) -> Text | None:
    """Why a planner may not have a hand in what another finds independently: not by another kind for a while either."""
    if old is None:
        helps = record.kind == INDEPENDENT and _is_answered(record)
    elif record.kind != old.kind:
        helps = _is_answered(record) or _is_answered(old) or record.is_submitted
    else:
        helps = record.kind == INDEPENDENT and (_found(record) != _found(old) or record.is_submitted)
    return (
        say(N_("Who assesses independently answers and submits it without help of others."))
        if helps
        else None
    )


def _set(assessment: Assessment) -> tuple[object, ...]:
    """What planners set: the lines, and what is wanted of them."""
    lines = tuple(replace(one, score=None, not_applicable="", note="") for one in assessment.answers)
    return (
        assessment.framework,
        assessment.framework_version,
        assessment.levels,
        assessment.goal,
        lines,
    )


def _is_answered(assessment: Assessment) -> bool:
    """Whether something was found of a line."""
    said = any(one.score is not None or one.not_applicable or one.note for one in assessment.answers)
    return said or bool(assessment.evidence)


def _found(assessment: Assessment) -> tuple[object, ...]:
    """What an assessor finds: not the targets, which the organisation sets."""
    return tuple(replace(one, target=None) for one in assessment.answers), assessment.evidence


def refuse_deleting_assessment(assessment: Assessment) -> Text | None:
    """Why somebody may not delete an assessment: what was found is compared with what is found later."""
    if assessment.is_submitted:
        return say(N_("An assessment that was submitted is not deleted."))
    return None


def refuse_gap_decision(record: GapDecision, old: GapDecision | None, writer: Writer) -> Text | None:
    """Why somebody may not write that the organisation is to live with a gap.

    Who asked does not decide about it, and would if he could say that he had not.
    """
    if not writer.plans and any(one.requester not in writer.people for one in (record, old) if one):
        return say(N_("Only whom it is about, or a planner, can enter or change this."))
    if old is not None and old.requester in writer.people and record.requester != old.requester:
        return say(
            N_(
                "You asked to live with this gap. Who did does not take that back; another planner corrects it."
            )
        )
    return None


def may_answer(assessment: Assessment, writer: Writer) -> bool:
    """Whether somebody may answer the lines of an assessment as it stands."""
    own = assessment.assessor in writer.people
    return not assessment.is_submitted and (own or (writer.plans and assessment.kind != INDEPENDENT))
