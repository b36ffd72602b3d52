"""What a plan offers to groups of its stakeholders. Levels and hours are those of the agreements, and stand nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.agreements.sides import Section, about, for_readers
from sm_planner.engine.agreements.targets import Level, levels, service_hours_of, support_hours_of, told_apart
from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.model import Agreement, Calendar, CatalogueEntry, Plan, Service, Stakeholder
from sm_planner.engine.texts import N_, Text, listed, say

RETIRED = "Retired"


@dataclass(frozen=True)
class Terms:
    """What was agreed with a customer: the agreement, its levels, and the calendars in which they hold."""

    customer: Stakeholder
    agreement: Agreement
    levels: tuple[Level, ...]
    calendars: tuple[tuple[Text, Calendar], ...]
    """What the hours are, such as those of support, and when they are."""
    sides: tuple[Section, ...]
    """What else its readers know of it: their duties, what is supported, what is paid, whom they reach."""


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

    def sides(self, terms: Terms) -> tuple[Section, ...]:
        """What else was agreed about this service."""
        return about(terms.sides, self.service.id)

    @property
    def price(self) -> str:
        """What the catalogue says that it costs: nothing where an agreement says what is paid."""
        charged = any(section.field == "charges" for terms in self.terms for section in self.sides(terms))
        return "" if charged else self.entry.price

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
                by_service[service.id]
                for group in own
                for customer, by_service in agreed
                if customer == group.id and service.id in by_service
            )
            yield Offer(entry, service, own, terms)


def _agreed(plan: Plan, groups: Set[str], today: date) -> Iterator[tuple[str, dict[str, Terms]]]:
    """The groups with which something was agreed, and what about each service: worked out once for an agreement that promises
    the same to all of them."""
    for agreement in slas_in_force(plan, day_of_plan(plan, today)):
        customer = plan.get("stakeholders", agreement.customer)
        if customer and customer.id in groups:
            services = sorted(Scope.of(agreement).services)
            if len(told_apart(agreement)) == 1:
                yield customer.id, dict.fromkeys(services, _terms(plan, customer, agreement, ""))
            else:
                yield customer.id, {one: _terms(plan, customer, agreement, one) for one in services}


def published(plan: Plan) -> Iterator[tuple[CatalogueEntry, Service]]:
    """The entries that readers are shown, with their services: none of what is retired."""
    for entry in plan.catalogue:
        service = plan.get("services", entry.service)
        if entry.published and service and service.status != RETIRED:
            yield entry, service


def for_guests(plan: Plan) -> tuple[CatalogueEntry, ...]:
    """The entries about which people say something whom nobody knows."""
    return tuple(entry for entry, _service in published(plan) if entry.for_guests)


def _terms(plan: Plan, customer: Stakeholder, agreement: Agreement, service: str) -> Terms:
    promised, answered = service_hours_of(agreement, service), support_hours_of(agreement, service)
    support = answered if answered != promised else ""
    named = ((say(N_("Service Hours")), promised), (say(N_("Support Hours")), support))
    calendars = tuple((what, calendar) for what, id in named if (calendar := plan.get("calendars", id)))
    found = tuple(levels(plan, agreement, service))
    return Terms(customer, agreement, found, calendars, for_readers(plan, agreement))


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
