"""Who runs the parts of a service, and by which agreements they are bound.

A component is run by a team, a supplier or both. A team of the organisation is bound by an OLA, a supplier by
an underpinning contract (UC); a team of a supplier is bound by the supplier's contract. Where an internal team
runs a component with a supplier, both stand behind it. A service that stands for itself is run by its teams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date
from typing import NamedTuple

from sm_planner.engine.agreements.targets import told_apart
from sm_planner.engine.agreements.terms import PARTY, promiser, underpinning_in_force
from sm_planner.engine.chain.structure import Closure, Part
from sm_planner.engine.model import Agreement, Component, Plan, Service, Supplier, Team


class Runner(NamedTuple):
    """Somebody who runs a part: the kind of agreement that binds them, and who they are."""

    kind: str
    party: Team | Supplier

    @property
    def key(self) -> tuple[str, str]:
        """What tells runners apart: the kind of agreement, and the id of the party."""
        return self.kind, self.party.id

    @property
    def outside(self) -> bool:
        """Whether it is another party than the organisation."""
        return self.kind == "UC"


class Backing(NamedTuple):
    """A runner with the agreements in force that bind it to one part, the most specific first.

    services: those that it works for there (ids), the closest first, as far as an agreement says something of them alone.
    """

    runner: Runner
    agreements: tuple[Agreement, ...]
    services: tuple[str, ...] = ()


class Backings(tuple[Backing, ...]):
    """Who runs a part. Parts with the same runners and agreements share one object, compared by identity."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


class Underpinning:
    """The OLAs and UCs of a plan that are in force on a day, by whom they bind."""

    def __init__(self, plan: Plan, day: date) -> None:
        self._plan = plan
        self._agreements: dict[tuple[str, str], list[tuple[Agreement, Set[tuple[str, str]]]]] = {}
        self._shared: dict[tuple, Backings] = {}
        self._of_part: dict[tuple[type, str], Backings] = {}
        self._apart: dict[str, Set[str]] = {}
        for agreement in underpinning_in_force(plan, day):
            party = agreement.kind, getattr(agreement, PARTY[agreement.kind])
            self._agreements.setdefault(party, []).append((agreement, _places(agreement)))
            if apart := frozenset(told_apart(agreement)) - {""}:
                self._apart[agreement.id] = apart
        self._told_of = frozenset().union(*self._apart.values())

    def of_part(self, part: Part) -> Backings:
        """Who runs the part, and what binds them to it."""
        key = type(part), part.id
        if key not in self._of_part:
            self._of_part[key] = self._share(self._found(part))
        return self._of_part[key]

    def of_team(self, team: str, service: Service, beneath: Closure) -> Backings:
        """What binds a team to its work for a service: what names the service comes first, then what names
        something beneath it."""
        runners = tuple(runners_of(self._plan, team))
        services = (service.id, *sorted(beneath.services & self._told_of - {service.id}))
        return self._share(
            self._backing(runner, self._for_team(runner, service, beneath), services) for runner in runners
        )

    def any_with(self, runner: Runner) -> bool:
        """Whether an agreement with the runner is in force, whatever it covers."""
        return runner.key in self._agreements

    def binding(self) -> Iterator[tuple[Runner, Agreement]]:
        """All OLAs and UCs in force, with whom they bind."""
        for (kind, _), agreements in self._agreements.items():
            for agreement, _ in agreements:
                if party := promiser(self._plan, agreement):
                    yield Runner(kind, party), agreement

    def naming(self, part: Part) -> Agreement | None:
        """The first agreement in force whose scope names a part, whoever it is with."""
        services, components = _named_by(part)
        return next(
            (
                agreement
                for agreements in self._agreements.values()
                for agreement, places in agreements
                if places and _closeness(places, services, components)
            ),
            None,
        )

    def _found(self, part: Part) -> Iterator[Backing]:
        services, components = _named_by(part)
        if isinstance(part, Component):
            runners = runners_of(self._plan, part.team, part.supplier)
        else:
            runners = (runner for team in part.teams for runner in runners_of(self._plan, team))
        for runner in runners:
            bound = self._bound(runner, services, components)
            yield self._backing(runner, bound, part.services if isinstance(part, Component) else (part.id,))

    def _backing(self, runner: Runner, agreements: Iterable[Agreement], services: Iterable[str]) -> Backing:
        bound = tuple({agreement.id: agreement for agreement in agreements}.values())
        if not self._apart:
            return Backing(runner, bound)
        apart = frozenset().union(*(self._apart.get(agreement.id, ()) for agreement in bound))
        return Backing(runner, bound, tuple(service for service in services if service in apart))

    def _for_team(self, runner: Runner, service: Service, beneath: Closure) -> Iterator[Agreement]:
        yield from self._bound(runner, {service.id}, beneath.components)
        yield from self._bound(runner, beneath.services, beneath.components)

    def _bound(self, runner: Runner, services: Set[str], components: Set[str]) -> Iterator[Agreement]:
        fitting = [
            (_closeness(places, services, components), agreement)
            for agreement, places in self._agreements.get(runner.key, ())
        ]
        fitting.sort(key=lambda found: -found[0])
        return (agreement for closeness, agreement in fitting if closeness)

    def _share(self, backings: Iterator[Backing]) -> Backings:
        found = tuple(backings)
        key = tuple(
            (kind, party.id, services, *(agreement.id for agreement in agreements))
            for (kind, party), agreements, services in found
        )
        return self._shared.setdefault(key, Backings(found))


def runners_of(plan: Plan, team_id: str, supplier_id: str = "") -> Iterator[Runner]:
    """Who stands behind work that is given to a team, a supplier or both (ids, which may be empty)."""
    team = plan.get("teams", team_id)
    if team and team.kind == "External":
        team, supplier_id = None, supplier_id or team.supplier
    supplier = plan.get("suppliers", supplier_id)
    if team:
        yield Runner("OLA", team)
    if supplier:
        yield Runner("UC", supplier)


def _named_by(part: Part) -> tuple[Set[str], Set[str]]:
    """The services and components by any of which a scope names a part."""
    if isinstance(part, Component):
        return set(part.services), {part.id}
    return {part.id}, frozenset()


def _places(agreement: Agreement) -> Set[tuple[str, str]]:
    return {(row.service, row.component) for row in agreement.scope if row.service or row.component}


def _closeness(places: Set[tuple[str, str]], services: Set[str], components: Set[str]) -> int:
    """How closely a scope meets a part: 4 by service and component to 2 by service, 0 not at all.

    A scope without places holds wherever its party works (1). Rule CHN-10 asks for more than that.
    """
    if not places:
        return 1
    return max(
        (
            2 * bool(component) + bool(service) + 1
            for service, component in places
            if (not service or service in services) and (not component or component in components)
        ),
        default=0,
    )
