"""Who may write what of a lineage: rights follow duties, not roles alone.

A fact is added by whom it is about, or by a planner in his place, which the fact then says. It is corrected, and deleted, by
who entered it while it is fresh. What a planner may write at all, everybody else writes as far as a duty of his goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sm_planner.engine.communication.feedback import answerers
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.assessments import Assessment, AssessmentFramework, GapDecision
from sm_planner.engine.model.change import Engagement
from sm_planner.engine.model.communication import BriefingConfirmation, CommunicationRun, Feedback
from sm_planner.engine.model.duties import Waiver
from sm_planner.engine.model.facts import Acknowledgement, Evidence, Measurement
from sm_planner.engine.model.improvements import Improvement, ProgressReport
from sm_planner.engine.model.learning import BenchmarkNote, Lesson, SanityCheck
from sm_planner.engine.model.money import BudgetActual
from sm_planner.engine.model.plan import NAMES
from sm_planner.engine.model.reporting import ReportConfirmation, ReportIssue
from sm_planner.engine.model.reviews import Review, Trigger
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.model.roadmap import PhaseAcceptance
from sm_planner.engine.model.tools import Workaround
from sm_planner.engine.model.training import SkillRating, TrainingAttendance
from sm_planner.engine.rights.assessments import refuse_assessment, refuse_gap_decision, refuse_late
from sm_planner.engine.rights.improvements import refuse_improvement
from sm_planner.engine.rights.learning import refuse_risk, refuse_sanity_check
from sm_planner.engine.rights.reported import Reported, refuse_reported
from sm_planner.engine.rights.reviews import refuse_review, refuse_trigger
from sm_planner.engine.rights.training import refuse_learned
from sm_planner.engine.rights.writer import Writer
from sm_planner.engine.texts import N_, Text, say

FRESH = timedelta(days=1)
"""How long a fact can be corrected by who entered it."""

Find = Callable[[str, str], Any]
"""Collection and id → the record, or None. Values that the plan promises are found by their words, under :data:`VALUES`."""

VALUES = "value_statements"


def refuse_write(record: Any, old: Any, writer: Writer, find: Find) -> Text | None:
    """Why somebody may not write a record of a register, or a fact; None if he may. old: as it is stored, or None."""
    if COLLECTIONS[NAMES[type(record)]].by_server:
        return say(N_("The site alone writes this."))
    if isinstance(record, Reported):
        return refuse_reported(record, old, writer, frozenset(_ANSWERERS[type(record)](old or record, find)))
    if isinstance(record, SkillRating | TrainingAttendance):
        leads = all(writer.people & {lead_of(one, find)} for one in (record, old) if one)
        return refuse_learned(record, old, writer, leads)
    decided = _DECIDED.get(type(record))
    if decided:
        return decided(record, old, writer)
    if writer.plans:
        return None
    for one in filter(None, (record, old)):
        if not writer.people & {*concerned(one, find)}:
            return say(N_("Only whom it is about, or a planner, can enter or change this."))
    return None


def refuse_files(record: Any) -> Text | None:
    """Why nobody adds a file to a record, or takes one from it: what was submitted, or held, stays with what shows it."""
    if isinstance(record, Assessment) and record.is_submitted:
        return refuse_late()
    if isinstance(record, SanityCheck) and record.held_on:
        return say(N_("This sanity check was held. Its files stay as they are."))
    return None


def in_place_of_others(record: Any, writer: Writer, find: Find) -> bool:
    """Whether a fact is entered by somebody whom it is not about. Of skills and attendance, whoever leads them is another."""
    if isinstance(record, SkillRating | TrainingAttendance):
        return record.person not in writer.people
    return not writer.people & {*concerned(record, find)}


def refuse_correction(entered_by_user: bool, created: datetime, now: datetime) -> Text | None:
    """Why a fact stays as it was entered; None while it can be corrected. Both times are of one clock."""
    if entered_by_user and now - created < FRESH:
        return None
    return say(
        N_("What happened is corrected only by who entered it, within a day. Add a new entry instead.")
    )


def concerned(record: Any, find: Find) -> Iterable[str]:
    """The ids of the people whom a record is about: what they do is theirs to enter."""
    return filter(None, _CONCERNED[type(record)](record, find))


def _of_measurement(fact: Measurement, find: Find) -> Iterable[str]:
    if objective := find("objectives", fact.objective):
        yield objective.objective_owner
    if agreement := find("agreements", fact.agreement):
        yield agreement.agreement_owner
    if value := find(VALUES, fact.value_statement):
        yield value.person


def _of_evidence(fact: Evidence, find: Find) -> Iterable[str]:
    if commitment := find("commitments", fact.commitment):
        yield commitment.person


def _of_engagement(fact: Engagement, find: Find) -> Iterable[str]:
    yield fact.person


def _of_acknowledgement(fact: Acknowledgement, find: Find) -> Iterable[str]:
    yield fact.person


def _of_improvement(action: Improvement, find: Find) -> Iterable[str]:
    yield action.improvement_owner


def _of_progress(fact: ProgressReport, find: Find) -> Iterable[str]:
    if action := find("improvements", fact.improvement):
        yield action.improvement_owner


def _of_actual(fact: BudgetActual, find: Find) -> Iterable[str]:
    if line := find("budget_lines", fact.budget_line):
        yield line.line_owner


def _of_acceptance(fact: PhaseAcceptance, find: Find) -> Iterable[str]:
    if phase := find("phases", fact.phase):
        yield phase.accepted_by


def _of_review(review: Review, find: Find) -> Iterable[str]:
    yield review.chair


def _of_trigger(trigger: Trigger, find: Find) -> Iterable[str]:
    yield trigger.noticed_by


def _of_assessment(assessment: Assessment, find: Find) -> Iterable[str]:
    yield assessment.assessor


def _of_framework(framework: AssessmentFramework, find: Find) -> Iterable[str]:
    return ()


def _of_gap_decision(decision: GapDecision, find: Find) -> Iterable[str]:
    yield decision.requester


def _of_waiver(waiver: Waiver, find: Find) -> Iterable[str]:
    yield waiver.requester


def _of_risk(risk: Risk, find: Find) -> Iterable[str]:
    yield risk.risk_owner


def _of_lesson(lesson: Lesson, find: Find) -> Iterable[str]:
    yield lesson.lesson_owner


def _of_note(note: BenchmarkNote, find: Find) -> Iterable[str]:
    yield note.noted_by


def _of_sanity_check(check: SanityCheck, find: Find) -> Iterable[str]:
    yield check.lead


def _of_workaround(workaround: Workaround, find: Find) -> Iterable[str]:
    yield workaround.reported_by
    yield from owners(workaround, find)


def owners(workaround: Workaround, find: Find) -> frozenset[str]:
    """The ids of the people who own the tool, or the service, that is worked around: they answer."""
    tool, service = find("tools", workaround.tool), find("services", workaround.service)
    return frozenset(filter(None, (tool and tool.tool_owner, service and service.service_owner)))


def _of_skills(fact: SkillRating | TrainingAttendance, find: Find) -> Iterable[str]:
    yield fact.person
    yield lead_of(fact, find)


def lead_of(fact: SkillRating | TrainingAttendance, find: Find) -> str:
    """The id of whoever leads the one whom it is about; empty where nobody does."""
    person = find("people", fact.person)
    return person.reports_to if person else ""


def _of_run(run: CommunicationRun, find: Find) -> Iterable[str]:
    """Those who are planned to say it: what somebody else said in their place is entered by a planner."""
    if one := find("communications", run.communication):
        role = None if one.sender else find("roles", one.sender_role)
        holders = [holder.person for holder in (role.holders if role else ()) if holder.runs(run.day)]
        yield from (person for person in (one.sender, *holders) if run.sender in ("", person))


def _of_issue(issue: ReportIssue, find: Find) -> Iterable[str]:
    if spec := find("report_specs", issue.report_spec):
        yield spec.report_owner


def _of_confirmation(fact: BriefingConfirmation | ReportConfirmation, find: Find) -> Iterable[str]:
    yield fact.person


def _of_feedback(feedback: Feedback, find: Find) -> Iterable[str]:
    yield feedback.reported_by
    yield from answerers(feedback, find)


_ANSWERERS: dict[type, Callable[[Any, Find], Iterable[str]]] = {Workaround: owners, Feedback: answerers}
"""Class of what people report → who answers it."""

_CONCERNED: dict[type, Callable[[Any, Find], Iterable[str]]] = {
    Acknowledgement: _of_acknowledgement,
    BenchmarkNote: _of_note,
    BriefingConfirmation: _of_confirmation,
    BudgetActual: _of_actual,
    CommunicationRun: _of_run,
    Assessment: _of_assessment,
    AssessmentFramework: _of_framework,
    Engagement: _of_engagement,
    Evidence: _of_evidence,
    Feedback: _of_feedback,
    GapDecision: _of_gap_decision,
    Improvement: _of_improvement,
    Lesson: _of_lesson,
    Measurement: _of_measurement,
    PhaseAcceptance: _of_acceptance,
    ProgressReport: _of_progress,
    ReportConfirmation: _of_confirmation,
    ReportIssue: _of_issue,
    Review: _of_review,
    Risk: _of_risk,
    SanityCheck: _of_sanity_check,
    SkillRating: _of_skills,
    TrainingAttendance: _of_skills,
    Trigger: _of_trigger,
    Waiver: _of_waiver,
    Workaround: _of_workaround,
}
"""Class of a register or of facts → whom one of its records is about. Every such class is here: a test."""

_DECIDED: dict[type, Callable[[Any, Any, Writer], Text | None]] = {
    Assessment: refuse_assessment,
    GapDecision: refuse_gap_decision,
    Improvement: refuse_improvement,
    Review: refuse_review,
    Risk: refuse_risk,
    SanityCheck: refuse_sanity_check,
    Trigger: refuse_trigger,
}
"""Class → who may write its records, where that does not follow from whom they are about alone."""
