"""Who stands under which agreement: customers and services under none, and under two that promise different things.

A customer is meant by a live service that customers use where the service or its published entry names him, or an SLA in force
with him does. Two agreements are about the same where they are with the same party and for the same place; they differ where a
metric has other values, or other hours, for a priority. A general agreement and those beneath it do not differ: of the two the
one counts that has the precedence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations

from sm_planner.engine.agreements import families
from sm_planner.engine.agreements.subject import Metric
from sm_planner.engine.agreements.targets import (
    by_priority,
    calendar_of,
    figure,
    is_about,
    kind,
    looseness,
    metrics,
    name_of,
    share_of,
)
from sm_planner.engine.agreements.terms import PARTY, Scope, slas_in_force, underpinning_in_force
from sm_planner.engine.model import (
    PRIORITIES,
    Agreement,
    AgreementTarget,
    Person,
    Plan,
    Service,
    Stakeholder,
)
from sm_planner.engine.model.values import folded
from sm_planner.engine.texts import N_, Text, listed, side_by_side

CUSTOMER, LIVE = "Customer", "Live"
AHEAD = ("Pipeline", "Design")
"""States of services about which nothing is agreed yet."""

Place = tuple[str, str, str]
"""Process, service and component, of which an empty one stands for all."""


class State(str, Enum):
    """How a customer stands with a service."""

    NONE = N_("Under None")
    ONE = N_("Under One")
    ALIKE = N_("Under Several, Alike")
    DIFFERENT = N_("Under Several, Different")


@dataclass(frozen=True)
class Difference:
    """What two agreements promise differently. priority: empty for all that neither of them names.

    first, second: the agreements as they hold; promised: the targets of each; service: the id of that
    for which it is so, empty for whatever they cover.
    """

    first: Agreement
    second: Agreement
    metric: Metric
    priority: str
    promised: tuple[tuple[AgreementTarget, ...], tuple[AgreementTarget, ...]]
    service: str

    @property
    def what(self) -> Text:
        """The metric and the priority: "Resolution P1"."""
        metric, own = self.metric
        return name_of(metric, self.priority, own)

    def told(self, plan: Plan) -> Text:
        """What each of them promises: "Resolution P1: 4 Hours (Office Hours), 8 Hours (Office Hours)"."""
        each = (
            listed((_told(plan, agreement, target, self.service) for target in rows), " / ")
            for agreement, rows in zip((self.first, self.second), self.promised, strict=True)
        )
        return Text("{0}: {1}", (self.what, listed(each)))


@dataclass(frozen=True)
class Cover:
    """A customer and a live service. agreements: the SLAs in force under which he stands there, as they hold."""

    customer: Stakeholder
    service: Service
    agreements: tuple[Agreement, ...]
    differences: tuple[Difference, ...]

    @property
    def state(self) -> State:
        if not self.agreements:
            return State.NONE
        if self.differences:
            return State.DIFFERENT
        return State.ONE if len(self.agreements) == 1 else State.ALIKE


@dataclass(frozen=True)
class Clash:
    """Two OLAs with a team, or UCs with a supplier, that promise different things for the same places."""

    first: Agreement
    second: Agreement
    places: tuple[Place, ...]
    differences: tuple[Difference, ...]


def covers(plan: Plan, day: date) -> tuple[Cover, ...]:
    """The customers with the live services that are for them, by customer and then by service, in the order of the plan."""
    return plan.derived(_covers, day)


def uncovered(plan: Plan, day: date) -> tuple[Stakeholder, ...]:
    """The customers who stand under no SLA in force, and are meant by no service that is live or will be."""
    known = {cover.customer.id for cover in covers(plan, day)}
    known |= {one for service in plan.services if service.status in AHEAD for one in service.customers}
    known |= {agreement.customer for agreement in slas_in_force(plan, day)}
    return tuple(one for one in plan.stakeholders if one.kind == CUSTOMER and one.id not in known)


def clashes(plan: Plan, day: date) -> tuple[Clash, ...]:
    """The OLAs and UCs in force on a day that promise different things for a party and a place."""
    return plan.derived(_clashes, day)


def place_words(plan: Plan, place: Place) -> str:
    """A place by the titles of what it names: "E-mail · Mail Server"."""
    names = zip(("processes", "services", "components"), place, strict=True)
    return " · ".join(plan.title_of(collection, id) for collection, id in names if id)


def users(plan: Plan, customer: Stakeholder) -> tuple[Person, ...]:
    """The people of the plan who belong to a customer, by their unit; empty too where the customer has none."""
    unit = folded(customer.unit)
    return tuple(person for person in plan.people if unit and folded(person.unit) == unit)


def differences(plan: Plan, first: Agreement, second: Agreement, service: str = "") -> tuple[Difference, ...]:
    """What two agreements, as they hold, promise differently for a service; without one, for whatever they cover.

    One of a family that takes its terms from the other differs in nothing.
    """
    if _is_above(plan, first, second) or _is_above(plan, second, first):
        return ()
    return tuple(
        difference
        for metric in metrics((*first.targets, *second.targets))
        for difference in _compared(first, second, metric, service)
    )


def _is_above(plan: Plan, general: Agreement, agreement: Agreement) -> bool:
    return any(one.id == general.id for one in families.above(plan, agreement))


def _compared(first: Agreement, second: Agreement, metric: Metric, service: str) -> Iterator[Difference]:
    """The priorities for which both promise something else: each that one of them names, and empty for all others."""
    held = [by_priority(one.targets, metric[0], service, metric[1]) for one in (first, second)]
    named = {
        target.priority for one in (first, second) for target in one.targets if is_about(target, *metric)
    }
    others = False
    for priority in PRIORITIES:
        promised = held[0].get(priority, ()), held[1].get(priority, ())
        if not all(promised) or _sense(first, promised[0], service) == _sense(second, promised[1], service):
            continue
        if priority in named:
            yield Difference(first, second, metric, priority, promised, service)
        elif not others:
            others = True
            yield Difference(first, second, metric, "", promised, service)


def _sense(agreement: Agreement, rows: Iterable[AgreementTarget], service: str) -> frozenset:
    """What targets mean: 60 minutes and an hour are the same."""
    return frozenset(
        (kind(row), looseness(row), share_of(row), row.bound, calendar_of(agreement, row, service))
        for row in rows
    )


def _told(plan: Plan, agreement: Agreement, target: AgreementTarget, service: str) -> Text:
    hours = plan.title_of("calendars", calendar_of(agreement, target, service))
    return side_by_side(figure(target), f"({hours})" if hours else "")


def _covers(plan: Plan, day: date) -> tuple[Cover, ...]:
    under: dict[tuple[str, str], list[Agreement]] = {}
    for agreement in slas_in_force(plan, day):
        for service in Scope.of(agreement).services:
            under.setdefault((agreement.customer, service), []).append(agreement)
    live = [service for service in plan.services if service.status == LIVE and service.customer_facing]
    meant = {(customer, service.id) for service in live for customer in service.customers}
    meant |= {
        (customer, entry.service)
        for entry in plan.catalogue
        if entry.published
        for customer in entry.audience
    }
    return tuple(
        Cover(customer, service, agreements, tuple(_among(plan, agreements, service.id)))
        for customer in plan.stakeholders
        for service in live
        for agreements in [tuple(under.get((customer.id, service.id), ()))]
        if agreements or (customer.id, service.id) in meant
        if agreements or customer.kind == CUSTOMER or customer.id in service.customers
    )


def _among(plan: Plan, agreements: tuple[Agreement, ...], service: str) -> Iterator[Difference]:
    for first, second in combinations(agreements, 2):
        yield from differences(plan, first, second, service)


def _clashes(plan: Plan, day: date) -> tuple[Clash, ...]:
    with_party: dict[tuple[str, str], list[Agreement]] = {}
    for agreement in underpinning_in_force(plan, day):
        if party := getattr(agreement, PARTY[agreement.kind]):
            with_party.setdefault((agreement.kind, party), []).append(agreement)
    return tuple(clash for held in with_party.values() for clash in _clashing(plan, held))


def _clashing(plan: Plan, agreements: list[Agreement]) -> Iterator[Clash]:
    for first, second in combinations(agreements, 2):
        found: dict[tuple[Metric, str], Difference] = {}
        places = []
        for place in _shared(Scope.of(first), Scope.of(second)):
            differing = differences(plan, first, second, place[1])
            if differing:
                places.append(place)
                found.update({(one.metric, one.priority): one for one in differing})
        if places:
            yield Clash(first, second, tuple(places), tuple(found.values()))


def _shared(one: Scope, other: Scope) -> list[Place]:
    """The places that two scopes both name, for the same process or for all processes."""
    return sorted(
        {
            (process or their_process, *place)
            for process, *place in one.covered
            for their_process, *their_place in other.covered
            if place == their_place and (not process or not their_process or process == their_process)
        }
    )
