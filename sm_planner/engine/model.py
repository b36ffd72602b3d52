"""The plan: one immutable value.

A :class:`Plan` holds everything that is in the scope of one version of a service management plan, in
collections of records. Records name each other by id. Field names are the same here, in the plan file and
in the DocTypes.

The terms are those of ISO/IEC 20000-1:2018, FitSM 3.0 and ITIL.
"""

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
    flag,
    integer,
    key,
    line,
    lines,
    link,
    links,
    number,
    record,
    rows,
    text,
)

if TYPE_CHECKING:
    from sm_planner.engine.seal import Seal

PLAN_STATES = ("Draft", "In Review", "To Sign", "Active", "Superseded")
PROVIDER_TYPES = ("Internal", "External", "Both")
CONTEXT_TYPES = ("From Scratch", "Improve", "Transform")
LEVELS = ("Top Management", "Senior Management", "Middle Management", "First Line", "Staff")
"""Levels of authority, the highest first."""
ROLE_KINDS = ("Governance", "Business", "Process", "Service", "Technical", "Partner")
TEAM_KINDS = ("Internal", "External")
SUPPLIER_STATES = ("Keep", "On-board", "Drop")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STAKEHOLDER_KINDS = ("Internal Team", "Customer", "Supplier", "Regulator", "Other")
GRADES = ("Low", "Medium", "High", "Critical")
"""How much something matters, the least first."""
INFLUENCE = ("Low", "Medium", "High")
SERVICE_STATES = ("Pipeline", "Design", "Live", "Retiring", "Retired")
COMPONENT_KINDS = ("Application", "Database", "Server", "Network", "Cloud Service", "Facility", "Other")
AGREEMENT_KINDS = ("SLA", "OLA", "UC")
METRICS = ("Response", "Resolution", "Availability", "Fulfilment", "Quality")
PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
"""Priorities, the highest first. A target without one holds for all."""
UNITS = ("Minutes", "Hours", "Percent")
OBJECTIVE_CATEGORIES = ("Quality", "Satisfaction", "Customer Experience", "Cost", "Efficiency", "Proactive")
KPI_KINDS = ("Outcome", "Effort")
DIRECTIONS = ("Increase", "Decrease")
LETTERS = ("R", "A", "AR", "C", "I", "N/A")
IMPROVEMENT_KINDS = ("Improvement", "Corrective Action", "Experiment", "Suggestion")
IMPROVEMENT_STATES = ("New", "Approved", "In Progress", "Verify", "Closed")
DIMENSIONS = ("People", "Process", "Technology")


@record
class Person:
    """Somebody who is named in the plan, with a user account or without."""

    id: str = key()
    title: str = line("Full Name")
    user: str = line("User", "E-mail address of the user account.", sealed=False)
    enabled: bool = flag("Enabled", default=True, help="Whether the user account is enabled.", sealed=False)
    department: str = line("Department")
    unit: str = line("Unit")
    level: str = choice("Level", LEVELS)
    authority: str = text("Authority", "What this person may decide, and up to which amount.")


@record
class TeamMember:
    person: str = link("Person", "people", required=True)


@record
class Team:
    """A group that runs services or components, of the organisation or of a supplier."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", TEAM_KINDS, "Internal")
    supplier: str = link("Supplier", "suppliers", "Whose team it is, if it is external.")
    lead: str = link("Lead", "people")
    contact: str = line("Contact", "Where the team is reached.")
    members: tuple[TeamMember, ...] = rows("Members", TeamMember)


@record
class Supplier:
    """A partner outside the organisation."""

    id: str = key()
    title: str = line("Title")
    status: str = choice("Status", SUPPLIER_STATES, "Keep")
    manager: str = link("Supplier Manager", "people", "Who manages the supplier in the organisation.")
    contact: str = line("Contact", "Whom to call at the supplier.")
    scope: str = text("Scope", "Roles and responsibilities of the supplier.")
    exit_date: date | None = day("Exit Date")


@record
class RoleHolder:
    person: str = link("Person", "people", required=True)
    from_date: date | None = day("From")
    to_date: date | None = day("To")


@record
class Role:
    """A role that people, a team or a supplier fill."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", ROLE_KINDS)
    level: str = choice("Required Level", LEVELS, help="The level of authority that the role needs.")
    team: str = link("Team", "teams", "The team that fills the role.")
    supplier: str = link("Supplier", "suppliers", "The supplier that fills the role.")
    holders: tuple[RoleHolder, ...] = rows("Holders", RoleHolder)


@record
class Process:
    """A service management process in the plan's scope."""

    id: str = key()
    title: str = line("Title")
    purpose: str = text("Purpose")
    owner_role: str = link("Process Owner", "roles")
    manager_role: str = link("Process Manager", "roles")


