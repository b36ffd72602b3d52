"""The legs of a chain: which targets stand beneath an SLA target, and in which order a ticket passes them.

*Response*: the first contact answers. *Resolution* and *Fulfilment*: the tiers of support one after the other,
each until it has solved the ticket or handed it over; then whoever runs the part that has failed. Any part may
be the one, so the latest counts. Whoever was asked as a tier is not asked again for a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sm_planner.engine.chain.backing import Backing, Backings, Underpinning
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.finding import Ref
from sm_planner.engine.model import PRIORITIES, Agreement, AgreementTarget, Plan, Service, Team
from sm_planner.engine.targets import budget, calendar_of, looseness
from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True, eq=False)
class Leg:
    """A target of a supporting agreement as a step of a chain: ``seconds`` in a calendar of the plan (its id)."""

    agreement: Agreement
    target: AgreementTarget
    calendar: str
    seconds: int


Stages = tuple[tuple[tuple[Leg, ...], ...], ...]
"""Stages one after the other; in each, branches side by side of which the latest counts; in each, legs one after
the other."""


@dataclass(frozen=True)
class Legs:
    """What stands beneath a target, and what is missing there: a sentence each.

    certain: whether the plan says who is asked. Without tiers of support, it is not said which team of several
    answers first; the legs of all of them then are side by side.
    """

    stages: Stages
    gaps: tuple[Text, ...]
    certain: bool = True


def each(stages: Stages) -> tuple[Leg, ...]:
    """All legs in the order of their stages, each once."""
    return tuple(dict.fromkeys(leg for stage in stages for branch in stage for leg in branch))


class LegFinder:
    """Finds the legs beneath the SLA targets of a plan; keeps what it has found for the next target."""

    def __init__(self, plan: Plan, structure: Structure, underpinning: Underpinning) -> None:
        self._plan = plan
        self._structure = structure
        self._underpinning = underpinning
        self._found: dict[tuple[str, str, str], Leg | Text] = {}
        self._branches: dict[tuple[Backings, str, str], list[Leg | Text]] = {}
        self._run: dict[str, dict[Backings, Part]] = {}

    def legs(self, service: Service, metric: str, priority: str) -> Legs:
        """The legs beneath a target in time for a service and a priority (empty: whatever priority)."""
        tiers = list(self.tiers(service))
        found = _Collected()
        if metric == "Response":
            first = tiers[0] if tiers else self._teams(service, service.teams)
            if not first:
                found.gaps[say(N_("Nobody is named who answers first for “{0}”."), Ref.to(service))] = None
            found.add(self._branch(backings, metric, priority, team) for team, backings in first)
            return found.legs(certain=bool(tiers) or len(first) == 1)
        for tier in tiers:
            found.add(self._branch(backings, metric, priority, team, True) for team, backings in tier)
        asked = {leg.agreement.id for leg in each(found.stages)}
        found.add(self._part_branches(service, metric, priority, asked))
        if metric == "Fulfilment" and not any(leg.target.metric == metric for leg in each(found.stages)):
            gap = say(N_("No agreement beneath “{0}” promises {1}."), Ref.to(service), metric)
            found.gaps[gap] = None
        return found.legs()

    def tiers(self, service: Service) -> Iterator[list[tuple[Team, Backings]]]:
        """For each tier of support, from the first contact on, its teams and what binds them."""
        rows = sorted((row for row in service.support_tiers if row.tier), key=lambda row: row.tier)
        for _, tier in groupby(rows, key=lambda row: row.tier):
            yield self._teams(service, (row.team for row in tier))

    def _teams(self, service: Service, ids: Iterable[str]) -> list[tuple[Team, Backings]]:
        beneath = self._structure.beneath(service)
        teams = (self._plan.get("teams", id) for id in ids)
        return [(team, self._underpinning.of_team(team.id, service, beneath)) for team in teams if team]

    def parts_by_backing(self, service: Service) -> dict[Backings, Part]:
        """Who runs the parts beneath a service, each with the first part that they run."""
        if service.id not in self._run:
            run: dict[Backings, Part] = {}
            for part in self._structure.beneath(service).parts:
                run.setdefault(self._underpinning.of_part(part), part)
            self._run[service.id] = run
        return self._run[service.id]

    def target(self, agreement: Agreement, metric: str, priority: str) -> Leg | Text:
        """The leg that an agreement gives for a metric, or why it gives none."""
        key = agreement.id, metric, priority
        if key not in self._found:
            self._found[key] = _leg(agreement, metric, priority)
        return self._found[key]

    def _part_branches(
        self, service: Service, metric: str, priority: str, asked: set[str]
    ) -> Iterator[list[Leg | Text]]:
        for backings, part in self.parts_by_backing(service).items():
            key = backings, metric, priority
            branch = self._branches.get(key)
            if branch is None:
                branch = self._branch(backings, metric, priority, part)
                if backings and all(backing.agreements for backing in backings):  # else it names the part
                    self._branches[key] = branch
            yield [leg for leg in branch if isinstance(leg, Text) or leg.agreement.id not in asked]

    def _branch(
        self, backings: Backings, metric: str, priority: str, work: Part | Team, hand_over: bool = False
    ) -> list[Leg | Text]:
        """The legs of a team, or of all who run a part; a text for one that is missing."""
        if not backings:
            message = (
                N_("“{0}” is a team of a supplier that is not named.")
                if isinstance(work, Team)
                else N_("Nobody is named who runs “{0}”.")
            )
            return [say(message, Ref.to(work))]
        found = [self._best(backing, metric, priority, work, hand_over) for backing in backings]
        if metric == "Fulfilment" and not isinstance(work, Team):
            return [leg for leg in found if isinstance(leg, Leg)]  # the others take no part in requests
        return found

    def _best(
        self, backing: Backing, metric: str, priority: str, work: Part | Team, hand_over: bool
    ) -> Leg | Text:
        """The leg of the most specific agreement that has the target; for a hand-over its response will do."""
        kind, party = backing.runner
        if not backing.agreements:
            message = (
                N_("No {2} with “{1}” that covers this work is in force.")
                if isinstance(work, Team)
                else N_("“{0}” is run by “{1}”, with whom no {2} in force covers it.")
            )
            return say(message, Ref.to(work), Ref.to(party), kind)
        tried = [self.target(agreement, metric, priority) for agreement in backing.agreements]
        if hand_over:
            tried += [self.target(agreement, "Response", priority) for agreement in backing.agreements]
        return next((leg for leg in tried if isinstance(leg, Leg)), tried[0])


class _Collected:
    """Stages and gaps while they are found."""

    def __init__(self) -> None:
        self.stages: list[tuple[tuple[Leg, ...], ...]] = []
        self.gaps: dict[Text, None] = {}

    def add(self, branches: Iterable[list[Leg | Text]]) -> None:
        stage: dict[tuple[Leg, ...], None] = {}
        for branch in branches:
            self.gaps.update(dict.fromkeys(leg for leg in branch if isinstance(leg, Text)))
            if legs := tuple(leg for leg in branch if isinstance(leg, Leg)):
                stage[legs] = None
        if stage:
            self.stages.append(tuple(stage))

    def legs(self, certain: bool = True) -> Legs:
        return Legs(tuple(self.stages), tuple(self.gaps), certain)


def holding(agreement: Agreement, metric: str, priority: str) -> tuple[AgreementTarget, ...]:
    """The targets of a metric that hold for a priority: its own, else those of a priority with the same
    severity, else those for all. More than one is a fault that AGR-03 finds, or a promise in several hours."""
    given: dict[str, list[AgreementTarget]] = {}
    for target in agreement.targets:
        if target.metric == metric and looseness(target) is not None:
            given.setdefault(target.priority, []).append(target)
    severities = {row.priority: row.severity for row in agreement.severities}
    severity = severities.get(priority)
    alike = [other for other in PRIORITIES if severity and severities.get(other) == severity]
    return tuple(next((given[one] for one in (priority, *alike, "") if one in given), ()))


def _leg(agreement: Agreement, metric: str, priority: str) -> Leg | Text:
    targets = holding(agreement, metric, priority)
    promised = f"{metric} {priority}".rstrip()
    if not targets:
        return say(N_("“{0}” promises no {1}."), Ref.to(agreement), promised)
    if len(targets) > 1:
        return say(N_("“{0}” promises {1} more than once."), Ref.to(agreement), promised)
    calendar = calendar_of(agreement, targets[0])
    if not calendar:
        return say(N_("“{0}” does not say in which hours {1} is counted."), Ref.to(agreement), promised)
    return Leg(agreement, targets[0], calendar, budget(targets[0]))
