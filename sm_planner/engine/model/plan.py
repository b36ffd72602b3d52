"""The plan itself, its settings, and the collections of its records."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sm_planner.engine.model.agreements import Agreement, CustomerRequirement
from sm_planner.engine.model.approvals import Approval
from sm_planner.engine.model.assessments import Assessment, AssessmentFramework, GapDecision
from sm_planner.engine.model.change import ChangeImpact, Engagement
from sm_planner.engine.model.collection import FACT, REGISTER, Collection, collection, collections_of
from sm_planner.engine.model.commitments import Commitment
from sm_planner.engine.model.communication import (
    BriefingConfirmation,
    Communication,
    CommunicationRun,
    Feedback,
    GlossaryTerm,
)
from sm_planner.engine.model.duties import RaciEntry, Waiver
from sm_planner.engine.model.facts import Acknowledgement, Evidence, Measurement
from sm_planner.engine.model.fields import (
    KEY_LENGTH,
    choice,
    day,
    integer,
    key,
    line,
    lines,
    link,
    record,
    rows,
    specs,
    text,
)
from sm_planner.engine.model.goals import (
    BusinessGoal,
    DeclinedCategory,
    Objective,
    ValueStatement,
)
from sm_planner.engine.model.health import Health
from sm_planner.engine.model.improvements import Improvement, ProgressReport
from sm_planner.engine.model.learning import BenchmarkNote, Lesson, SanityCheck
from sm_planner.engine.model.lineage import Record
from sm_planner.engine.model.money import BudgetActual, BudgetLine, Funding
from sm_planner.engine.model.office import Accountability, DecisionRight, GoverningMember, MandateItem
from sm_planner.engine.model.parties import Person, Role, Stakeholder, Supplier, Team
from sm_planner.engine.model.questions import WORDS
from sm_planner.engine.model.reporting import (
    DASHBOARD_DECISIONS,
    ProgressSheet,
    ReportConfirmation,
    ReportIssue,
    ReportSpec,
)
from sm_planner.engine.model.reviews import Review, ReviewMember, ReviewRhythm, Trigger
from sm_planner.engine.model.risks import Risk, RiskCriterion
from sm_planner.engine.model.roadmap import BusyTime, Phase, PhaseAcceptance
from sm_planner.engine.model.rosters import Roster
from sm_planner.engine.model.seal_key import KeyRing
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.services import Calendar, CatalogueEntry, Component, Process, Service
from sm_planner.engine.model.settings import Settings
from sm_planner.engine.model.tools import Tool, Workaround
from sm_planner.engine.model.training import Skill, SkillRating, Training, TrainingAttendance
from sm_planner.engine.model.vocabulary import (
    CONTEXT_TYPES,
    DEPTHS,
    DRIVERS,
    OBLIGATION_KINDS,
    OFFICES,
    PLAN_STATES,
    PROVIDER_TYPES,
    REVIEW_KINDS,
)

T = TypeVar("T")


@record
class Answer:
    """The answer to one key question (see :mod:`sm_planner.engine.model.questions`)."""

    question: str = line(
        "Question", "One of the key questions, in its words or by its code.", required=True, words=WORDS
    )
    answer: str = text("Answer")
    evidence: str = text("Evidence")


@record
class Obligation:
    """A law, standard, policy or contract that binds the services."""

    title: str = line("Obligation", required=True)
    kind: str = choice("Kind", OBLIGATION_KINDS)
    service: str = link("Service", "services", "If empty, it binds service management as a whole.")
    how: str = text("How It Is Met")


@record
class ContextScan:
    driver: str = choice("Driver", DRIVERS, required=True)
    finding: str = text("What Changes")
    scanned: date | None = day("Scanned On")


@record
class RelatedPlan:
    """A plan for one process that follows this plan."""

    title: str = line("Plan", required=True)
    process: str = link("Process", "processes")
    start_date: date | None = day("Start")
    end_date: date | None = day("End")


@record
class Signer:
    """Somebody who signs before the executive sponsor."""

    person: str = link("Person", "people", required=True)
    stands_for: str = line("Stands For", "What this signature answers for, such as finance.")


@record
class Beside:
    """What a record of a register, or a fact, names and the plan does not have."""

    collection: str = line("Section", "The section that it would stand in, such as people.", required=True)
    id: str = key()
    title: str = line("Title")


@record
class Plan:
    """One version of a service management plan, with everything in its scope."""

    id: str = key()
    title: str = line("Title")
    lineage: str = line("Lineage", "The same for all versions of one plan.", length=KEY_LENGTH)
    version: int | None = integer("Version", 1, minimum=1)
    state: str = choice("State", PLAN_STATES, "Draft", sealed=False)
    company: str = line("Company")
    unit: str = line("Unit", "The organisational unit that the plan is for.")
    depth: str = choice("Depth", DEPTHS, help="How much the plan is asked. If empty, all.")
    office: str = choice("Office", OFFICES, help="Who keeps the plan. A single adviser is asked less.")
    stand_in: str = link("Stands In", "people", "Who acts for a single adviser who is away.")
    provider_type: str = choice("Provider Type", PROVIDER_TYPES)
    context_type: str = choice("Context", CONTEXT_TYPES)
    period_start: date | None = day("Period Start")
    period_end: date | None = day("Period End")
    next_review: date | None = day(
        "Next Review",
        "If empty, it follows from the rhythm and the last review.",
        sealed=False,
        of_lineage=True,
    )
    plan_owner: str = link("Plan Owner", "people")
    executive_sponsor: str = link("Executive Sponsor", "people")
    signers: tuple[Signer, ...] = rows(
        "Signers", Signer, "Who signs before the executive sponsor, in this order."
    )
    why: str = text("Why", "Why the organisation does this, in its own words.")
    vision: str = text("Vision")
    scope_units: str = text("Units in Scope")
    scope_locations: str = text("Locations in Scope")
    exclusions: str = text("Exclusions", "What is out of scope; or “none”.")
    horizon: date | None = day("Horizon", "How far ahead the vision looks.")
    limitations: str = text(
        "Known Limitations", "What limits services and their management; or “none known”."
    )
    party_approach: str = text("Other Parties", "How the organisation works with other parties.")
    major_incident_criteria: str = text("Major Incidents", "What makes an incident a major one.")
    major_incident_lead: str = link(
        "Leads Major Incidents", "roles", "The role that leads while one lasts, at any hour."
    )
    future_support: str = text(
        "Future Support Model", "How users are supported when the plan is carried out, where that changes."
    )
    obligations: tuple[Obligation, ...] = rows("Obligations", Obligation)
    business_goals: tuple[BusinessGoal, ...] = rows("Strategy Map", BusinessGoal)
    declined_categories: tuple[DeclinedCategory, ...] = rows(
        "Declined Categories",
        DeclinedCategory,
        "Categories for which the plan deliberately has no objective.",
    )
    context_scan: tuple[ContextScan, ...] = rows("Context", ContextScan)
    related_plans: tuple[RelatedPlan, ...] = rows("Related Plans", RelatedPlan)
    value_statements: tuple[ValueStatement, ...] = rows("Value", ValueStatement)
    otherwise: str = text("What Happens Otherwise", "If the money is not granted, and all stays as it is.")
    currency: str = line("Currency", "Of all amounts of the plan, such as EUR.")
    funding: tuple[Funding, ...] = rows(
        "Approved Funding", Funding, "The money that was granted for the plan."
    )
    review_rhythm: tuple[ReviewRhythm, ...] = rows(
        "Review Rhythm", ReviewRhythm, "Which reviews there are, how often, and who leads them."
    )
    review_members: tuple[ReviewMember, ...] = rows(
        "Review Members", ReviewMember, "Who takes part beside the chair."
    )
    risk_criteria: tuple[RiskCriterion, ...] = rows(
        "Risk Criteria", RiskCriterion, "What each step of likelihood and impact means here."
    )
    mandate: tuple[MandateItem, ...] = rows(
        "Mandate", MandateItem, "What the office is there for, and which role answers for each."
    )
    change_manager: str = link("Change Manager", "roles", "The role that leads changes.")
    improvement_manager: str = link(
        "Continual Improvement Manager", "roles", "The role that sees to it that services get better."
    )
    body_title: str = line("Governing Body", "What the body is called that governs service management.")
    body_meets: str = choice(
        "Meets In", REVIEW_KINDS, help="In which reviews; it has their chair and rhythm."
    )
    body_members: tuple[GoverningMember, ...] = rows(
        "Members of the Body", GoverningMember, "Beside the chair; they take part in these reviews."
    )
    decision_rights: tuple[DecisionRight, ...] = rows(
        "Decision Rights",
        DecisionRight,
        "Who decides about what, up to which limit; above it, the executive sponsor. Where none is stated, "
        "the limits of the settings hold.",
    )
    accountabilities: tuple[Accountability, ...] = rows(
        "Held to Account", Accountability, "How owners of services are held to account."
    )
    glossary: tuple[GlossaryTerm, ...] = rows(
        "Glossary", GlossaryTerm, "The words of the plan that not everybody knows, with what they mean."
    )
    executive_dashboard: str = choice(
        "Executive Dashboard", DASHBOARD_DECISIONS, help="Whether those at the top want one."
    )
    dashboard_link: str = line("Address of the Dashboard", "Where it is.")
    no_dashboard_because: str = text("No Dashboard Because", "Why there is none.")
    answers: tuple[Answer, ...] = rows(
        "Key Questions",
        Answer,
        "Sixteen questions that a plan answers: five before the planning starts, eleven about the service model.",
    )
    templates: tuple[str, ...] = lines(
        "Templates", "The templates that pieces of the plan were taken from, by their ids.", sealed=False
    )
    taken_fields: tuple[str, ...] = lines(
        "Fields as Taken",
        "Fields of the plan that stand as a template filled them, until somebody has looked at them.",
        sealed=False,
    )

    people: tuple[Person, ...] = collection(Person)
    suppliers: tuple[Supplier, ...] = collection(Supplier)
    calendars: tuple[Calendar, ...] = collection(Calendar)
    teams: tuple[Team, ...] = collection(Team)
    skills: tuple[Skill, ...] = collection(Skill)
    roles: tuple[Role, ...] = collection(Role)
    processes: tuple[Process, ...] = collection(Process)
    stakeholders: tuple[Stakeholder, ...] = collection(Stakeholder)
    services: tuple[Service, ...] = collection(Service)
    components: tuple[Component, ...] = collection(Component)
    rosters: tuple[Roster, ...] = collection(Roster)
    busy_times: tuple[BusyTime, ...] = collection(BusyTime)
    agreements: tuple[Agreement, ...] = collection(Agreement)
    requirements: tuple[CustomerRequirement, ...] = collection(CustomerRequirement)
    catalogue: tuple[CatalogueEntry, ...] = collection(CatalogueEntry)
    commitments: tuple[Commitment, ...] = collection(Commitment)
    communications: tuple[Communication, ...] = collection(Communication)
    report_specs: tuple[ReportSpec, ...] = collection(ReportSpec)
    change_impacts: tuple[ChangeImpact, ...] = collection(ChangeImpact)
    objectives: tuple[Objective, ...] = collection(Objective)
    raci: tuple[RaciEntry, ...] = collection(RaciEntry)
    tools: tuple[Tool, ...] = collection(Tool)
    phases: tuple[Phase, ...] = collection(Phase)
    improvements: tuple[Improvement, ...] = collection(Improvement)
    budget_lines: tuple[BudgetLine, ...] = collection(BudgetLine)
    trainings: tuple[Training, ...] = collection(Training)
    waivers: tuple[Waiver, ...] = collection(Waiver)
    triggers: tuple[Trigger, ...] = collection(Trigger)
    risks: tuple[Risk, ...] = collection(Risk)
    lessons: tuple[Lesson, ...] = collection(Lesson)
    benchmark_notes: tuple[BenchmarkNote, ...] = collection(BenchmarkNote)
    workarounds: tuple[Workaround, ...] = collection(Workaround)
    feedback: tuple[Feedback, ...] = collection(Feedback)
    assessment_frameworks: tuple[AssessmentFramework, ...] = collection(AssessmentFramework)
    assessments: tuple[Assessment, ...] = collection(Assessment)
    gap_decisions: tuple[GapDecision, ...] = collection(GapDecision)
    measurements: tuple[Measurement, ...] = collection(Measurement)
    evidence: tuple[Evidence, ...] = collection(Evidence)
    engagements: tuple[Engagement, ...] = collection(Engagement)
    acknowledgements: tuple[Acknowledgement, ...] = collection(Acknowledgement)
    approvals: tuple[Approval, ...] = collection(Approval)
    progress_reports: tuple[ProgressReport, ...] = collection(ProgressReport)
    actuals: tuple[BudgetActual, ...] = collection(BudgetActual)
    acceptances: tuple[PhaseAcceptance, ...] = collection(PhaseAcceptance)
    communication_runs: tuple[CommunicationRun, ...] = collection(CommunicationRun)
    report_issues: tuple[ReportIssue, ...] = collection(ReportIssue)
    report_confirmations: tuple[ReportConfirmation, ...] = collection(ReportConfirmation)
    progress_sheets: tuple[ProgressSheet, ...] = collection(ProgressSheet)
    briefing_confirmations: tuple[BriefingConfirmation, ...] = collection(BriefingConfirmation)
    reviews: tuple[Review, ...] = collection(Review)
    sanity_checks: tuple[SanityCheck, ...] = collection(SanityCheck)
    skill_ratings: tuple[SkillRating, ...] = collection(SkillRating)
    attendances: tuple[TrainingAttendance, ...] = collection(TrainingAttendance)
    health: tuple[Health, ...] = collection(Health)

    settings: Settings = dataclasses.field(default_factory=Settings)
    seals: tuple[Seal, ...] = ()
    """The seals of the plan's lineage, the oldest first. They speak about the plan and are not part of it."""
    frozen: str = ""
    """The registers as they stood when this version was sent to its sponsor: canonical JSON, see
    :func:`sm_planner.engine.sealing.canonical.registers`; empty before that."""
    beside: tuple[Beside, ...] = ()
    """What registers and facts name and the plan does not have: somebody who suggested something, a service that a later
    version dropped. Checks do not see it, and nobody signs it."""
    record: Record | None = dataclasses.field(default=None, compare=False)
    """What a site keeps of the sign-off of the lineage; None for a plan that comes from a file."""
    key_ring: KeyRing = dataclasses.field(default_factory=KeyRing, compare=False)
    """By which keys the seals are judged: of the site, or with a plan file what was given with it."""
    zone: str = dataclasses.field(default="UTC", compare=False)
    """The time zone of the site, in which days are counted: a name of the IANA database."""

    def signed_on(self, seal: Seal) -> date | None:
        """The day on which a seal was made, as people at the site counted it; None where its time cannot be read."""
        return seal.signed_on(self.zone)

    @cached_property
    def index(self) -> dict[str, dict[str, Any]]:
        """Collection → id → record."""
        return {name: {item.id: item for item in getattr(self, name)} for name in COLLECTIONS}

    @cached_property
    def _derived(self) -> dict[Any, Any]:
        return {}

    def derived(self, work: Callable[..., T], *given: Hashable) -> T:
        """``work(plan, *given)``, done once for a plan: what follows from one that never changes does not change either.

        For what many checks and reports ask for, such as all cells of the RACI. work: a function that is always there,
        by which its result is known.
        """
        key = (work, *given)
        if key not in self._derived:
            self._derived[key] = work(self, *given)
        return self._derived[key]

    def get(self, collection: str, id: str) -> Any:
        """The record with that id, or None: for an empty link too."""
        return self.index[collection].get(id)

    def title_of(self, collection: str, id: str) -> str:
        """What a record is called, in the plan or beside it; its id where it has no title, or nothing is known of it."""
        record = self.get(collection, id)
        title = record.title if record else self._beside.get((collection, id))
        return title or id

    @cached_property
    def _beside(self) -> dict[tuple[str, str], str]:
        return {(one.collection, one.id): one.title for one in self.beside}

    def records(self) -> Iterator[tuple[str, Any]]:
        """All records with the name of their collection, the plan itself left out."""
        for name in COLLECTIONS:
            for item in getattr(self, name):
                yield name, item

    def measured(self, about: Objective | Agreement) -> tuple[Measurement, ...]:
        """What was measured of an objective or an agreement, the oldest first."""
        return self.facts("measurements", NAMES[type(about)], about.id)

    def shown_by(self, commitment: Commitment) -> tuple[Evidence, ...]:
        """What shows that a commitment is kept, the oldest first."""
        return self.facts("evidence", "commitments", commitment.id)

    def acknowledged(self, role: str, person: str) -> tuple[Acknowledgement, ...]:
        """By what a person acknowledged a role, or all of his part; the oldest first."""
        given = self.facts("acknowledgements", "people", person)
        return tuple(fact for fact in given if fact.role in ("", role))

    def facts(self, kind: str, collection: str, id: str) -> tuple[Any, ...]:
        """The facts of a collection that link to a record, the oldest first."""
        return self._facts.get((kind, collection, id), ())

    @cached_property
    def _facts(self) -> dict[tuple[str, str, str], tuple[Any, ...]]:
        found: dict[tuple[str, str, str], list[Any]] = {}
        for kind in FACTS:
            fields = specs(COLLECTIONS[kind].record).items()
            links = [(field, spec.target) for field, spec in fields if spec.kind == "link"]
            for fact in sorted(getattr(self, kind), key=lambda fact: fact.day or date.min):
                for target, id in dict.fromkeys((target, getattr(fact, field)) for field, target in links):
                    if id:
                        found.setdefault((kind, target, id), []).append(fact)
        return {about: tuple(facts) for about, facts in found.items()}

    @cached_property
    def components_of(self) -> dict[str, tuple[Component, ...]]:
        """Service id → the components that carry it."""
        found: dict[str, list[Component]] = {service.id: [] for service in self.services}
        for component in self.components:
            for service in component.services:
                found.setdefault(service, []).append(component)
        return {service: tuple(parts) for service, parts in found.items()}


COLLECTIONS: dict[str, Collection] = collections_of(Plan)
"""The collections of a plan, in an order in which every link points backwards, or into the same collection."""

NAMES: dict[type, str] = {one.record: name for name, one in COLLECTIONS.items()}
"""Class of records → the name of their collection."""

REGISTERS = tuple(name for name, one in COLLECTIONS.items() if one.nature == REGISTER)
FACTS = tuple(name for name, one in COLLECTIONS.items() if one.nature == FACT)
