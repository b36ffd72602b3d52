"""What a plan offers to groups of its stakeholders. Levels and hours are those of the agreements, and stand nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.agreements.targets import Level, levels
from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.model import Agreement, Calendar, CatalogueEntry, Plan, Service, Stakeholder
from sm_planner.engine.texts import N_, Text, listed, say

RETIRED = "Retired"


@dataclass(frozen=True)
class Terms:
    """What was agreed with a customer about a service: the agreement, its levels, and the calendars in which they hold."""

    customer: Stakeholder
    agreement: Agreement
    levels: tuple[Level, ...]
    calendars: tuple[tuple[Text, Calendar], ...]
    """What the hours are, such as those of support, and when they are."""


@dataclass(frozen=True)
class Offer:
    """A published service for one or several groups, each with what was agreed with it."""

    entry: CatalogueEntry
    service: Service
    groups: tuple[Stakeholder, ...]
    terms: tuple[Terms, ...]

    @property
    def title(self) -> str:
        return self.entry.title or self.service.title or self.service.id

    @property
    def description(self) -> str:
        return self.entry.description or self.service.description


def offers(plan: Plan, groups: Set[str], today: date) -> tuple[Offer, ...]:
    """What is published for these groups, by its title. groups: ids of stakeholders."""
    found = tuple(_offers(plan, groups, today))
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.entry.id)))


def _offers(plan: Plan, groups: Set[str], today: date) -> Iterator[Offer]:
    agreed = tuple(_agreed(plan, groups, today))
    for entry, service in published(plan):
        own = tuple(
            group for id in entry.audience if id in groups and (group := plan.get("stakeholders", id))
        )
        if own:
            terms = tuple(
                terms
                for group in own
                for terms, services in agreed
                if terms.customer.id == group.id and service.id in services
            )
            yield Offer(entry, service, own, terms)


def _agreed(plan: Plan, groups: Set[str], today: date) -> Iterator[tuple[Terms, Set[str]]]:
    """What was agreed with these groups, and about which services."""
    for agreement in slas_in_force(plan, day_of_plan(plan, today)):
        customer = plan.get("stakeholders", agreement.customer)
        if customer and customer.id in groups:
            yield _terms(plan, customer, agreement), Scope.of(agreement).services


def published(plan: Plan) -> Iterator[tuple[CatalogueEntry, Service]]:
    """The entries that readers are shown, with their services: none of what is retired."""
    for entry in plan.catalogue:
        service = plan.get("services", entry.service)
        if entry.published and service and service.status != RETIRED:
            yield entry, service


def for_guests(plan: Plan) -> tuple[CatalogueEntry, ...]:
    """The entries about which people say something whom nobody knows."""
    return tuple(entry for entry, _service in published(plan) if entry.for_guests)


def _terms(plan: Plan, customer: Stakeholder, agreement: Agreement) -> Terms:
    support = agreement.support_hours if agreement.support_hours != agreement.service_hours else ""
    named = ((say(N_("Service Hours")), agreement.service_hours), (say(N_("Support Hours")), support))
    calendars = tuple((what, calendar) for what, id in named if (calendar := plan.get("calendars", id)))
    return Terms(customer, agreement, tuple(levels(plan, agreement)), calendars)


def ways(plan: Plan, offer: Offer) -> tuple[tuple[Text, Text], ...]:
    """How the readers of an offer reach somebody: what for, and whom or where."""
    return tuple(dict.fromkeys(_ways(plan, offer)))


def _ways(plan: Plan, offer: Offer) -> Iterator[tuple[Text, Text]]:
    tiers = sorted(offer.service.support_tiers, key=lambda one: one.tier or 0)
    first = plan.get("teams", tiers[0].team) if tiers else None
    if first:
        yield say(N_("First Contact")), listed(filter(None, (first.title or first.id, first.contact)))
    kinds = [Text(channel.kind) for channel in offer.service.channels if channel.kind]
    if kinds:
        yield say(N_("Channels")), listed(kinds)
    for group in offer.groups:
        for label, where in (
            (N_("To order"), group.ordering_channel),
            (N_("When that does not help"), group.escalation_channel),
            (N_("To complain"), group.complaint_channel),
        ):
            if where:
                yield say(label), Text("{0}", (where,))