@record
class CalendarWindow:
    weekday: str = choice("Weekday", WEEKDAYS, required=True)
    opens: str = line("Opens", "Local time, such as 09:00.", required=True)
    closes: str = line("Closes", "Local time, such as 17:00; 24:00 is the end of the day.", required=True)


@record
class CalendarHoliday:
    day: date | None = day("Date", required=True)
    title: str = line("Title")
    opens: str = line("Closed From", "Local time; empty: the whole day.")
    closes: str = line("Closed To", "Local time; empty: the whole day.")


@record
class Calendar:
    """Service hours: when a clock runs."""

    id: str = key()
    title: str = line("Title")
    timezone: str = line("Time Zone", "IANA name, such as Europe/Berlin.")
    valid_from: date | None = day("Valid From")
    valid_until: date | None = day("Valid Until")
    windows: tuple[CalendarWindow, ...] = rows("Windows", CalendarWindow)
    holidays: tuple[CalendarHoliday, ...] = rows("Holidays", CalendarHoliday)


@record
class Stakeholder:
    """A group or party that the plan affects or that has a say in it."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", STAKEHOLDER_KINDS)
    unit: str = line("Unit")
    influence: str = choice("Influence", INFLUENCE)
    interest: str = choice("Interest", INFLUENCE)
    champion: bool = flag("Champion")
    contact: str = link("Relationship Manager", "people", "Who keeps the relationship.")
    needs: str = text("Needs", "What they need and expect.")
    value_proposition: str = text("Value Proposition", "What is in it for them.")
    preferred_channel: str = line("Preferred Channel")


@record
class ServiceDependency:
    service: str = link("Service", "services", required=True)
    parallel_group: str = line(
        "Parallel Group", "Services of one group stand in for each other; empty: needed by itself."
    )


@record
class Service:
    """A service that the organisation provides, or that others of its services rest on."""

    id: str = key()
    title: str = line("Title")
    status: str = choice("Status", SERVICE_STATES, "Live")
    customer_facing: bool = flag("Customer-facing")
    description: str = text("Description")
    customers: tuple[str, ...] = links("Customers", "stakeholders", "Who uses it.")
    outcome: str = text("Business Outcome", "What the customers can do because of it.")
    service_owner: str = link("Service Owner", "people")
    importance: str = choice("Importance", GRADES, help="How much the business depends on it.")
    impact: str = choice("Impact", GRADES, help="How much harm a failure does.")
    teams: tuple[str, ...] = links("Teams", "teams", "Who delivers and supports it.")
    dependencies: tuple[ServiceDependency, ...] = rows("Depends On", ServiceDependency)


@record
class Component:
    """A technical part that services are made of."""

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", COMPONENT_KINDS)
    is_critical: bool = flag("Critical")
    services: tuple[str, ...] = links("Services", "services", "The services that it carries.")
    team: str = link("Team", "teams", "The team that runs it.")
    supplier: str = link("Supplier", "suppliers", "The supplier that runs it.")


@record
class AgreementScope:
    service: str = link("Service", "services")
    component: str = link("Component", "components")
    process: str = link("Process", "processes")


@record
class AgreementTarget:
    """One service level target: a metric, for a priority, with its value."""

    metric: str = choice("Metric", METRICS, required=True)
    priority: str = choice("Priority", PRIORITIES, help="Empty: all priorities.")
    value: float | None = number("Value", minimum=0)
    unit: str = choice("Unit", UNITS)
    calendar: str = link("Calendar", "calendars", "Empty: the service hours of the agreement.")
    method: str = line("Measurement Method", "How it is measured.")
    source: str = line("Data Source", "Where the figures come from.")


@record
class Agreement:
    """A service level agreement (SLA), an operational level agreement (OLA) or an underpinning contract (UC).

    Its counterparty is the customer of an SLA, the team of an OLA, the supplier of a UC.
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", AGREEMENT_KINDS, required=True)
    agreement_owner: str = link("Agreement Owner", "people")
    customer: str = link("Customer", "stakeholders", "The customer of an SLA.")
    team: str = link("Team", "teams", "The internal team that promises an OLA.")
    supplier: str = link("Supplier", "suppliers", "The supplier of a UC.")
    start_date: date | None = day("Start Date")
    end_date: date | None = day("End Date")
    review_months: int | None = integer("Review Every (Months)", minimum=1, maximum=60)
    service_hours: str = link("Service Hours", "calendars")
    scope: tuple[AgreementScope, ...] = rows("Scope", AgreementScope)
    targets: tuple[AgreementTarget, ...] = rows("Targets", AgreementTarget)
    workload_limit: str = line("Workload Limit")
    exceptions: str = text("Exceptions")


