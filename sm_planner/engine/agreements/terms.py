"""Agreements: when one is in force, between whom, and what it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.term import HOLDING, state_on
from sm_planner.engine.model import Agreement, Component, Plan, Supplier, Team

Party = tuple[str, str]
"""Collection and id of whoever promises something to the organisation: a team or a supplier."""

PROMISING = {"OLA": "teams", "UC": "suppliers"}
"""Kind of agreement → the collection of the party that promises in it to the organisation."""

PARTY = {"SLA": "customer", "OLA": "team", "UC": "supplier"}
"""Kind of agreement → the field that names its counterparty."""

PARTY_COLLECTIONS = {"customer": "stakeholders", "team": "teams", "supplier": "suppliers"}
"""The field of a counterparty → the collection that it is of."""


def promiser(plan: Plan, agreement: Agreement) -> Team | Supplier | None:
    """The team of an OLA or the supplier of a UC; None if it is not named."""
    return plan.get(PROMISING[agreement.kind], getattr(agreement, PARTY[agreement.kind]))


def day_of_plan(plan: Plan, today: date) -> date:
    """The day on which the plan's promises have to stand: today, or its first day while that lies ahead."""
    return max(today, plan.period_start or today)


def in_force(agreement: Agreement, day: date) -> bool:
    """Whether the agreement holds on that day, also while it is in notice. See :mod:`sm_planner.engine.agreements.term`."""
    return state_on(agreement, day) in HOLDING


def day_of_promises(plan: Plan, today: date) -> date:
    """The day of the plan; if no SLA holds then, the first day after it on which one does."""
    day = day_of_plan(plan, today)
    if slas_in_force(plan, day):
        return day
    ahead = (one.start_date for one in promising(plan) if one.kind == "SLA" and one.start_date)
    return min((start for start in ahead if start > day and slas_in_force(plan, start)), default=day)


def slas_in_force(plan: Plan, day: date) -> tuple[Agreement, ...]:
    """The agreements with customers that hold on that day."""
    return tuple(
        agreement for agreement in promising(plan) if agreement.kind == "SLA" and in_force(agreement, day)
    )


def underpinning_in_force(plan: Plan, day: date) -> tuple[Agreement, ...]:
    """The agreements with teams and suppliers that hold on that day."""
    return tuple(
        agreement for agreement in promising(plan) if agreement.kind in PROMISING and in_force(agreement, day)
    )


@dataclass(frozen=True)
class Scope:
    """What agreements cover, as (process, service, component) of which an empty one stands for all.

    A row of an agreement that names a service, a component or both is a place. It covers the process that it
    names; without one, the processes that rows without a place name; without those, all. In an agreement
    without any place, the rows of a process alone cover it everywhere. An agreement without scope covers
    nothing.
    """

    covered: frozenset[tuple[str, str, str]]

    @classmethod
    def of(cls, *agreements: Agreement) -> Scope:
        """What the agreements cover together."""
        return cls(frozenset(chain.from_iterable(map(_covered, agreements))))

    def covers(self, process: str, service: str, component: str) -> bool:
        """Whether the process is covered for a component of a service; an empty component: for all of it."""
        if not self.covered:
            return False
        places = ((service, component), (service, ""), ("", component), ("", ""))
        return any((named, *place) in self.covered for named in (process, "") for place in places)

    def names(self, component: Component) -> bool:
        """Whether the component is covered, alone or with one of its services, for whatever process."""
        own = {("", component.id)}
        for service in component.services:
            own |= {(service, ""), (service, component.id)}
        return not own.isdisjoint(self._places)

    @property
    def services(self) -> frozenset[str]:
        """The services that are covered by name, in whole or in part."""
        return frozenset(service for _, service, _ in self.covered if service)

    @cached_property
    def _places(self) -> frozenset[tuple[str, str]]:
        return frozenset(place[1:] for place in self.covered)


def _covered(agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    places = [row for row in agreement.scope if row.service or row.component]
    processes = {row.process for row in agreement.scope if row.process and not (row.service or row.component)}
    for row in places:
        for process in (row.process,) if row.process else processes or ("",):
            yield process, row.service, row.component
    if not places:
        yield from ((process, "", "") for process in processes)


def by_service(agreements: Iterable[Agreement]) -> dict[str, list[Agreement]]:
    """Service → those of the agreements whose scope names it, in their order."""
    found: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        for service in Scope.of(agreement).services:
            found.setdefault(service, []).append(agreement)
    return found


def covered_by_party(plan: Plan, day: date) -> dict[Party, Scope]:
    """What the OLAs of each team and the UCs of each supplier that hold on that day cover."""
    promised: dict[Party, list[Agreement]] = {}
    for agreement in underpinning_in_force(plan, day):
        party = PROMISING[agreement.kind], getattr(agreement, PARTY[agreement.kind])
        promised.setdefault(party, []).append(agreement)
    return {party: Scope.of(*agreements) for party, agreements in promised.items()}
