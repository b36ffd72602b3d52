"""CAT: the catalogue that customers read. It shows the service levels of the agreements, not its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, CatalogueEntry, Plan


@rule(
    "CAT-01",
    Severity.ERROR,
    GROWN,
    title=N_("Each live service that customers use is published in the catalogue"),
    why=N_("A service that nobody can look up is ordered by telephone, or not at all."),
    fix=N_("Add a catalogue entry for the service and publish it."),
    source="Ten steps; FitSM PR2.1; ISO 8.2.4",
)
def published(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "services")
    shown = {entry.service for entry in _published(plan)}
    for service in plan.services:
        if service.status == "Live" and service.customer_facing and service.id not in shown:
            yield fault(service, N_("“{0}” has no published catalogue entry."), named(service))


@rule(
    "CAT-02",
    Severity.ERROR,
    GROWN,
    title=N_("Each published entry says what is delivered, at what level, when and at what price"),
    why=N_("Readers who choose a service want to know what they get, how soon, and what it costs."),
    fix=N_(
        "Fill in description, price (or “no charge”) and delivery time, and conclude an SLA with targets for the "
        "service."
    ),
    source="Ten steps",
)
def described(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "catalogue")
    levels = {
        service
        for agreement in slas_in_force(plan, day_of_plan(plan, today))
        if agreement.targets
        for service in Scope.of(agreement).services
    }
    for entry in _published(plan):
        yield from missing(entry, "description", "price", "delivery_time")
        if entry.service not in levels:
            yield fault(
                entry,
                N_(
                    "“{0}” has no service level to show, because no SLA in force has a target for its service."
                ),
                named(entry),
                field="service",
            )


@rule(
    "CAT-03",
    Severity.ERROR,
    GROWN,
    title=N_("The service levels that readers are shown are the ones agreed with them"),
    why=N_("A catalogue that shows other levels than were agreed makes a promise of its own."),
    fix=N_("List as audience only customers who have exactly one SLA in force for the service."),
    source="Ten steps",
)
def shown_as_agreed(plan: Plan, today: date) -> Iterator[Fault]:
    """Levels are read from the SLA of the reader: without one there are none to show, with two it is open which."""
    yield from nothing_in(plan, "catalogue")
    agreed: dict[tuple[str, str], list[Agreement]] = {}
    for agreement in slas_in_force(plan, day_of_plan(plan, today)):
        for service in Scope.of(agreement).services:
            agreed.setdefault((service, agreement.customer), []).append(agreement)
    for entry in _published(plan):
        if not entry.audience:
            yield unknown(
                entry, N_("“{0}” does not say who its audience is."), named(entry), field="audience"
            )
        for reader in entry.audience:
            yield from _levels(plan, entry, reader, agreed.get((entry.service, reader), ()))


def _levels(
    plan: Plan, entry: CatalogueEntry, reader: str, agreements: list[Agreement] | tuple[()]
) -> Iterator[Fault]:
    if not agreements:
        yield fault(
            entry,
            N_("“{0}” is shown to “{1}”, but no SLA with them for the service is in force."),
            named(entry),
            named(plan.get("stakeholders", reader)),
            field="audience",
        )
    elif len(agreements) > 1:
        yield fault(
            entry,
            N_("“{0}” is shown to “{1}”, but several SLAs with them for the service are in force: {2}."),
            named(entry),
            named(plan.get("stakeholders", reader)),
            ", ".join(map(named, agreements)),
            field="audience",
            count=len(agreements),
        )


@rule(
    "CAT-04",
    Severity.ERROR,
    GROWN,
    title=N_("The catalogue offers nothing that is retired"),
    why=N_("An offer that cannot be delivered costs more trust than a missing one."),
    fix=N_("Withdraw the entry, or link it to the service that replaced this one."),
    source="Ten steps",
)
def nothing_retired(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "catalogue")
    for entry in _published(plan):
        service = plan.get("services", entry.service)
        if service and service.status == "Retired":
            yield fault(
                entry,
                N_("“{0}” offers “{1}”, which is retired."),
                named(entry),
                named(service),
                field="published",
            )


@rule(
    "CAT-05",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each published entry reaches somebody who can order the service"),
    why=N_("An offer that customers of the service cannot see or take up is not really published."),
    fix=N_(
        "Show the entry to a customer of the service, and fill in how to order under the ordering "
        "channel of the stakeholder."
    ),
    source="Ten steps; ISO 8.2.4",
)
def orderable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "catalogue")
    for entry in _published(plan):
        service = plan.get("services", entry.service)
        shown = (plan.get("stakeholders", id) for id in entry.audience if service and id in service.customers)
        readers = list(filter(None, shown))
        if not readers:
            yield fault(
                entry, N_("“{0}” is shown to no customer of its service."), named(entry), field="audience"
            )
        elif not any(reader.ordering_channel for reader in readers):
            yield fault(
                entry,
                N_("“{0}” is shown to {1}, who have no ordering channel."),
                named(entry),
                ", ".join(f"“{named(reader)}”" for reader in readers),
                field="audience",
            )


def _published(plan: Plan) -> Iterator[CatalogueEntry]:
    return (entry for entry in plan.catalogue if entry.published)


RULES = (published, described, shown_as_agreed, nothing_retired, orderable)
