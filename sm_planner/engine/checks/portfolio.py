"""SVC: how services come into use, who owns how many of them, and what it takes to deliver them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import missing, named, not_set, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.checks.training import service_owners_trained
from sm_planner.engine.model import Plan, Service
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.seal import holds
from sm_planner.engine.texts import Text, listed

COMING = ("Pipeline", "Design")
"""The states of a service that is not in use yet."""
NEEDED_RESOURCES = ("Process", "People", "Technology")


@rule(
    "SVC-10",
    Severity.ERROR,
    GROWN,
    title=N_("Services were accepted before they went live"),
    why=N_("A service that is used before it is accepted is tested on its customers."),
    fix=N_("Enter the acceptance criteria and the day on which they were met, or set the status back."),
    source="FitSM PR1.3; ISO 8.5.2",
)
def accepted(plan: Plan, today: date) -> Iterator[Fault]:
    """Asked of live services that have acceptance criteria, and of those that were still coming when last signed."""
    yield from nothing_in(plan, "services")
    were_coming = _coming_when_signed(plan)
    for service in plan.services:
        if service.status != "Live" or not (service.acceptance_criteria or service.id in were_coming):
            continue
        yield from missing(service, "acceptance_criteria", "accepted_on")
        if service.accepted_on and service.accepted_on > today:
            yield fault(
                service,
                N_("“{0}” is live, but its acceptance is dated {1}."),
                named(service),
                service.accepted_on,
                field="accepted_on",
            )


def _coming_when_signed(plan: Plan) -> set[str]:
    """The ids of the services that were not in use yet in the latest seal that holds."""
    seal = next((seal for seal in reversed(plan.seals) if holds(seal, plan.key_ring)), None)
    sealed = canonical.read(seal.content).get("services", ()) if seal else ()
    return {service["id"] for service in sealed if service.get("status") in COMING}


@rule(
    "SVC-12",
    Severity.WARNING,
    COMPLETE,
    title=N_("Nobody owns more services than they can look after"),
    why=N_("Whoever owns everything owns nothing."),
    fix=N_("Give some of the services to another owner."),
    source="Pollock 2019; common tool practice",
)
def owners_not_overloaded(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    most = plan.settings.most_owned_services
    if most is None:
        yield not_set(plan, N_("The settings do not say how many services are too many for one owner."))
        return
    owned: dict[str, int] = {}
    for service in services_in_scope(plan):
        if service.service_owner:
            owned[service.service_owner] = owned.get(service.service_owner, 0) + 1
    for owner, count in owned.items():
        if count > most:
            person = plan.get("people", owner)
            yield fault(
                person,
                N_("“{0}” owns {1} services, more than {2}."),
                named(person),
                count,
                most,
                count=count,
            )


@rule(
    "SVC-13",
    Severity.WARNING,
    COMPLETE,
    title=N_("No two live services do the same for the same customers"),
    why=N_("Two services with the same outcome are one service that is paid for twice."),
    fix=N_("Merge the services, or say how their outcomes differ."),
    source="ISO 8.2.2",
)
def distinct(plan: Plan, today: date) -> Iterator[Fault]:
    """Outcomes are compared word by word; letter case and spaces do not matter."""
    yield from nothing_in(plan, "services")
    first: dict[tuple[str, str], Service] = {}
    for service in plan.services:
        outcome = " ".join(service.outcome.casefold().split())
        if service.status != "Live" or not outcome:
            continue
        same = {first.setdefault((customer, outcome), service).id for customer in service.customers}
        for twin in sorted(same - {service.id}):
            yield fault(
                service,
                N_("“{0}” has the same customers and outcome as “{1}”."),
                named(service),
                named(plan.get("services", twin)),
                field="outcome",
            )


@rule(
    "SVC-14",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each new service is assessed before it is built"),
    why=N_("It is cheaper to find out demand, resources and benefit before than after."),
    fix=N_("Write down how great the demand is, what the service needs, and what it brings."),
    source="FitSM PR1.2; ISO 8.2.2",
)
def weighed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in plan.services:
        if service.status in COMING:
            yield from missing(service, "evaluation")


@rule(
    "SVC-15",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each service says which processes, people and technology it needs"),
    why=N_("A service is delivered with what is there, not with what is promised."),
    fix=N_("List at least one delivery resource of each kind."),
    source="Ten steps; HDI; ISO 6.3 e",
)
def resourced(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    for service in services_in_scope(plan):
        there = {row.kind for row in service.resources}
        lacking = [kind for kind in NEEDED_RESOURCES if kind not in there]
        if lacking:
            yield fault(
                service,
                N_("“{0}” lists no resource of the kind {1}."),
                named(service),
                listed(map(Text, lacking)),
                field="resources",
                count=len(lacking),
            )


RULES = (accepted, service_owners_trained, owners_not_overloaded, distinct, weighed, resourced)
