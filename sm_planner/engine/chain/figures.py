"""What stands beneath promises that are no tickets: availability, and the time and point of recovery."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from sm_planner.engine.agreements.targets import looseness
from sm_planner.engine.chain.backing import Runner, Underpinning
from sm_planner.engine.chain.gaps import (
    Gap,
    no_average,
    nobody_runs,
    not_bound,
    not_promised,
    only_average,
    only_share,
)
from sm_planner.engine.chain.legs import ALL, holding, share_of
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.chain.words import percent
from sm_planner.engine.model import Agreement, AgreementTarget, Component, Plan, Service, Supplier, Team
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.vocabulary import AVERAGE, EACH_CASE
from sm_planner.engine.texts import N_, Text, say


class Wanted(NamedTuple):
    """What a figure has to be promised of: of this share of cases, or of their average."""

    share: Fraction = ALL
    average: bool = False


_EACH = Wanted()


class Figure(NamedTuple):
    """What an agreement promises: for a part, for a service as a whole, or for all work of a party."""

    about: Part | Team | Supplier
    agreement: Agreement
    target: AgreementTarget

    @property
    def key(self) -> Hashable:
        """Figures with the same key are one promise, however many parts it holds for."""
        return self.agreement.id, type(self.about).__name__, self.about.id

    @property
    def subject(self) -> Text:
        """How a message names what it is about."""
        if isinstance(self.about, Component):
            return say(N_("“{0}”"), Ref.to(self.about))
        if isinstance(self.about, Service):
            return say(N_("“{0}” as a whole"), Ref.to(self.about))
        return say(N_("all that “{0}” does"), Ref.to(self.about))

    @property
    def share(self) -> float:
        """A promised availability as a share of 1."""
        return self.target.value / 100


@dataclass(frozen=True)
class Longest:
    """The longest time of recovery beneath a service beside the promised one, in minutes."""

    promised: float
    guilty: Figure | None

    @property
    def kept(self) -> bool:
        """Whether all recoveries that are promised beneath are short enough."""
        return self.guilty is None or looseness(self.guilty.target) <= self.promised


class Figures:
    """Finds the figures that agreements promise for the parts beneath a service."""

    def __init__(self, plan: Plan, structure: Structure, underpinning: Underpinning) -> None:
        self._plan = plan
        self._structure = structure
        self._underpinning = underpinning
        self._found: dict[tuple[str, Wanted], dict[int, Figure | None]] = {}
        self._ranked: dict[tuple[str, Wanted], tuple[list[Figure], dict[str, int]]] = {}

    def figure(self, part: Part, metric: str, wanted: Wanted = _EACH) -> Figure | None:
        """The weakest of the figures that those who run the part promise for it; each by the most specific
        agreement that has one. None if nobody promises any."""
        known = self._found.setdefault((metric, wanted), {})
        if id(part) not in known:
            known[id(part)] = weakest(self.by_runner(part, metric, wanted).values())
        return known[id(part)]

    def by_runner(self, part: Part, metric: str, wanted: Wanted = _EACH) -> dict[tuple[str, str], Figure]:
        """What each of those who run the part promises for it, by the key of the runner."""
        found = {}
        for runner, agreements, services in self._underpinning.of_part(part):
            for agreement in agreements:
                if target := _counting(holding(agreement, metric, "", services), wanted):
                    found[runner.key] = Figure(self._about(agreement, part, runner), agreement, target)
                    break
        return found

    def _about(self, agreement: Agreement, part: Part, runner: Runner) -> Part | Team | Supplier:
        """What the promise of an agreement that binds a runner to a part is about: what its scope names."""
        if isinstance(part, Service):
            return part if any(row.service for row in agreement.scope) else runner.party
        if any(row.component == part.id for row in agreement.scope):
            return part
        services = (row.service for row in agreement.scope if not row.component)
        whole = next((service for service in services if service in part.services), "")
        return self._plan.get("services", whole) or runner.party

    def gap(self, part: Part, metric: str, wanted: Wanted = _EACH) -> Gap:
        """Why nobody promises the metric for a part, as it is wanted."""
        backings = self._underpinning.of_part(part)
        if not backings:
            return nobody_runs(self._plan, part, self._underpinning.naming(part))
        for runner, agreements, services in backings:
            for agreement in agreements:
                if targets := holding(agreement, metric, "", services):
                    return _other_than(agreement, runner, targets, wanted, part)
        for backing in backings:
            if backing.agreements:
                return not_promised(backing.agreements[0], backing.runner.party, metric, "", part)
        kind, party = backings[0].runner
        return not_bound(part, party, kind)

    def gaps(self, service: Service, metric: str, wanted: Wanted = _EACH) -> tuple[Gap, ...]:
        """Why nobody promises the metric for parts beneath a service: each reason once."""
        parts = self._structure.beneath(service).parts
        lacking = (part for part in parts if self.figure(part, metric, wanted) is None)
        return tuple(dict.fromkeys(self.gap(part, metric, wanted) for part in lacking))

    def longest(self, service: Service, metric: str, promised: float, wanted: Wanted = _EACH) -> Longest:
        """The longest recovery beneath a service beside the promised minutes."""
        if (metric, wanted) not in self._ranked:
            figures = ((part, self.figure(part, metric, wanted)) for part in self._structure.parts)
            ranked = sorted(
                ((part, figure) for part, figure in figures if figure),
                key=lambda pair: -looseness(pair[1].target),
            )
            rank = {id(part): place for place, (part, _) in enumerate(ranked)}

            def own(service: Service) -> int:
                parts = self._structure.own_parts(service)
                return min((rank.get(id(part), len(ranked)) for part in parts), default=len(ranked))

            self._ranked[metric, wanted] = [figure for _, figure in ranked], self._structure.least(own)
        ranked, longest = self._ranked[metric, wanted]
        place = longest[service.id]
        return Longest(promised, ranked[place] if place < len(ranked) else None)


def _counting(targets: Iterable[AgreementTarget], wanted: Wanted) -> AgreementTarget | None:
    """The target that counts for what is wanted: the closest to keep of those for enough cases. Of an average, what no
    case may exceed is a promise for all."""
    found = []
    for target in targets:
        if target.statistic == AVERAGE and not wanted.average:
            if target.bound is not None:
                found.append(replace(target, value=target.bound, statistic=EACH_CASE))
        elif target.statistic == AVERAGE or share_of(target) >= (ALL if wanted.average else wanted.share):
            found.append(target)
    return min(found, key=looseness, default=None)


def _other_than(
    agreement: Agreement, runner: Runner, targets: Sequence[AgreementTarget], wanted: Wanted, part: Part
) -> Gap:
    """Why targets of a metric do not count for what is wanted."""
    about = agreement, runner.party, targets[0].metric, ""
    if wanted.average:
        return no_average(*about, part)
    most = max((share_of(target) for target in targets if target.statistic != AVERAGE), default=None)
    if most is None:
        return only_average(*about, part)
    return only_share(*about, (percent(float(most)), percent(float(wanted.share))), part)


def weakest(figures: Iterable[Figure]) -> Figure | None:
    """The figure that promises least; the first of those that promise as little."""
    return max(figures, key=lambda figure: looseness(figure.target), default=None)
