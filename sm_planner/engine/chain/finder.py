"""Which legs stand beneath an SLA target.

*Response*: the first contact answers. *Resolution* and *Fulfilment*: the tiers of support one after the other,
each until it has solved the ticket or handed it over; then whoever runs the part that has failed. Any part may
be the one, so the latest counts. Whoever was asked as a tier is not asked again for a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby, islice

from sm_planner.engine.chain.backing import Backing, Backings, Underpinning
from sm_planner.engine.chain.gaps import (
    Gap,
    no_supplier,
    nobody_first,
    nobody_promises,
    nobody_runs,
    not_bound,
)
from sm_planner.engine.chain.graph import chosen
from sm_planner.engine.chain.legs import Branch, Leg, Legs, each, leg_of
from sm_planner.engine.chain.ranking import Ranking
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.model import Agreement, Plan, Service, Team

MOST_GAPS = 5
"""Parts with a missing leg that are told of one service."""

Found = list[Leg | Gap]
"""A branch, in which a gap stands for a leg that is missing."""


class LegFinder:
    """Finds the legs beneath the SLA targets of a plan; keeps what it has found for the next target."""

    def __init__(self, plan: Plan, structure: Structure, underpinning: Underpinning) -> None:
        self._plan = plan
        self._structure = structure
        self._underpinning = underpinning
        self._targets: dict[tuple[str, str, str], Leg | Gap] = {}
        self._rankings: dict[tuple[str, str], Ranking] = {}

    def legs(self, service: Service, metric: str, priority: str) -> Legs:
        """The legs beneath a target in time for a service and a priority (empty: whatever priority)."""
        tiers = list(self.tiers(service))
        if metric == "Response":
            return self._first_contact(service, priority, tiers)
        stages: list[tuple[Branch, ...]] = []
        gaps: dict[Gap, None] = {}
        for tier in tiers:
            found = [self._branch(backings, metric, priority, team, True) for team, backings in tier]
            _add(found, stages, gaps)
        self._add_parts(service, metric, priority, stages, gaps)
        if metric == "Fulfilment" and not any(leg.target.metric == metric for leg in each(stages)):
            gaps[nobody_promises(service, metric)] = None
        return Legs(tuple(stages), tuple(gaps))

    def tiers(self, service: Service) -> Iterator[list[tuple[Team, Backings]]]:
        """For each tier of support, from the first contact on, its teams and what binds them."""
        rows = sorted((row for row in service.support_tiers if row.tier), key=lambda row: row.tier)
        for _, tier in groupby(rows, key=lambda row: row.tier):
            if teams := self._teams(service, (row.team for row in tier)):
                yield teams

    def backings(self, service: Service) -> Iterator[Backings]:
        """Who runs the parts beneath a service, each once."""
        return chosen(self._numbered, self._of_service[service.id])

    def _first_contact(
        self, service: Service, priority: str, tiers: list[list[tuple[Team, Backings]]]
    ) -> Legs:
        first = tiers[0] if tiers else self._teams(service, service.teams)
        if not first:
            return Legs((), (nobody_first(service),))
        stages: list[tuple[Branch, ...]] = []
        gaps: dict[Gap, None] = {}
        _add([self._branch(backings, "Response", priority, team) for team, backings in first], stages, gaps)
        return Legs(tuple(stages), tuple(gaps), certain=bool(tiers) or len(first) == 1)

    def _teams(self, service: Service, ids: Iterable[str]) -> list[tuple[Team, Backings]]:
        closure = self._structure.beneath(service)
        teams = (self._plan.get("teams", id) for id in ids)
        return [(team, self._underpinning.of_team(team.id, service, closure)) for team in teams if team]

    def _add_parts(
        self,
        service: Service,
        metric: str,
        priority: str,
        stages: list[tuple[Branch, ...]],
        gaps: dict[Gap, None],
    ) -> None:
        bits, ranking = self._of_service[service.id], self._ranking(metric, priority)
        if gap := self._structure.gap(service):
            gaps[gap] = None
        for number in islice(ranking.gaps(bits), MOST_GAPS):
            backings = self._numbered[number]
            _add([self._branch(backings, metric, priority, self._run_by(backings, service))], [], gaps)
        asked = {leg.agreement.id for leg in each(stages)}
        if deciding := tuple(dict.fromkeys(ranking.deciding(bits, asked))):
            stages.append(deciding)

    @cached_property
    def _classes(self) -> dict[Backings, Part]:
        """Who runs the parts of all services, each once and with one such part."""
        parts = (part for service in self._plan.services for part in self._structure.own_parts(service))
        return {self._underpinning.of_part(part): part for part in parts}

    @cached_property
    def _numbered(self) -> tuple[Backings, ...]:
        return tuple(self._classes)

    @cached_property
    def _of_service(self) -> dict[str, int]:
        """Id of each service → those of the classes that run the parts beneath it, as a bit set."""
        bits = {backings: 1 << number for number, backings in enumerate(self._numbered)}

        def own(service: Service) -> int:
            union = 0
            for part in self._structure.own_parts(service):
                union |= bits[self._underpinning.of_part(part)]
            return union

        return self._structure.unions(own)

    def _run_by(self, backings: Backings, service: Service) -> Part:
        """The first of the parts beneath a service that they run."""
        parts = self._structure.beneath(service).parts
        return next(part for part in parts if self._underpinning.of_part(part) is backings)

    def _ranking(self, metric: str, priority: str) -> Ranking:
        if (metric, priority) not in self._rankings:
            found = [
                self._branch(backings, metric, priority, part) for backings, part in self._classes.items()
            ]
            self._rankings[metric, priority] = Ranking(found)
        return self._rankings[metric, priority]

    def _branch(
        self, backings: Backings, metric: str, priority: str, work: Part | Team, hand_over: bool = False
    ) -> Found:
        """The legs of a team, or of all who run a part."""
        if not backings:
            if isinstance(work, Team):
                found: Found = [no_supplier(work)]
            else:
                found = [nobody_runs(self._plan, work, self._underpinning.naming(work))]
        else:
            found = [self._best(backing, metric, priority, work, hand_over) for backing in backings]
        if metric == "Fulfilment" and not isinstance(work, Team):
            return [leg for leg in found if isinstance(leg, Leg)]  # the others take no part in requests
        return found

    def _best(
        self, backing: Backing, metric: str, priority: str, work: Part | Team, hand_over: bool
    ) -> Leg | Gap:
        """The leg of the most specific agreement that has the target; for a hand-over its response will do."""
        kind, party = backing.runner
        if not backing.agreements:
            return not_bound(work, party, kind)
        tried = [self._target(agreement, metric, priority) for agreement in backing.agreements]
        if hand_over:
            tried += [self._target(agreement, "Response", priority) for agreement in backing.agreements]
        return next((leg for leg in tried if isinstance(leg, Leg)), tried[0])

    def _target(self, agreement: Agreement, metric: str, priority: str) -> Leg | Gap:
        key = agreement.id, metric, priority
        if key not in self._targets:
            self._targets[key] = leg_of(agreement, metric, priority)
        return self._targets[key]


def _add(found: Iterable[Found], stages: list[tuple[Branch, ...]], gaps: dict[Gap, None]) -> None:
    """Add the branches as one stage, and what they lack to the gaps."""
    branches = []
    for branch in found:
        gaps.update(dict.fromkeys(leg for leg in branch if isinstance(leg, Gap)))
        branches.append(tuple(leg for leg in branch if isinstance(leg, Leg)))
    if stage := tuple(dict.fromkeys(filter(None, branches))):
        stages.append(stage)
