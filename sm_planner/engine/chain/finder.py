"""Which legs stand beneath an SLA target.

*Response*: the first contact answers. *Resolution* and *Fulfilment*: the tiers of support one after the other: each
solves the ticket, or keeps it for its hand-over time; then whoever runs the part that has failed. Any part may
be the one, so the latest counts. Whoever was asked as a tier is not asked again for a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from itertools import groupby, islice
from typing import NamedTuple

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
from sm_planner.engine.chain.legs import Branch, Leg, Legs, Turn, average_of, holding, leg_of
from sm_planner.engine.chain.ranking import Ranking
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.model import Agreement, Plan, Service, Team
from sm_planner.engine.model.vocabulary import AVERAGE, HAND_OVER

MOST_GAPS = 5
"""Parts with a missing leg that are told of one service."""

Found = list[Leg | Gap]
"""A branch, in which a gap stands for a leg that is missing."""


class Asked(NamedTuple):
    """What is asked of those beneath a target: a metric for a priority, of each case or of the average."""

    metric: str
    priority: str
    average: bool = False


class LegFinder:
    """Finds the legs beneath the SLA targets of a plan; keeps what it has found for the next target."""

    def __init__(self, plan: Plan, structure: Structure, underpinning: Underpinning) -> None:
        self._plan = plan
        self._structure = structure
        self._underpinning = underpinning
        self._legs: dict[tuple[Asked, str, tuple[str, ...]], Leg | Gap] = {}
        self._rankings: dict[Asked, Ranking] = {}

    def legs(self, service: Service, metric: str, priority: str, average: bool = False) -> Legs:
        """The legs beneath a target in time for a service and a priority (empty: whatever priority).

        average: whether the target is promised of the average of all cases.
        """
        asked = Asked(metric, priority, average)
        tiers = list(self.tiers(service))
        if metric == "Response":
            return self._first_contact(service, asked, tiers)
        gaps: dict[Gap, None] = {}
        turns = []
        for tier in tiers:
            found = [self._turn(team, backings, asked, gaps) for team, backings in tier]
            turns.append(tuple(turn for turn in found if turn.solves or turn.hands_over))
        known = {leg.agreement.id for tier in turns for turn in tier for leg in turn if leg}
        parts = self._parts(service, asked, known, gaps)
        solving = (*(turn.solves for tier in turns for turn in tier), *parts)
        if metric == "Fulfilment" and not any(solving):
            parties = {team.id: team for tier in tiers for team, _ in tier}
            gaps[nobody_promises(service, metric, parties.values())] = None
        averages = () if average else self._averages(service, asked, tiers)
        return Legs(tuple(filter(None, turns)), parts, tuple(gaps), averages)

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
        self, service: Service, asked: Asked, tiers: list[list[tuple[Team, Backings]]]
    ) -> Legs:
        first = tiers[0] if tiers else self._teams(service, service.teams)
        if not first:
            return Legs(gaps=(nobody_first(service),))
        gaps: dict[Gap, None] = {}
        branches = _known([self._branch(backings, asked, team) for team, backings in first], gaps)
        averages = () if asked.average else self._averages(service, asked, [first])
        if tiers or len(first) == 1:
            turns = tuple(Turn(leg, None) for branch in branches for leg in branch)
            return Legs((turns,) if turns else (), (), tuple(gaps), averages)
        return Legs((), branches, tuple(gaps), averages, certain=False)

    def _teams(self, service: Service, ids: Iterable[str]) -> list[tuple[Team, Backings]]:
        closure = self._structure.beneath(service)
        teams = (self._plan.get("teams", id) for id in ids)
        return [(team, self._underpinning.of_team(team.id, service, closure)) for team in teams if team]

    def _parts(
        self, service: Service, asked: Asked, known: Set[str], gaps: dict[Gap, None]
    ) -> tuple[Branch, ...]:
        """The branches of the parts that can decide. known: the agreements that were asked as tiers (ids)."""
        bits, ranking = self._of_service[service.id], self._ranking(asked)
        if gap := self._structure.gap(service):
            gaps[gap] = None
        for number in islice(ranking.gaps(bits), MOST_GAPS):
            backings = self._numbered[number]
            _known([self._branch(backings, asked, self._run_by(backings, service))], gaps)
        return tuple(dict.fromkeys(ranking.deciding(bits, known)))

    def _turn(self, team: Team, backings: Backings, asked: Asked, gaps: dict[Gap, None]) -> Turn:
        """What a team of a tier does. Without a time to solve it hands over, within its response if nothing else is
        said."""
        if not backings:
            gaps[no_supplier(team)] = None
            return Turn(None, None)
        (backing,) = backings  # a team has one runner: itself, or its supplier
        solves = self._best(backing, asked, team)
        hands_over = self._best(backing, asked._replace(metric=HAND_OVER), team)
        if isinstance(solves, Gap) and isinstance(hands_over, Gap) and not self._held(backing, asked):
            hands_over = self._best(backing, asked._replace(metric="Response"), team)
        keeps = hands_over if isinstance(hands_over, Leg) else None
        if isinstance(solves, Leg):
            return Turn(solves, keeps)
        if keeps is None or self._held(backing, asked):
            gaps[solves] = None
        return Turn(None, keeps)

    def _held(self, backing: Backing, asked: Asked) -> bool:
        """Whether any agreement has the target, even if it does not count."""
        return any(
            holding(agreement, asked.metric, asked.priority, backing.services)
            for agreement in backing.agreements
        )

    def _averages(
        self, service: Service, asked: Asked, tiers: list[list[tuple[Team, Backings]]]
    ) -> tuple[Leg, ...]:
        """The averages that are promised in the place of what each case would need."""
        if not self._any_average:
            return ()
        all_backings = (*(backings for tier in tiers for _, backings in tier), *self.backings(service))
        found = (
            self._leg(agreement, backing, asked._replace(average=True), None)
            for backings in all_backings
            for backing in backings
            for agreement in backing.agreements
            if average_of(agreement, asked.metric, asked.priority, backing.services)
        )
        return tuple(dict.fromkeys(leg for leg in found if isinstance(leg, Leg)))

    @cached_property
    def _any_average(self) -> bool:
        return any(
            target.statistic == AVERAGE
            for _, agreement in self._underpinning.binding()
            for target in agreement.targets
        )

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

    def _ranking(self, asked: Asked) -> Ranking:
        if asked not in self._rankings:
            found = [self._branch(backings, asked, part) for backings, part in self._classes.items()]
            self._rankings[asked] = Ranking(found)
        return self._rankings[asked]

    def _branch(self, backings: Backings, asked: Asked, work: Part | Team) -> Found:
        """The legs of a team, or of all who run a part."""
        if not backings:
            if isinstance(work, Team):
                found: Found = [no_supplier(work)]
            else:
                found = [nobody_runs(self._plan, work, self._underpinning.naming(work))]
        else:
            found = [self._best(backing, asked, work) for backing in backings]
        if asked.metric == "Fulfilment" and not isinstance(work, Team):
            return [leg for leg in found if isinstance(leg, Leg)]  # the others take no part in requests
        return found

    def _best(self, backing: Backing, asked: Asked, work: Part | Team) -> Leg | Gap:
        """The leg of the most specific agreement that has the target."""
        if not backing.agreements:
            return not_bound(work, backing.runner.party, backing.runner.kind)
        tried = [self._leg(agreement, backing, asked, work) for agreement in backing.agreements]
        return next((leg for leg in tried if isinstance(leg, Leg)), tried[0])

    def _leg(
        self, agreement: Agreement, backing: Backing, asked: Asked, work: Part | Team | None
    ) -> Leg | Gap:
        """The leg of an agreement: the same wherever it is asked for; a gap names the work that it is wanted for."""
        key = asked, agreement.id, backing.services
        known = self._legs.get(key)
        if known is None or isinstance(known, Gap):
            known = leg_of(
                agreement,
                backing.runner.party,
                asked.metric,
                asked.priority,
                services=backing.services,
                average=asked.average,
                work=work,
            )
            self._legs[key] = known
        return known


def _known(found: Iterable[Found], gaps: dict[Gap, None]) -> tuple[Branch, ...]:
    """The branches as far as they are known; what they lack is added to the gaps."""
    branches = []
    for branch in found:
        for gap in branch:
            if isinstance(gap, Gap):
                gaps.setdefault(gap)
        branches.append(tuple(leg for leg in branch if isinstance(leg, Leg)))
    return tuple(dict.fromkeys(filter(None, branches)))
