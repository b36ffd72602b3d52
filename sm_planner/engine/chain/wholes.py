"""How available a service is by what is promised beneath it: for parts, and for wholes.

A whole is a service as a party delivers it, or all that a party does. It takes in every part that its party runs
beneath the service, and counts once, however many they are. Where the party promises parts of it besides, or a whole
within it, whichever carries more counts: a whole is put in the place of what it takes in if the service then is more
available, the narrow ones before the wide ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import NamedTuple

from sm_planner.engine.agreements.targets import looseness
from sm_planner.engine.chain.availability import Bounds, Unit, availability
from sm_planner.engine.chain.backing import Underpinning
from sm_planner.engine.chain.figures import Figure, Figures, weakest
from sm_planner.engine.chain.gaps import Gap, too_much_together
from sm_planner.engine.chain.legs import holding
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.model import Agreement, AgreementTarget, Plan, Service

METRIC = "Availability"

ROUNDING = 1e-12
"""Shares that differ by less are equal: sums of products of floating-point numbers."""

MOST_WHOLES = 64
"""Wholes that are tried beneath one service: those that take in most."""


class Whole(NamedTuple):
    """What a party promises for a whole. parts: those that it takes in, as a bit set."""

    party: tuple[str, str]
    figure: Figure
    parts: int


@dataclass(frozen=True)
class Shares:
    """The availability of a service beside the promised one; shares of 1.

    guilty: the weakest figure beneath, where it falls short. remedy: the availability of what that is about alone that
    would be enough, or None where even 1 is not.
    """

    promised: float
    carried: Carried
    guilty: Figure | None = None
    remedy: float | None = None

    @property
    def bounds(self) -> Bounds:
        return self.carried.bounds

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None if that cannot be told."""
        if self.bounds.low >= self.promised - ROUNDING:
            return True
        return None if self.bounds.high >= self.promised - ROUNDING else False


class Wholes:
    """Finds what the availability of each service rests on."""

    def __init__(
        self, plan: Plan, structure: Structure, underpinning: Underpinning, figures: Figures
    ) -> None:
        self._plan = plan
        self._structure = structure
        self._underpinning = underpinning
        self._figures = figures
        self._carried: dict[str, Carried] = {}

    def shares(self, service: Service, promised: float) -> Shares:
        """The availability of a service beside the promised share."""
        if service.id not in self._carried:
            self._carried[service.id] = Carried(
                service, self._structure, self._figures, self._beneath(service), self._lacking
            )
        shares = Shares(promised, self._carried[service.id])
        if shares.kept is not False:
            return shares
        guilty = weakest(shares.carried.figures)
        return Shares(promised, shares.carried, guilty, guilty and shares.carried.remedy(guilty, promised))

    def _beneath(self, service: Service) -> list[Whole]:
        """The wholes beneath a service, with what they take in there: the narrow ones first."""
        of_services, everywhere = self._all
        beneath = self._structure.bits(service)
        named = self._structure.of_bits(beneath & self._named)
        found = [whole for one in named for whole in of_services[one.id]]
        found += (whole._replace(parts=whole.parts & beneath) for whole in everywhere)
        return sorted((whole for whole in found if whole.parts), key=lambda whole: whole.parts.bit_count())

    @cached_property
    def _lacking(self) -> int:
        parts = self._structure.parts
        return self._structure.as_bits(part for part in parts if not self._figures.figure(part, METRIC))

    @cached_property
    def _named(self) -> int:
        """The services of which a whole is promised, as a bit set."""
        return self._structure.as_bits(self._plan.get("services", id) for id in self._all[0])

    @cached_property
    def _all(self) -> tuple[dict[str, list[Whole]], list[Whole]]:
        """The wholes by the id of their service, and those of all that a party does.

        One that a party promises for all it does, and nothing else, counts for all its parts anyway.
        """
        of_services: dict[str, list[Whole]] = {}
        everywhere: list[Whole] = []
        promises: dict[tuple[str, str], int] = {}
        for runner, agreement in self._underpinning.binding():
            promising = any(row.metric == METRIC and looseness(row) is not None for row in agreement.targets)
            if runner.key not in self._run_by or not promising:
                continue
            run_by = self._run_by[runner.key]
            promises[runner.key] = promises.get(runner.key, 0) + 1
            anywhere = not any(row.service or row.component for row in agreement.scope)
            if anywhere and (target := _promised(agreement)):
                everywhere.append(Whole(runner.key, Figure(runner.party, agreement, target), run_by))
            for id in {row.service: None for row in agreement.scope if row.service and not row.component}:
                target, service = _promised(agreement, id), self._plan.get("services", id)
                if target and service:
                    whole = Whole(
                        runner.key,
                        Figure(service, agreement, target),
                        run_by & self._structure.bits(service),
                    )
                    of_services.setdefault(id, []).append(whole)
        return of_services, [whole for whole in everywhere if promises[whole.party] > 1]

    @cached_property
    def _run_by(self) -> dict[tuple[str, str], int]:
        """Key of a runner → the parts that it runs, as a bit set."""
        found: dict[tuple[str, str], list[Part]] = {}
        for part in self._structure.parts:
            for backing in self._underpinning.of_part(part):
                found.setdefault(backing.runner.key, []).append(part)
        return {key: self._structure.as_bits(parts) for key, parts in found.items()}


