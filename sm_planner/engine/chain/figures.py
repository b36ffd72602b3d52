"""What stands beneath promises that are no tickets: availability, and the time and point of recovery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sm_planner.engine.chain.availability import Bounds, availability
from sm_planner.engine.chain.backing import Underpinning
from sm_planner.engine.chain.legs import holding
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.finding import Ref
from sm_planner.engine.model import Agreement, AgreementTarget, Service
from sm_planner.engine.targets import looseness
from sm_planner.engine.texts import N_, Text, say

ROUNDING = 1e-12
"""Shares that differ by less are equal: sums of products of floating-point numbers."""


class Figure(NamedTuple):
    """What an agreement promises for a part."""

    part: Part
    agreement: Agreement
    target: AgreementTarget


@dataclass(frozen=True)
class Shares:
    """The availability of a service beside the promised one; shares of 1.

    guilty: the weakest figure beneath, where it falls short. remedy: the availability of that part alone that
    would be enough, or None where even 1 is not.
    """

    promised: float
    bounds: Bounds
    guilty: Figure | None = None
    remedy: float | None = None

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None if that cannot be told."""
        if self.bounds.low >= self.promised - ROUNDING:
            return True
        return None if self.bounds.high >= self.promised - ROUNDING else False


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

    def __init__(self, structure: Structure, underpinning: Underpinning) -> None:
        self._structure = structure
        self._underpinning = underpinning
        self._found: dict[str, dict[int, Figure | None]] = {}
        self._ranked: dict[str, tuple[list[Figure], dict[str, int]]] = {}

    def figure(self, part: Part, metric: str) -> Figure | None:
        """The weakest of the figures that those who run the part promise for it; each by the most specific
        agreement that has one. None if nobody promises any."""
        known = self._found.setdefault(metric, {})
        if id(part) not in known:
            found = []
            for backing in self._underpinning.of_part(part):
                targets = ((one, target) for one in backing.agreements for target in holding(one, metric, ""))
                found += [Figure(part, *pair) for pair in [next(targets, None)] if pair]
            known[id(part)] = max(found, key=lambda figure: looseness(figure.target), default=None)
        return known[id(part)]

    def gaps(self, service: Service, metric: str) -> tuple[Text, ...]:
        """The parts beneath a service for which nobody promises the metric: a sentence each."""
        return tuple(
            say(N_("Nobody promises {1} of “{0}”."), Ref.to(part), Text(metric))
            for part in self._structure.beneath(service).parts
            if self.figure(part, metric) is None
        )

    def shares(self, service: Service, promised: float) -> Shares:
        """The availability of a service beside the promised share."""
        shares = Shares(promised, availability(service, self._structure, self._share))
        if shares.kept is not False:
            return shares
        guilty = self._weakest(service, "Availability")
        return Shares(promised, shares.bounds, guilty, guilty and self._remedy(service, shares, guilty.part))

    def longest(self, service: Service, metric: str, promised: float) -> Longest:
        """The longest recovery beneath a service beside the promised minutes."""
        return Longest(promised, self._weakest(service, metric))

    def _share(self, part: Part) -> float | None:
        figure = self.figure(part, "Availability")
        return None if figure is None else figure.target.value / 100

    def _weakest(self, service: Service, metric: str) -> Figure | None:
        if metric not in self._ranked:
            figures = (self.figure(part, metric) for part in self._structure.parts)
            ranked = sorted(filter(None, figures), key=lambda figure: -looseness(figure.target))
            rank = {id(figure.part): place for place, figure in enumerate(ranked)}

            def own(service: Service) -> int:
                parts = self._structure.own_parts(service)
                return min((rank.get(id(part), len(ranked)) for part in parts), default=len(ranked))

            self._ranked[metric] = ranked, self._structure.least(own)
        ranked, weakest = self._ranked[metric]
        place = weakest[service.id]
        return ranked[place] if place < len(ranked) else None

    def _remedy(self, service: Service, shares: Shares, guilty: Part) -> float | None:
        """The availability of a service is linear in that of each of its parts: two points give the line."""

        def with_share(share: float) -> float:
            def figure(part: Part) -> float | None:
                return share if part is guilty else self._share(part)

            return availability(service, self._structure, figure).high

        own = self._share(guilty)
        if own and any(part is guilty for part in self._structure.needs(service).parts):
            without, perfect = 0.0, shares.bounds.high / own  # a factor of the whole
        else:
            without, perfect = with_share(0.0), with_share(1.0)
        if perfect < shares.promised - ROUNDING:
            return None
        return (shares.promised - without) / (perfect - without)
