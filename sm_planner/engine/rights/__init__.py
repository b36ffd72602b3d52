"""Who may write what of a lineage: rights follow duties, not roles alone.

A fact is added by whom it is about, or by a planner in his place, which the fact then says. It is corrected, and deleted, by
who entered it while it is fresh. What a planner may write at all, everybody else writes as far as a duty of his goes.

A team or an organisation that a service belongs to has no rights by that: they are those of the person who is named as its
owner. The members of a team are many, and nobody has answered for what all of them may change.
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
from sm_planner.engine.rights import reported
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
        return refuse_reported(record, old, writer, _answerers(old or record, find))
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


def open_fields(stored: Reported, writer: Writer, find: Find) -> tuple[frozenset[str] | None, Text | None]:
    """Which fields of a stored workaround, or of feedback, somebody may change, None for all; and why not the others."""
    return reported.open_fields(stored, writer, _answerers(stored, find))


def _answerers(record: Reported, find: Find) -> frozenset[str]:
    """The ids of those who answer what was reported."""
    return frozenset(_ANSWERERS[type(record)](record, find))


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


Concerned = Callable[[Any, Find], Iterable[str]]


def _named(*fields: str) -> Concerned:
    """Whom fields of the record itself name."""
    return lambda record, find: (getattr(record, field) for field in fields)


def _behind(collection: str, link: str, owner: str) -> Concerned:
    """Whom a field of the record names that this one is about."""

    def concerned(record: Any, find: Find) -> Iterable[str]:
        about = find(collection, getattr(record, link))
        return (getattr(about, owner),) if about else ()

    return concerned


def _of_measurement(fact: Measurement, find: Find) -> Iterable[str]:
    if objective := find("objectives", fact.objective):
        yield objective.objective_owner
    if agreement := find("agreements", fact.agreement):
        yield agreement.agreement_owner
    if value := find(VALUES, fact.value_statement):
        yield value.person


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


def _of_feedback(feedback: Feedback, find: Find) -> Iterable[str]:
    yield feedback.reported_by
    yield from answerers(feedback, find)


_ANSWERERS: dict[type, Concerned] = {Workaround: owners, Feedback: answerers}
"""Class of what people report → who answers it."""

_CONCERNED: dict[type, Concerned] = {
    Acknowledgement: _named("person"),
    BenchmarkNote: _named("noted_by"),
    BriefingConfirmation: _named("person"),
    BudgetActual: _behind("budget_lines", "budget_line", "line_owner"),
    CommunicationRun: _of_run,
    Assessment: _named("assessor"),
    AssessmentFramework: _named(),
    Engagement: _named("person"),
    Evidence: _behind("commitments", "commitment", "person"),
    Feedback: _of_feedback,
    GapDecision: _named("requester"),
    Improvement: _named("improvement_owner"),
    Lesson: _named("lesson_owner"),
    Measurement: _of_measurement,
    PhaseAcceptance: _behind("phases", "phase", "accepted_by"),
    ProgressReport: _behind("improvements", "improvement", "improvement_owner"),
    ReportConfirmation: _named("person"),
    ReportIssue: _behind("report_specs", "report_spec", "report_owner"),
    Review: _named("chair"),
    Risk: _named("risk_owner"),
    SanityCheck: _named("lead"),
    SkillRating: _of_skills,
    TrainingAttendance: _of_skills,
    Trigger: _named("noticed_by"),
    Waiver: _named("requester"),
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
