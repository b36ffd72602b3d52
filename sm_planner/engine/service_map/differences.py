"""What differs between two maps: as it is now, and as it will be.

Now and future are two views of one plan, or now is another plan: the version that is in force, as it was signed. A box that
only one of them has comes or goes. A box that both have changes if it stands beside others: a service beside its customers,
teams, partners and components; any other beside its services, and beside whom it hands work to or takes it from. It changes too
if an agreement of it begins or ends between the day of now and the last day of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sm_planner.engine.model import Plan
from sm_planner.engine.service_map import (
    FUTURE,
    LANES,
    NOW,
    SERVICES,
    TEAMS,
    Footprint,
    HandOver,
    Place,
    footprints,
)
from sm_planner.engine.service_map.agreement_turns import Days, Turn, days_compared, turns

COMES, GOES, CHANGES = KINDS = ("Comes", "Goes", "Changes")

_DRAWN = ("stakeholders", "services", "teams", "suppliers", "components")
_READ = (*_DRAWN, "people", "agreements")
"""Collections that boxes stand for, and those that their words are made of."""


class Change(NamedTuple):
    """A neighbour of a box that only one of both maps has beside it."""

    about: Place
    comes: bool


@dataclass(frozen=True)
class Difference:
    """How a box differs: one of :data:`KINDS`. changes: what of its neighbours, by lane. turns: what becomes of its agreements."""

    kind: str
    changes: tuple[Change, ...] = ()
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Two maps as one. plan: has the records of both, those of the future where both have them.

    marks: what each service brings in either; now, future: what is on each of the two. differences: of each place that
    differs. days: those between which agreements begin and end.
    """

    plan: Plan
    marks: tuple[Footprint, ...]
    now: World
    future: World
    differences: Mapping[Place, Difference]
    days: Days


class World:
    """One of the maps: its places and who stands beside whom."""

    def __init__(self, marks: Iterable[Footprint]):
        self.beside: dict[Place, set[Place]] = {}
        self.hand_overs: set[HandOver] = set()
        for mark in marks:
            own = Place(SERVICES, "services", mark.service.id)
            for place in mark.places:
                self.beside.setdefault(place, set())
                if place != own:
                    self.beside[place].add(own)
                    self.beside.setdefault(own, set()).add(place)
            self.hand_overs |= mark.hand_overs
        for source, target in self.hand_overs:
            self.beside[source].add(target)
            self.beside[target].add(source)
        self.places_of: dict[tuple[str, str], list[Place]] = {}
        for place in sorted(self.beside):
            self.places_of.setdefault(place[1:], []).append(place)

    def beside_of(self, place: Place) -> set[Place] | None:
        """Who stands beside a box; None where it is not there. A team's tier takes in what it delivers without one."""
        places = {place, Place(TEAMS, place.collection, place.id)} & self.beside.keys()
        return set().union(*(self.beside[one] for one in places)) if places else None


def compare(plan: Plan, today: date, before: Plan | None = None) -> Compared:
    """The map of now beside that of the future. before: the plan that tells how it is now, where ``plan`` does not."""
    was = footprints(before or plan, NOW)
    will_be = footprints(plan, FUTURE)
    whole = with_records_of(plan, before) if before else plan
    now, future = World(was), World(will_be)
    days = days_compared(plan, before, today)
    turned = turns(plan, before, days)
    differences = {
        place: found
        for place in now.beside.keys() | future.beside.keys()
        if (found := _with_turns(_difference(place, now, future), turned.get(place[1:], ())))
    }
    return Compared(whole, _both(whole, was, will_be), now, future, differences, days)


def with_records_of(plan: Plan, before: Plan) -> Plan:
    """The plan with what only the one before has of the records that a map shows."""
    return replace(
        plan,
        **{
            name: (
                *getattr(plan, name),
                *(record for record in getattr(before, name) if record.id not in plan.index[name]),
            )
            for name in _READ
        },
    )


def _both(whole: Plan, was: Iterable[Footprint], will_be: Iterable[Footprint]) -> tuple[Footprint, ...]:
    """What each service brings in either, in the order of the plan."""
    found: dict[str, list[Footprint]] = {}
    for mark in (*was, *will_be):
        found.setdefault(mark.service.id, []).append(mark)
    return tuple(
        Footprint(
            service,
            frozenset().union(*(mark.places for mark in found[service.id])),
            frozenset().union(*(mark.hand_overs for mark in found[service.id])),
        )
        for service in whole.services
        if service.id in found
    )


def _with_turns(found: Difference | None, turned: tuple[Turn, ...]) -> Difference | None:
    return replace(found or Difference(CHANGES), turns=turned) if turned else found


def _difference(place: Place, now: World, future: World) -> Difference | None:
    was, will_be = now.beside_of(place), future.beside_of(place)
    if was is None or will_be is None:
        here, there = (future, now) if was is None else (now, future)
        kind = COMES if here is future else GOES
        elsewhere = there.places_of.get(place[1:], ())
        if not elsewhere:
            return Difference(kind)
        moved = [Change(place, kind == COMES), *(Change(one, kind != COMES) for one in elsewhere)]
        return Difference(CHANGES, tuple(sorted(moved, key=_rank)))
    changes = [
        *(Change(other, True) for other in will_be - was),
        *(Change(other, False) for other in was - will_be),
    ]
    return Difference(CHANGES, tuple(sorted(changes, key=_rank))) if changes else None


def _rank(change: Change) -> tuple[int, str, bool]:
    return LANES.index(change.about.lane), change.about.id, not change.comes
