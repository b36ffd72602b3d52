"""SVC: services, what they are made of and what they rest on. How they come into use: ``portfolio``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from graphlib import CycleError, TopologicalSorter

from sm_planner.engine.checks import portfolio
from sm_planner.engine.checks.conditions import lacking, missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import GRADES, Plan, Service
from sm_planner.engine.raci.effective import current_holders, services_in_scope
from sm_planner.engine.texts import Text

HIGH = frozenset(("High", "Critical"))
"""The grades of a service that matters much."""

Graph = Mapping[str, tuple[str, ...]]
"""Service id → the ids of the services that it depends on."""


@rule(
    "SVC-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("The plan lists its services"),
    why=N_("Everything else in the plan is about services."),
    fix=N_("Add the services that the plan is for."),
    source="Ten steps; Prakash 2016; ISO 6.3 a; FitSM PR1.1",
)
def service_exists(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.services:
        yield fault(plan, N_("The plan has no service."), field="services")


@rule(
    "SVC-02",
    Severity.ERROR,
    FIRST,
    title=N_("Each service has an owner who speaks for the business or the service"),
    why=N_("An owner who knows the business decides by what the service is for, not by its technology."),
    fix=N_(
        "Name a service owner with an enabled account who holds a role of the kind Business or Service today."
    ),
    source="Mainville 2018; FitSM-3 6.1",
)
def owned(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    entitled = {
        person.id
        for role in plan.roles
        if role.kind in ("Business", "Service")
        for person in current_holders(role, plan, today)
    }
    for service in services_in_scope(plan):
        if not service.service_owner:
            yield from _unnamed(plan, service)
        owner = plan.get("people", service.service_owner)
        if owner and not owner.enabled:
            yield fault(
                service,
                N_("“{0}”: its owner “{1}” has no enabled account."),
                named(service),
                named(owner),
                field="service_owner",
            )
        elif owner and owner.id not in entitled:
            yield fault(
                service,
                N_("“{0}”: its owner “{1}” holds no role of the kind Business or Service today."),
                named(service),
                named(owner),
                field="service_owner",
            )


def _unnamed(plan: Plan, service: Service) -> Iterator[Fault]:
    """Nobody answers for a service: told with the team or the organisation that it belongs to, if it belongs to one."""
    team = plan.get("teams", service.owning_team)
    organisation = plan.get("stakeholders", service.owning_organisation)
    lead = team and plan.get("people", team.lead)
    if lead:
        yield fault(
            service,
            N_("“{0}” belongs to the team “{1}”, which “{2}” leads, but nobody is named who answers for it."),
            named(service),
            named(team),
            named(lead),
            field="service_owner",
            fix=N_("Name whoever leads the team, or another person of it, as the service owner."),
        )
    elif team or organisation:
        yield fault(
            service,
            N_("“{0}” belongs to “{1}”, but nobody is named who answers for it."),
            named(service),
            named(team or organisation),
            field="service_owner",
            fix=N_("Ask them who answers for the service, and name that person as the service owner."),
        )
    else:
        yield from missing(service, "service_owner")


@rule(
    "SVC-03",
    Severity.ERROR,
    GROWN,
    title=N_("Each live service says what it is, who it is for, and what it is for"),
    why=N_("Customers choose and judge a service by what it lets them do."),
    fix=N_("Fill in description, customers and business outcome."),
    source="Mainville 2018; ISO 8.2.4",
)
def described(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in plan.services:
        if service.status == "Live":
            yield from missing(service, "description", "customers", "outcome")


@rule(
    "SVC-04",
    Severity.ERROR,
    GROWN,
    title=N_("Each service is rated by importance and impact"),
    why=N_("Without a rating everything is urgent, and effort goes where the noise is."),
    fix=N_("Set importance and impact."),
    source="Ten steps; ISO 8.2.2",
)
def rated(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        yield from missing(service, "importance", "impact")


@rule(
    "SVC-05",
    Severity.ERROR,
    GROWN,
    title=N_("Each service has an objective"),
    why=N_("A service that no objective names is in the plan without a purpose."),
    fix=N_("Link the service to an objective, or remove it from the plan."),
    source="Pollock 2019",
)
def aimed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    aimed_at = {service for objective in plan.objectives for service in objective.services}
    for service in services_in_scope(plan):
        if service.id not in aimed_at:
            yield fault(service, N_("“{0}” has no objective."), named(service))


@rule(
    "SVC-06",
    Severity.ERROR,
    GROWN,
    title=N_("Each service is broken down into components"),
    why=N_("Duties and targets can be assigned only to parts that are known."),
    fix=N_("Add the components that carry the service."),
    source="Prakash 2016",
)
def composed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        if not plan.components_of[service.id]:
            yield fault(service, N_("“{0}” has no component."), named(service))


@rule(
    "SVC-07",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each important service has a critical component"),
    why=N_(
        "If no part of an important service is critical, nobody has looked for the part that can "
        "bring it down."
    ),
    fix=N_("Mark the components without which the service fails, or correct its importance and impact."),
    source="Prakash 2016",
)
def critical_part_known(plan: Plan, today: date) -> Iterator[Fault]:
    """A service matters as much as the higher of its importance and impact says."""
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        high = {service.importance, service.impact} & HIGH
        critical = any(component.is_critical for component in plan.components_of[service.id])
        if high and not critical:
            yield fault(
                service,
                N_("“{0}” is important ({1}), but none of its components is critical."),
                named(service),
                Text(max(high, key=GRADES.index)),
            )
        elif not high and not critical and not (service.importance and service.impact):
            yield from lacking(service, "importance", "impact")


@rule(
    "SVC-08",
    Severity.ERROR,
    GROWN,
    title=N_("No service depends on itself, directly or through others"),
    why=N_("In a circle of dependencies, nobody can tell what a failure affects or what to restore first."),
    fix=N_("Remove the dependency that is not real, or split the service that plays two parts."),
    source="Mainville 2018; ISO 8.2.2",
)
def acyclic(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    graph = {
        service.id: tuple(row.service for row in service.dependencies if row.service)
        for service in plan.services
    }
    for cycle in _cycles(graph):
        services = [plan.get("services", id) for id in cycle]
        path = " → ".join(map(named, (*services, services[0])))
        yield fault(
            services[0],
            N_("Services depend on each other in a circle: {0}."),
            path,
            field="dependencies",
            count=len(cycle),
        )


def _cycles(graph: Graph) -> Iterator[list[str]]:
    """Circles that share no service: at least one if the graph has any. Takes linear time."""
    tangled = _tangled(graph)
    onward = {
        service: next(filter(tangled.__contains__, graph[service])) for service in graph if service in tangled
    }
    passed: set[str] = set()
    for start in onward:
        trail: dict[str, None] = {}
        service = start
        while service not in passed:
            passed.add(service)
            trail[service] = None
            service = onward[service]
        if service in trail:
            walked = list(trail)
            yield walked[walked.index(service) :]


def _tangled(graph: Graph) -> set[str]:
    """What cannot be put in order: services in a circle, and those that depend on one."""
    sorter = TopologicalSorter(graph)
    with suppress(CycleError):
        sorter.prepare()
    tangled = set(graph)
    while ready := sorter.get_ready():
        tangled.difference_update(ready)
        sorter.done(*ready)
    return tangled


@rule(
    "SVC-09",
    Severity.ERROR,
    GROWN,
    title=N_("No service depends on a retired one"),
    why=N_("Nobody looks after a retired service any longer, and what depends on it fails with it."),
    fix=N_("Remove the dependency, or name the service that replaced this one."),
    source="ISO 8.2.2",
)
def on_firm_ground(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        for row in service.dependencies:
            needed = plan.get("services", row.service)
            if needed and needed.status == "Retired":
                yield fault(
                    service,
                    N_("“{0}” depends on “{1}”, which is retired."),
                    named(service),
                    named(needed),
                    field="dependencies",
                )


RULES = (
    service_exists,
    owned,
    described,
    rated,
    aimed,
    composed,
    critical_part_known,
    acyclic,
    on_firm_ground,
    *portfolio.RULES,
)
