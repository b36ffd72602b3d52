"""Service Catalogue: what customers are offered, at which service levels, and what an entry still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sm_planner.engine.agreements.sides import about, for_readers
from sm_planner.engine.agreements.targets import Level, levels
from sm_planner.engine.agreements.terms import by_service, day_of_plan, slas_in_force
from sm_planner.engine.checks import check
from sm_planner.engine.checks.catalogue import RULES
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.model import SERVICE_STATES, Agreement, CatalogueEntry, Plan, Service
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.owners import belongs_to
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("service_title", Text(N_("Service")), width=180, collection="services", key="service"),
    Column("status", Text(N_("Status")), width=90),
    Column("state", Text(N_("Catalogue")), width=110, collection="catalogue", key="entry"),
    Column("description", Text(N_("What It Is")), width=300),
    Column("outcome", Text(N_("What It Is For")), width=240),
    Column("audience", Text(N_("For Whom")), width=180),
    Column("levels", Text(N_("Service Levels")), width=320),
    Column("price", Text(N_("Price")), width=140),
    Column("delivery_time", Text(N_("Delivery Time")), width=120),
    Column("duties", Text(N_("Duties")), width=240),
    Column("support", Text(N_("What Is Supported")), width=240),
    Column("environments", Text(N_("Environments")), width=200),
    Column("maintenance", Text(N_("Maintenance Windows")), width=200),
    Column("emergency_closure", Text(N_("Emergency Closure")), width=200),
    Column("contacts", Text(N_("Contacts")), width=200),
    Column("owner", Text(N_("Service Owner")), width=140),
    Column("belongs_to", Text(N_("Belongs To")), width=140),
    Column("lacks", Text(N_("What Is Missing First")), width=300),
)
SIDES = ("duties", "support", "environments", "maintenance", "emergency_closure", "contacts")
"""Columns of what is agreed beside levels and prices."""

PUBLISHED, WRITTEN, NONE = Text(N_("Published")), Text(N_("Not published")), Text(N_("No entry"))


def report(plan: Plan, today: date, *, customer: str = "", published_only: bool = False) -> Table:
    """A row for each entry of a service that customers use, and for each such service without one.

    customer: only services that this customer uses. published_only: the catalogue as its readers see it.
    """
    services = [service for service in services_in_scope(plan) if service.customer_facing]
    rows = list(_rows(plan, today, [service for service in services if customer in ("", *service.customers)]))
    live = [service for service in services if service.status == "Live"]
    shown = {entry.service for entry in plan.catalogue if entry.published}
    unseen = sum(1 for service in live if service.id not in shown)
    return Table(
        columns=COLUMNS,
        rows=[row for row in rows if row["state"] is PUBLISHED or not published_only],
        summary=(
            Figure(Text(N_("Services for customers")), len(services)),
            Figure(Text(N_("Live")), len(live)),
            Figure(Text(N_("Live but not published")), unseen, "Red" if unseen else "Green"),
        ),
        chart=_chart(services, shown) if services else None,
        message=_message(services, unseen),
    )


def _rows(plan: Plan, today: date, services: list[Service]) -> Iterator[dict[str, Any]]:
    entries: dict[str, list[CatalogueEntry]] = {}
    for entry in plan.catalogue:
        entries.setdefault(entry.service, []).append(entry)
    agreed = by_service(slas_in_force(plan, day_of_plan(plan, today)))
    lacks: dict[tuple[str, str], Finding] = {}
    for finding in check(plan, today, RULES).failed:
        lacks.setdefault((finding.record.collection, finding.record.id), finding)
    for service in services:
        slas = agreed.get(service.id, ())
        sides = _sides(plan, service, slas)
        for entry in entries.get(service.id, (None,)):
            finding = lacks.get(("catalogue", entry.id) if entry else ("services", service.id))
            yield {
                "service": service.id,
                "entry": entry.id if entry else "",
                "service_title": service.title or service.id,
                "status": Text(service.status),
                "state": NONE if entry is None else PUBLISHED if entry.published else WRITTEN,
                "description": (entry and entry.description) or service.description,
                "outcome": service.outcome,
                "audience": _titles(plan, entry.audience if entry else service.customers),
                "levels": listed(_levels(plan, service, slas), "; "),
                "price": sides.get("charges") or (entry.price if entry else ""),
                "delivery_time": entry.delivery_time if entry else "",
                **{name: sides.get(name, "") for name in SIDES},
                "owner": plan.title_of("people", service.service_owner),
                "belongs_to": belongs_to(plan, service),
                "lacks": Text(finding.message, finding.args) if finding else "",
            }


def _titles(plan: Plan, stakeholders: tuple[str, ...]) -> str:
    return ", ".join(plan.title_of("stakeholders", id) for id in stakeholders)


def _levels(plan: Plan, service: Service, slas: Sequence[Agreement]) -> list[Text]:
    """The targets of the SLAs of a service, with the customer where there are several SLAs."""
    return [
        _of(plan, agreement, slas, _told(level))
        for agreement in slas
        for level in levels(plan, agreement, service.id)
    ]


def _sides(plan: Plan, service: Service, slas: Sequence[Agreement]) -> dict[str, Text]:
    """What customers read of the SLAs of a service, by subject, with the customer where there are several SLAs."""
    found: dict[str, list[Text]] = {}
    for agreement in slas:
        for section in about(for_readers(plan, agreement), service.id):
            for line in section.lines:
                found.setdefault(section.field, []).append(_of(plan, agreement, slas, line.told()))
    return {field: listed(texts, "; ") for field, texts in found.items()}


def _of(plan: Plan, agreement: Agreement, slas: Sequence[Agreement], text: Text) -> Text:
    """A text with the customer whom it is for, where there are several."""
    if len(slas) == 1:
        return text
    return Text("{0}: {1}", (plan.title_of("stakeholders", agreement.customer), text))


def _told(level: Level) -> Text:
    hours = [f"({level.hours})"] if level.hours else []
    general = [say(N_("from “{0}”"), level.origin)] if level.origin else []
    return listed((level.what, level.figure, *hours, *general), " ")


def _chart(services: list[Service], shown: set[str]) -> Chart:
    """How many services of each status are published, and how many are not."""
    states = [state for state in SERVICE_STATES if any(service.status == state for service in services)]

    def count(state: str, published: bool) -> int:
        return sum(
            1 for service in services if service.status == state and (service.id in shown) is published
        )

    return Chart(
        title=Text(N_("Services for customers by status")),
        labels=tuple(Text(state) for state in states),
        datasets=(
            Dataset(Text(N_("Published")), tuple(count(state, True) for state in states)),
            Dataset(Text(N_("Not published")), tuple(count(state, False) for state in states)),
        ),
        colors=("#0b5c6e", "#64727e"),
        reading=say(
            N_("{0} of {1} services for customers are published."),
            sum(1 for service in services if service.id in shown),
            len(services),
        ),
        stacked=True,
    )


def _message(services: list[Service], unseen: int) -> Text:
    if not services:
        return Text(N_("No service is for customers yet. Mark the ones that customers use."))
    if unseen:
        return say(N_("{0} live services are not published. Write and publish their entries."), unseen)
    return Text(N_("Every live service for customers is published."))
