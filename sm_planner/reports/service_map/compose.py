"""The map of a plan: what each box says, and the pages that the boxes stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.targets import holding, looseness, share_of
from sm_planner.engine.agreements.terms import PARTY, Scope, day_of_plan, in_force
from sm_planner.engine.checks import CheckResult
from sm_planner.engine.model import FLOWS, PRIORITIES, Agreement, Plan, Service
from sm_planner.engine.service_map import (
    COMPONENTS,
    CUSTOMERS,
    FIRST,
    LANES,
    PARTNERS,
    SECOND,
    SERVICES,
    TEAMS,
    THIRD,
    Page,
    Place,
    pages,
)
from sm_planner.engine.texts import N_, Text, listed, say, side_by_side
from sm_planner.reports.owners import belongs_to
from sm_planner.reports.quantities import quantity
from sm_planner.reports.service_map.contents import Box, Flow, MapPage, ServiceMap
from sm_planner.reports.service_map.placing import Placing
from sm_planner.reports.service_map.short import Initials, ranges

MOST = 60
"""Boxes on a page where the settings say nothing, and the most that can be read."""

DOWN = FLOWS[:2]
"""The flows from the user down; the others go up to the user."""
DOES = {
    CUSTOMERS: N_("uses {0}"),
    FIRST: N_("takes {0}"),
    SECOND: N_("supports {0}"),
    THIRD: N_("supports {0}"),
    TEAMS: N_("delivers {0}"),
    PARTNERS: N_("behind {0}"),
    COMPONENTS: N_("carries {0}"),
}


def service_map(plan: Plan, today: date, result: CheckResult, view: str = "") -> ServiceMap:
    """The map of a plan, given what the checks say of it. view: ``now``, ``future`` or all that is in the plan."""
    most = min(plan.settings.most_map_nodes or MOST, MOST)
    placing = Placing(plan, result)
    words = Words(plan, today, placing)
    drawn = pages(plan, most, view)
    numbers = {
        mark.service.id: number
        for number, mark in enumerate((mark for page in drawn for mark in page.footprints), start=1)
    }
    made = tuple(words.page(page, numbers) for page in drawn)
    shown = {place[1:] for page in drawn for mark in page.footprints for place in mark.places}
    return ServiceMap(
        plan,
        today,
        view,
        most,
        made,
        tuple(words.flow(flow) for flow in FLOWS),
        _apart(plan, shown),
        placing.elsewhere(shown),
    )


def _apart(plan: Plan, shown: set[tuple[str, str]]) -> dict[str, int]:
    """Kind of record → how many of it stand on no page, though the map has a lane for them."""
    kinds = {
        "stakeholders": [record for record in plan.stakeholders if record.kind == "Customer"],
        **{name: getattr(plan, name) for name in ("services", "teams", "suppliers", "components")},
    }
    counts = {
        name: sum((name, record.id) not in shown for record in records) for name, records in kinds.items()
    }
    return {name: count for name, count in counts.items() if count}


class Words:
    """What the boxes say, about one plan on one day."""

    def __init__(self, plan: Plan, today: date, placing: Placing):
        self.plan = plan
        self.placing = placing
        self.initials = Initials(plan.people)
        day = day_of_plan(plan, today)
        self.slas: dict[str, list[Agreement]] = {}
        self.bound: set[tuple[str, str]] = set()
        for agreement in promising(plan):
            if not in_force(agreement, day):
                continue
            if agreement.kind == "SLA":
                for service in Scope.of(agreement).services:
                    self.slas.setdefault(service, []).append(agreement)
            else:
                self.bound.add((agreement.kind, getattr(agreement, PARTY[agreement.kind])))

    def page(self, page: Page, numbers: dict[str, int]) -> MapPage:
        serves: dict[Place, list[int]] = {}
        for mark in page.footprints:
            for place in mark.places:
                serves.setdefault(place, []).append(numbers[mark.service.id])
        places = {place for lane in page.lanes.values() for place in lane}
        tiers = (place for place in places if place.collection == "teams" and place.lane != TEAMS)
        tier_of = {place.id: place for place in sorted(tiers, key=_downwards)}
        delivers = {
            tier_of[place.id]: served
            for place, served in serves.items()
            if place.lane == TEAMS and place not in places and place.id in tier_of
        }
        lanes = {
            lane: tuple(
                self._box(place, sorted(serves[place]), sorted(delivers.get(place, ())), numbers)
                for place in found
            )
            for lane, found in page.lanes.items()
        }
        owners = [mark.service.service_owner for mark in page.footprints if mark.service.service_owner]
        hand_overs = {
            hand_over
            for mark in page.footprints
            for hand_over in mark.hand_overs
            if hand_over.source in places and hand_over.target in places
        }
        return MapPage(
            families=tuple(self.plan.title_of("teams", family) for family in page.families),
            part=page.part,
            parts=page.parts,
            lanes=lanes,
            folded=dict(page.folded),
            hand_overs=tuple(sorted(hand_overs)),
            initials=tuple(
                (self.initials[owner], self.plan.title_of("people", owner)) for owner in dict.fromkeys(owners)
            ),
        )

    def flow(self, name: str) -> Flow:
        carrying = [process for process in self.plan.processes if process.flow == name]
        return Flow(
            name,
            name in DOWN,
            tuple(
                f"{process.title or process.id}, {self.plan.title_of('roles', process.owner_role)}"
                if process.owner_role
                else process.title or process.id
                for process in carrying
            ),
            tuple(finding for process in carrying for finding in self.placing.at("processes", process.id)),
        )

    def _box(self, place: Place, serves: list[int], delivers: list[int], numbers: dict[str, int]) -> Box:
        record = self.plan.get(place.collection, place.id)
        name = record.title or record.id
        findings = self.placing.at(place.collection, place.id)
        if place.lane == SERVICES:
            marks = tuple(self._service_marks(record))
            return Box(
                place, name, numbers[place.id], (), marks, tuple(self._service_facts(record)), findings
            )
        critical = place.lane == COMPONENTS and record.is_critical
        facts = [say(N_("critical, carries {0}") if critical else DOES[place.lane], ranges(serves))]
        if delivers:
            facts.append(say(DOES[TEAMS], ranges(delivers)))
        facts += self.facts(place, record)
        served = tuple(sorted({*serves, *delivers}))
        return Box(place, name, None, served, tuple(self._marks(place, record)), tuple(facts), findings)

    def _service_marks(self, service: Service) -> Iterator[Text | str]:
        if service.service_owner:
            yield self.initials[service.service_owner]
        else:
            yield Text(N_("no owner"))
        if service.id in self.slas:
            yield from _badges(self.slas[service.id], service.id)
        elif service.customer_facing:
            yield Text(N_("no SLA"))
        if service.status not in ("Live", ""):
            yield Text(service.status)

    def _service_facts(self, service: Service) -> Iterator[Text | str]:
        if not service.customer_facing:
            yield Text(N_("supporting service"))
        if owning := belongs_to(self.plan, service):
            yield say(N_("belongs to {0}"), owning)

    def _marks(self, place: Place, record: Any) -> Iterator[Text | str]:
        if place.collection == "teams" and record.kind == "Internal":
            yield "OLA" if ("OLA", record.id) in self.bound else Text(N_("no OLA"))
        if place.collection == "suppliers":
            yield "UC" if ("UC", record.id) in self.bound else Text(N_("no UC"))
            if record.status == "On-board":
                yield Text(record.status)
            elif record.status == "Drop":
                yield say(N_("Drop until {0}"), record.exit_date) if record.exit_date else Text(record.status)

    def facts(self, place: Place, record: Any) -> Iterator[Text | str]:
        """What is said of a record beside what it does for services."""
        if place.collection == "teams" and record.kind == "External":
            supplier = self.plan.title_of("suppliers", record.supplier)
            yield say(N_("of {0}"), supplier) if supplier else Text(N_("external"))
        if place.collection == "components":
            by = self.plan.title_of("suppliers", record.supplier) or self.plan.title_of("teams", record.team)
            yield say(N_("run by {0}"), by) if by else Text(N_("nobody runs it"))


def _downwards(place: Place) -> int:
    """From the last lane up, so that the first tier of a team is what stays."""
    return -LANES.index(place.lane)


def _badges(agreements: Iterable[Agreement], service: str) -> Iterator[Text | str]:
    """What SLAs promise for a service, in short: the strictest availability, and resolution at the highest priority; of
    promises for a share of the cases, that for the most of them.
    """
    told = "SLA"
    for metric in ("Availability", "Resolution"):
        found = [
            target
            for agreement in agreements
            for target in holding(agreement.targets, service)
            if target.metric == metric and looseness(target) is not None
        ]
        if found:
            best = min(found, key=lambda one: (_rank(one.priority), -share_of(one), looseness(one)))
            share = "" if share_of(best) == 100 else listed((quantity(share_of(best), "Percent"), ":"), "")
            yield side_by_side(told, best.priority, share, quantity(best.value, best.unit))
            told = ""
    if told:
        yield told


def _rank(priority: str) -> int:
    return PRIORITIES.index(priority) if priority else -1
