"""The plan itself, its settings, and the collections of its records."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sm_planner.engine.fields import (
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
    text,
)
from sm_planner.engine.model.agreements import Agreement, CustomerRequirement
from sm_planner.engine.model.commitments import Commitment
from sm_planner.engine.model.duties import RaciEntry, Waiver
from sm_planner.engine.model.goals import (
    BusinessGoal,
    DeclinedCategory,
    Improvement,
    Objective,
    ValueStatement,
)
from sm_planner.engine.model.parties import Person, Role, Stakeholder, Supplier, Team
from sm_planner.engine.model.services import Calendar, CatalogueEntry, Component, Process, Service
from sm_planner.engine.model.vocabulary import (
    CONTEXT_TYPES,
    DRIVERS,
    OBLIGATION_KINDS,
    PLAN_STATES,
    PROVIDER_TYPES,
)
from sm_planner.engine.seal_key import KeyRing
from sm_planner.engine.texts import N_

if TYPE_CHECKING:
    from sm_planner.engine.envelope import Record
    from sm_planner.engine.seal import Seal


@record
class Answer:
    """The answer to one key question (see :mod:`sm_planner.engine.questions`)."""

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
class Settings:
    """The organisation's own thresholds. They steer the checks; those other than the standard stand in the seal. A site has
    its own, and leaves those of a file.
    """

    it_departments: tuple[str, ...] = lines(
        "IT Departments", "A sponsor must not come from one of these.", sealed=False
    )
    why_min_length: int | None = integer(
        "Shortest Why (Characters)", 80, "A shorter reason counts as missing.", minimum=1, sealed=False
    )
    segregated: tuple[str, ...] = lines(
        "Segregated Duties",
        "Pairs of processes, such as change / release: who is accountable for the first does not do the second.",
        sealed=False,
    )
    engagement_days: int | None = integer("Engagement Older Than (Days)", 90, minimum=1, sealed=False)
    least_acknowledged: int | None = integer(
        "Least Acknowledged (%)",
        80,
        "The share of those who decide or do the work who have acknowledged their roles.",
        minimum=1,
        maximum=100,
        sealed=False,
    )
    baseline_months: int | None = integer("Oldest Baseline (Months)", 6, minimum=1, sealed=False)
    scan_months: int | None = integer("Oldest Context Scan (Months)", 12, minimum=1, sealed=False)
    most_objectives: int | None = integer("Most Objectives", 12, minimum=1, sealed=False)
    most_owned_services: int | None = integer("Most Services per Owner", 5, minimum=1, sealed=False)
    most_backed_slas: int | None = integer("Most SLAs behind One Party", 5, minimum=1, sealed=False)
    most_responsible: int | None = integer("Most R per Cell", 3, minimum=1, sealed=False)
    most_consulted: int | None = integer("Most C per Cell", 5, minimum=1, sealed=False)
    most_informed: int | None = integer("Most I per Cell", 8, minimum=1, sealed=False)
    most_accountable_cells: int | None = integer("Most A per Person", 60, minimum=1, sealed=False)
    most_responsible_cells: int | None = integer("Most R per Person", 60, minimum=1, sealed=False)
    largest_cell_share: int | None = integer(
        "Largest Share of Cells (%)", 80, minimum=1, maximum=100, sealed=False
    )
    largest_lone_share: int | None = integer(
        "Largest Share Done Alone (%)",
        70,
        "The share of a person's cells that nobody else works on.",
        minimum=1,
        maximum=100,
        sealed=False,
    )
    least_slack: int | None = integer("Least Slack of a Chain (%)", 10, minimum=0, maximum=100, sealed=False)
    largest_over_commitment: int | None = integer(
        "Largest Over-commitment (%)",
        25,
        "How much stronger than the wanted value a target may be.",
        minimum=0,
        sealed=False,
    )
    most_map_nodes: int | None = integer(
        "Most Boxes on a Map",
        60,
        "A page with more than 60 boxes is hard to read.",
        minimum=1,
        maximum=60,
        sealed=False,
    )


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

    people: tuple[Person, ...] = ()
    suppliers: tuple[Supplier, ...] = ()
    teams: tuple[Team, ...] = ()
    roles: tuple[Role, ...] = ()
    processes: tuple[Process, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    services: tuple[Service, ...] = ()
    components: tuple[Component, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    requirements: tuple[CustomerRequirement, ...] = ()
    catalogue: tuple[CatalogueEntry, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    objectives: tuple[Objective, ...] = ()
    raci: tuple[RaciEntry, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    waivers: tuple[Waiver, ...] = ()

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


@dataclass(frozen=True)
class Collection:
    """A list of records in a plan. shared: its records can be in the scope of several plans."""

    name: str
    record: type
    label: str
    shared: bool = True


COLLECTIONS: dict[str, Collection] = {
    collection.name: collection
    for collection in (
        Collection("people", Person, N_("Person")),
        Collection("suppliers", Supplier, N_("Supplier")),
        Collection("teams", Team, N_("Team")),
        Collection("roles", Role, N_("Role")),
        Collection("processes", Process, N_("Process")),
        Collection("calendars", Calendar, N_("Service Calendar")),
        Collection("stakeholders", Stakeholder, N_("Stakeholder")),
        Collection("services", Service, N_("Service")),
        Collection("components", Component, N_("Component")),
        Collection("agreements", Agreement, N_("Agreement")),
        Collection("requirements", CustomerRequirement, N_("Customer Requirement")),
        Collection("catalogue", CatalogueEntry, N_("Catalogue Entry")),
        Collection("commitments", Commitment, N_("Commitment"), shared=False),
        Collection("objectives", Objective, N_("Objective"), shared=False),
        Collection("raci", RaciEntry, N_("RACI Entry"), shared=False),
        Collection("improvements", Improvement, N_("Improvement"), shared=False),
        Collection("waivers", Waiver, N_("Waiver"), shared=False),
    )
}
"""The collections of a plan, in an order in which every link but those of services points backwards."""
