"""The plan itself, its settings, and the collections of its records."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sm_planner.engine.model.agreements import Agreement, CustomerRequirement
from sm_planner.engine.model.collection import Collection, collection, collections_of
from sm_planner.engine.model.commitments import Commitment
from sm_planner.engine.model.duties import RaciEntry, Waiver
from sm_planner.engine.model.fields import (
    KEY_LENGTH,
    choice,
    day,
    integer,
    key,
    line,
    link,
    record,
    rows,
    text,
)
from sm_planner.engine.model.goals import (
    BusinessGoal,
    DeclinedCategory,
    Improvement,
    Objective,
    ValueStatement,
)
from sm_planner.engine.model.lineage import Record
from sm_planner.engine.model.parties import Person, Role, Stakeholder, Supplier, Team
from sm_planner.engine.model.seal_key import KeyRing
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.model.services import Calendar, CatalogueEntry, Component, Process, Service
from sm_planner.engine.model.settings import Settings
from sm_planner.engine.model.vocabulary import (
    CONTEXT_TYPES,
    DRIVERS,
    OBLIGATION_KINDS,
    PLAN_STATES,
    PROVIDER_TYPES,
)

T = TypeVar("T")


@record
class Answer:
    """The answer to one key question (see :mod:`sm_planner.engine.checks.questions`)."""

    question: str = line("Question", "Code of the key question, such as Q1.", required=True)
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
class Plan:
    """One version of a service management plan, with everything in its scope."""

    id: str = key()
    title: str = line("Title")
    lineage: str = line("Lineage", "The same for all versions of one plan.", length=KEY_LENGTH)
    version: int | None = integer("Version", 1, minimum=1)
    state: str = choice("State", PLAN_STATES, "Draft", sealed=False)
    company: str = line("Company")
    unit: str = line("Unit", "The organisational unit that the plan is for.")
    provider_type: str = choice("Provider Type", PROVIDER_TYPES)
    context_type: str = choice("Context", CONTEXT_TYPES)
    period_start: date | None = day("Period Start")
    period_end: date | None = day("Period End")
    next_review: date | None = day("Next Review")
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
    answers: tuple[Answer, ...] = rows(
        "Key Questions",
        Answer,
        "One row per question, K1 to K5 and Q1 to Q11; the plan book shows them in words.",
    )

    people: tuple[Person, ...] = collection(Person)
    suppliers: tuple[Supplier, ...] = collection(Supplier)
    teams: tuple[Team, ...] = collection(Team)
    roles: tuple[Role, ...] = collection(Role)
    processes: tuple[Process, ...] = collection(Process)
    calendars: tuple[Calendar, ...] = collection(Calendar)
    stakeholders: tuple[Stakeholder, ...] = collection(Stakeholder)
    services: tuple[Service, ...] = collection(Service)
    components: tuple[Component, ...] = collection(Component)
    agreements: tuple[Agreement, ...] = collection(Agreement)
    requirements: tuple[CustomerRequirement, ...] = collection(CustomerRequirement)
    catalogue: tuple[CatalogueEntry, ...] = collection(CatalogueEntry)
    commitments: tuple[Commitment, ...] = collection(Commitment)
    objectives: tuple[Objective, ...] = collection(Objective)
    raci: tuple[RaciEntry, ...] = collection(RaciEntry)
    improvements: tuple[Improvement, ...] = collection(Improvement)
    waivers: tuple[Waiver, ...] = collection(Waiver)

    settings: Settings = dataclasses.field(default_factory=Settings)
    seals: tuple[Seal, ...] = ()
    """The seals of the plan's lineage, the oldest first. They speak about the plan and are not part of it."""
    record: Record | None = dataclasses.field(default=None, compare=False)
    """What a site keeps of the sign-off of the lineage; None for a plan that comes from a file."""
    key_ring: KeyRing = dataclasses.field(default_factory=KeyRing, compare=False)
    """By which keys the seals are judged: of the site, or with a plan file what was given with it."""

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

    def records(self) -> Iterator[tuple[str, Any]]:
        """All records with the name of their collection, the plan itself left out."""
        for name in COLLECTIONS:
            for item in getattr(self, name):
                yield name, item

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