class Carried:
    """What the availability of one service rests on: which promise counts for each part beneath it.

    bounds: the availability, as a share of 1.
    """

    def __init__(
        self,
        service: Service,
        structure: Structure,
        figures: Figures,
        wholes: list[Whole],
        lacking: int,
    ) -> None:
        """wholes: what is promised beneath the service for wholes, the narrow ones first. lacking: the parts of the
        plan that no agreement with a figure binds, as a bit set."""
        self._service = service
        self._structure = structure
        self._figures = figures
        self._lacking = lacking
        self._taken: dict[int, dict[tuple[str, str], Figure]] = {}
        self._changed: dict[int, Figure] = {}
        for whole in wholes:
            self._cover(whole)
        self.bounds = self._available(self._changed)
        for whole in wholes[-MOST_WHOLES:]:
            self._try(whole)
        if len(wholes) > MOST_WHOLES:
            self.bounds = self.bounds._replace(high=1.0)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The promises that count, each once, in the order of the parts."""
        figures = filter(None, map(self._figure, self._structure.beneath(self._service).parts))
        return tuple({figure.key: figure for figure in figures}.values())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Why nobody promises anything for some of the parts; or why it cannot be worked out."""
        parts = self._structure.beneath(self._service).parts
        gaps = (self._figures.gap(part, METRIC) for part in parts if self._figure(part) is None)
        return tuple(dict.fromkeys(gaps)) or (too_much_together(self._service),)

    def remedy(self, guilty: Figure, promised: float) -> float | None:
        """The figure of one promise that would be enough: the whole is linear in each, so that two points give it."""

        def with_share(share: float) -> float:
            def unit_of(part: Part) -> Unit:
                unit = _unit(part, self._figure(part))
                return Unit(unit.key, share) if unit.key == guilty.key else unit

            return availability(self._service, self._structure, unit_of).high

        needed = map(self._figure, self._structure.needs(self._service).parts)
        if guilty.share and guilty.key in (figure.key for figure in needed if figure):
            without, perfect = 0.0, self.bounds.high / guilty.share  # a factor of the whole
        else:
            without, perfect = with_share(0.0), with_share(1.0)
        if perfect < promised - ROUNDING:
            return None
        return (promised - without) / (perfect - without)

    def _figure(self, part: Part) -> Figure | None:
        return self._changed.get(id(part)) or self._figures.figure(part, METRIC)

    def _available(self, changed: dict[int, Figure]) -> Bounds:
        def unit_of(part: Part) -> Unit:
            return _unit(part, changed.get(id(part)) or self._figures.figure(part, METRIC))

        return availability(self._service, self._structure, unit_of)

    def _cover(self, whole: Whole) -> None:
        """Count a whole for those of its parts for which nothing else is promised."""
        for part in self._structure.of_bits(whole.parts & self._lacking):
            taken = self._taken.setdefault(id(part), {})
            taken.setdefault(whole.party, whole.figure)
            self._changed[id(part)] = weakest(taken.values())

    def _try(self, whole: Whole) -> None:
        """Count a whole in the place of all that it takes in, if that carries more."""
        parts = tuple(self._structure.of_bits(whole.parts))
        replaced = {figure.key: figure.share for figure in map(self._figure, parts)}
        if prod(replaced.values()) >= whole.figure.share - ROUNDING:
            return  # all that it takes in together is as good, and may be better apart
        taken = {id(part): {**self._taken_of(part), whole.party: whole.figure} for part in parts}
        changed = self._changed | {part: weakest(figures.values()) for part, figures in taken.items()}
        bounds = self._available(changed)
        if bounds.low >= self.bounds.low and bounds.high > self.bounds.high:
            self.bounds, self._changed = bounds, changed
            self._taken |= taken

    def _taken_of(self, part: Part) -> dict[tuple[str, str], Figure]:
        return self._taken.get(id(part)) or self._figures.by_runner(part, METRIC)


def _promised(agreement: Agreement, service: str = "") -> AgreementTarget | None:
    """The availability that an agreement promises, for one service (id) or for all its work."""
    return next(iter(holding(agreement, METRIC, "", (service,) if service else ())), None)


def _unit(part: Part, figure: Figure | None) -> Unit:
    return Unit(id(part), None) if figure is None else Unit(figure.key, figure.share)
