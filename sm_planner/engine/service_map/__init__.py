"""The service management map as facts: which records stand in which lane, and on which page.

The lanes run from the end user through the first contact and the tiers to partners and components. A page holds
no more boxes than the settings allow. A plan that needs more is divided by families of services: those whose
delivery one team leads, which a plan names first among the teams of a service. It can also be divided by how much
the business depends on its services. ``differences`` compares two maps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from sm_planner.engine.model import GRADES, Plan, Service
from sm_planner.engine.raci.effective import services_in_scope

_T = TypeVar("_T")

CUSTOMERS, SERVICES, FIRST, SECOND, THIRD, TEAMS, PARTNERS, COMPONENTS = LANES = (
    "customers",
    "services",
    "first",
    "second",
    "third",
    "teams",
    "partners",
    "components",
)
"""From the end user down. third: tier 3 and all above. teams: those who deliver, where no tier names them."""
_LANE_OF_TIER = {1: FIRST, 2: SECOND}

NOW, FUTURE = "now", "future"
_NOT_IN = {NOW: ("Pipeline", "Design"), FUTURE: ("Retiring",)}
_PARTNERS_NOT_IN = {NOW: "On-board", FUTURE: "Drop"}
"""View → what it leaves out: services by their status, partners by what is decided about them."""

TEAM, IMPORTANCE = GROUPINGS = ("team", "importance")
"""What makes services a family: who leads their delivery, or how much the business depends on them."""


class Place(NamedTuple):
    """A box: a record in a lane."""

    lane: str
    collection: str
    id: str


class HandOver(NamedTuple):
    """What goes down from a box to one further down."""

    source: Place
    target: Place


@dataclass(frozen=True)
class Footprint:
    """What one service brings onto the map: boxes, and the hand-overs between them."""

    service: Service
    places: frozenset[Place]
    hand_overs: frozenset[HandOver]


@dataclass(frozen=True)
class Page:
    """A page of the map. families: ids of the teams that lead; an empty one stands for no team.

    part, parts: which part of a family that needs several pages. lanes: its places by lane, in the order of the
    plan. folded: lane → how many places it lacks because they did not fit.
    """

    footprints: tuple[Footprint, ...]
    families: tuple[str, ...]
    part: int = 1
    parts: int = 1
    lanes: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    folded: Mapping[str, int] = field(default_factory=dict)

    @property
    def boxes(self) -> int:
        """How many boxes are drawn; what a lane folds away is one box."""
        return sum(map(len, self.lanes.values())) + len(self.folded)


def family_of(service: Service) -> str:
    """The team that leads the delivery of a service, or an empty id."""
    return service.teams[0] if service.teams else ""


def services_on_map(plan: Plan, view: str = "") -> tuple[Service, ...]:
    """The services in scope. view: ``now`` and ``future`` leave out what is not there then."""
    return tuple(
        service for service in services_in_scope(plan) if service.status not in _NOT_IN.get(view, ())
    )


def footprints(plan: Plan, view: str = "") -> tuple[Footprint, ...]:
    """What each service brings onto the map, in the order of the plan."""
    absent = {supplier.id for supplier in plan.suppliers if supplier.status == _PARTNERS_NOT_IN.get(view)}
    return tuple(_footprint(plan, service, absent) for service in services_on_map(plan, view))


def _footprint(plan: Plan, service: Service, absent: set[str]) -> Footprint:
    parts = plan.components_of[service.id]
    tiers: dict[int, list[Place]] = {}
    for row in service.support_tiers:
        if row.tier and row.team in plan.index["teams"]:
            place = Place(_LANE_OF_TIER.get(row.tier, THIRD), "teams", row.team)
            tiers.setdefault(row.tier, []).append(place)
    levels = [tiers[tier] for tier in sorted(tiers)]
    teams = [place for level in levels for place in level]
    if not teams:
        teams = [Place(TEAMS, "teams", team) for team in service.teams if team in plan.index["teams"]]
        levels = [teams]
    stand_behind = [(place, plan.get("teams", place.id).supplier) for place in teams]
    stand_behind += [(place, component.supplier) for component in parts for place in levels[-1]]
    partners = {
        Place(PARTNERS, "suppliers", supplier)
        for supplier in (*(component.supplier for component in parts), *(id for _, id in stand_behind))
        if supplier in plan.index["suppliers"] and supplier not in absent
    }
    places = {Place(SERVICES, "services", service.id), *teams, *partners}
    places |= {
        Place(CUSTOMERS, "stakeholders", id) for id in service.customers if plan.get("stakeholders", id)
    }
    places |= {Place(COMPONENTS, "components", component.id) for component in parts}
    hand_overs = {
        HandOver(above, below)
        for upper, lower in zip(levels, levels[1:], strict=False)
        for above in upper
        for below in lower
        if above.lane != below.lane
    }
    for place, supplier in stand_behind:
        partner = Place(PARTNERS, "suppliers", supplier)
        if partner in partners:
            hand_overs.add(HandOver(place, partner))
    return Footprint(service, frozenset(places), frozenset(hand_overs))


def pages(plan: Plan, most: int, view: str = "") -> tuple[Page, ...]:
    """The pages of the map, none with more than ``most`` boxes, as far as every lane keeps two.

    One page if all fits. Otherwise families stay together, several on a page while they fit; a family that is too
    large is divided; what one service alone brings too much is folded into a box that counts it.
    """
    return divided(plan, footprints(plan, view), most)


def divided(plan: Plan, marks: Sequence[Footprint], most: int, by: str = TEAM) -> tuple[Page, ...]:
    """The pages of what services bring onto the map. plan: has all of their records.

    By importance each grade has pages of its own, the greatest first, and services without a grade come last.
    """
    order = _Order(plan)
    if by == IMPORTANCE and marks:
        groups = [[group] for group in _by_importance(marks)]
    elif len(_places(marks)) <= most:
        families = tuple(dict.fromkeys(family_of(mark.service) for mark in marks))
        return (_page(order, marks, families, most),)
    else:
        groups = _together(_by_family(marks), most)
    found: list[Page] = []
    for families in groups:
        members = [mark for _, family in families for mark in family]
        parts = list(_runs(members, most))
        found += (
            _page(order, part, tuple(id for id, _ in families), most, number, len(parts))
            for number, part in enumerate(parts, start=1)
        )
    return tuple(found)


def too_large(plan: Plan, most: int) -> dict[str, int]:
    """Family → its boxes, for those that need more than a page."""
    marks = footprints(plan)
    if len(_places(marks)) <= most:
        return {}
    counts = {family: len(_places(members)) for family, members in _by_family(marks).items()}
    return {family: count for family, count in counts.items() if count > most}


def _places(marks: Iterable[Footprint]) -> set[Place]:
    """The places of several services. A team that a tier names stands in its tier alone."""
    places = {place for mark in marks for place in mark.places}
    tiered = {place.id for place in places if place.lane in (FIRST, SECOND, THIRD)}
    return {place for place in places if place.lane != TEAMS or place.id not in tiered}


def _by_family(marks: Sequence[Footprint]) -> dict[str, list[Footprint]]:
    families: dict[str, list[Footprint]] = {}
    for mark in marks:
        families.setdefault(family_of(mark.service), []).append(mark)
    return families


def _by_importance(marks: Sequence[Footprint]) -> list[tuple[str, list[Footprint]]]:
    grades: dict[str, list[Footprint]] = {grade: [] for grade in (*reversed(GRADES), "")}
    for mark in marks:
        grades[mark.service.importance].append(mark)
    return [(grade, members) for grade, members in grades.items() if members]


def _together(families: dict[str, list[Footprint]], most: int) -> Iterator[list[tuple[str, list[Footprint]]]]:
    """Families in their order, as many together as fit."""
    yield from _packed(list(families.items()), most, lambda family: family[1])


def _runs(marks: Sequence[Footprint], most: int) -> Iterator[list[Footprint]]:
    """Services in their order, as many together as fit."""
    yield from _packed(marks, most, lambda mark: [mark])


def _packed(items: Sequence[_T], most: int, marks_of: Callable[[_T], list[Footprint]]) -> Iterator[list[_T]]:
    """Items in their order, as many together as fit, but always one."""
    pack: list[_T] = []
    held: list[Footprint] = []
    for item in items:
        marks = marks_of(item)
        if pack and len(_places((*held, *marks))) > most:
            yield pack
            pack, held = [], []
        pack.append(item)
        held += marks
    yield pack


class _Order:
    """The order of places: by lane, then as the plan has the records."""

    def __init__(self, plan: Plan):
        self._plan = plan
        self._rank = {
            (name, id): rank
            for name in ("stakeholders", "services", "teams", "suppliers", "components")
            for rank, id in enumerate(plan.index[name])
        }

    def __call__(self, place: Place) -> int:
        return self._rank[place.collection, place.id]

    def importance(self, place: Place) -> tuple[bool, int]:
        """What is folded away last comes first: critical components."""
        minor = place.lane == COMPONENTS and not self._plan.get("components", place.id).is_critical
        return minor, self(place)


def _page(
    order: _Order,
    marks: Sequence[Footprint],
    families: tuple[str, ...],
    most: int,
    part: int = 1,
    parts: int = 1,
) -> Page:
    by_lane: dict[str, list[Place]] = {lane: [] for lane in LANES}
    for place in _places(marks):
        by_lane[place.lane].append(place)
    kept, folded = _fold(order, by_lane, most)
    lanes = {lane: tuple(sorted(kept[lane], key=order)) for lane in LANES if kept[lane]}
    return Page(tuple(marks), families, part, parts, lanes, folded)


def _fold(
    order: _Order, by_lane: dict[str, list[Place]], most: int
) -> tuple[dict[str, list[Place]], dict[str, int]]:
    """Cut the longest lanes until the boxes fit; two of each lane stay, and all services."""
    kept = {lane: sorted(places, key=order.importance) for lane, places in by_lane.items()}
    folded: dict[str, int] = {}
    while sum(map(len, kept.values())) + len(folded) > most:
        # The first cut of a lane takes two: one makes room for the box that counts them.
        lanes = [
            lane for lane in LANES if lane != SERVICES and len(kept[lane]) > (1 if lane in folded else 2)
        ]
        if not lanes:
            break
        lane = max(lanes, key=lambda lane: len(kept[lane]))
        taken = 1 if lane in folded else 2
        del kept[lane][-taken:]
        folded[lane] = folded.get(lane, 0) + taken
    return kept, folded