@record
class Objective:
    """What the plan wants to reach, measured by a KPI."""

    id: str = key()
    title: str = line("Title")
    statement: str = text("Statement")
    category: str = choice("Category", OBJECTIVE_CATEGORIES)
    business_goal: str = line("Business Goal", "The goal of the organisation that it serves.")
    objective_owner: str = link("Owner", "people")
    services: tuple[str, ...] = links("Services", "services")
    kpi: str = line("KPI")
    kpi_kind: str = choice("KPI Kind", KPI_KINDS)
    unit: str = line("Unit")
    direction: str = choice("Direction", DIRECTIONS)
    baseline: float | None = number("Baseline")
    baseline_date: date | None = day("Baseline Date")
    target: float | None = number("Target")
    due: date | None = day("Due")


@record
class RaciEntry:
    """The part of one role in a process: for all services, for one service, or for one component.

    An entry with an empty service and component is the default of its process; a more specific one takes
    precedence (see :mod:`sm_planner.engine.raci`). ``N/A`` with a role takes the role out of the cell;
    without a role it says that the process does not apply there, and why.
    """

    process: str = link("Process", "processes", required=True)
    service: str = link("Service", "services")
    component: str = link("Component", "components")
    role: str = link("Role", "roles")
    letter: str = choice("Letter", LETTERS, required=True)
    task: str = text("Task", "What the role does here; for N/A: why.")

    @property
    def lacks_role(self) -> bool:
        """Whether the entry says nothing: only N/A can stand without a role."""
        return not self.role and self.letter != "N/A"

    @property
    def id(self) -> str:
        """The entry's key: a plan has one entry for each process, service, component and role."""
        return " / ".join(part or "*" for part in (self.process, self.service, self.component, self.role))

    @property
    def title(self) -> str:
        return self.id


@record
class Improvement:
    """An action that closes a gap, reaches an objective or tries something out.

    What is promised is sealed; how far it has come is not.
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", IMPROVEMENT_KINDS, "Improvement")
    status: str = choice("Status", IMPROVEMENT_STATES, "New", sealed=False)
    dimension: str = choice("Dimension", DIMENSIONS)
    source: str = line("Source", "Where it comes from: an assessment, a complaint, an idea.")
    objective: str = link("Objective", "objectives")
    service: str = link("Service", "services")
    improvement_owner: str = link("Owner", "people")
    start_date: date | None = day("Start Date")
    due: date | None = day("Due")
    effort_days: float | None = number("Effort (Person-days)", minimum=0)
    benefit_kpi: str = line("Benefit KPI")
    benefit_baseline: float | None = number("Benefit Baseline")
    benefit_target: float | None = number("Benefit Target")
    benefit_actual: float | None = number("Benefit Reached", sealed=False)


@record
class ValueStatement:
    statement: str = text("Value", "What the organisation gains.", required=True)
    measure: str = line("Measure")
    person: str = link("Owner", "people")
    due: date | None = day("Due")


@record
class Answer:
    """The answer to one key question (see :mod:`sm_planner.engine.questions`)."""

    question: str = line("Question", "Code of the key question, such as Q1.", required=True)
    answer: str = text("Answer")
    evidence: str = text("Evidence")


@record
class Settings:
    """The organisation's own thresholds. They steer the checks and are not part of what is signed."""

    it_departments: tuple[str, ...] = lines(
        "IT Departments", "A sponsor must not come from one of these.", sealed=False
    )
    why_min_length: int | None = integer(
        "Shortest Why (Characters)", 80, "A shorter reason counts as missing.", minimum=1, sealed=False
    )


@record
class Plan:
    """One version of a service management plan, with all that is in its scope."""

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
    why: str = text("Why", "Why the organisation does this, in its own words.")
    vision: str = text("Vision")
    scope_units: str = text("Units in Scope")
    scope_locations: str = text("Locations in Scope")
    exclusions: str = text("Exclusions", "What is out of scope, or none.")
    value_statements: tuple[ValueStatement, ...] = rows("Value", ValueStatement)
    answers: tuple[Answer, ...] = rows("Key Questions", Answer)

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
    objectives: tuple[Objective, ...] = ()
    raci: tuple[RaciEntry, ...] = ()
    improvements: tuple[Improvement, ...] = ()

    settings: Settings = dataclasses.field(default_factory=Settings)
    seals: tuple[Seal, ...] = ()
    """The seals of the plan's lineage, the oldest first. They speak about the plan and are not part of it."""

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
        Collection("people", Person, "Person"),
        Collection("suppliers", Supplier, "Supplier"),
        Collection("teams", Team, "Team"),
        Collection("roles", Role, "Role"),
        Collection("processes", Process, "Process"),
        Collection("calendars", Calendar, "Service Calendar"),
        Collection("stakeholders", Stakeholder, "Stakeholder"),
        Collection("services", Service, "Service"),
        Collection("components", Component, "Component"),
        Collection("agreements", Agreement, "Agreement"),
        Collection("objectives", Objective, "Objective", shared=False),
        Collection("raci", RaciEntry, "RACI Entry", shared=False),
        Collection("improvements", Improvement, "Improvement", shared=False),
    )
}
"""The collections of a plan, in an order in which every link but those of services points backwards."""
