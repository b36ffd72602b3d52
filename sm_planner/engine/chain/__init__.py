"""Does the chain carry the promise: whether the agreements beneath an SLA can keep its targets.

``chains(plan, today)`` judges every target of every SLA in force, for each service that it covers. How it
decides is told in ``docs/chain.md``. From the ground up: ``graph`` (what rests on what), ``structure`` (parts
and groups), ``backing`` (who runs a part, bound by which agreement), ``legs``, ``finder`` and ``ranking`` (targets beneath a target),
``course`` and ``feasibility`` (the exact solver in time), ``timing`` (its answer in the hours of the plan),
``availability``, ``figures`` and ``wholes`` (promises that are no tickets), and ``gaps`` (what is missing).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from sm_planner.engine.agreements.targets import (
    budget,
    calendar_of,
    looseness,
    name,
    name_of,
    priorities_in_use,
)
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.agreements.terms import Scope, day_of_plan, slas_in_force
from sm_planner.engine.chain.backing import Underpinning
from sm_planner.engine.chain.figures import Figure, Figures, Longest
from sm_planner.engine.chain.finder import LegFinder
from sm_planner.engine.chain.gaps import Gap, no_hours, no_value, uncounted, which_first
from sm_planner.engine.chain.legs import Leg, Stages, each
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.chain.timing import Hop, Timer, Timing
from sm_planner.engine.chain.wholes import Shares, Wholes
from sm_planner.engine.model import RECOVERY_METRICS, TIME_METRICS, Agreement, AgreementTarget, Plan, Service
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.texts import Text

__all__ = [
    "Beneath",
    "ChainResult",
    "Hop",
    "Leg",
    "Longest",
    "Shares",
    "Timing",
    "Feasibility",
    "beneath",
    "chains",
]


class Feasibility(str, Enum):
    """Whether a promise can be kept if everybody beneath keeps theirs."""

    FEASIBLE = "Feasible"
    INFEASIBLE = "Infeasible"
    UNKNOWN = "Unknown"


@dataclass(frozen=True)
class ChainResult:
    """The verdict on one target of an SLA for one service.

    priority: the one that was judged, where the target is for all and agreements beneath tell them apart.
    stages: what stands beneath a target in time. gaps: why the verdict is Unknown; what is missing is told with
    Infeasible too, for which the rest is enough. timing, shares, longest: the figures, one
    of them as the metric is a time, Availability or a recovery; None where there was nothing to work out.
    """

    agreement: Agreement
    target: AgreementTarget
    priority: str
    service: Service
    verdict: Feasibility
    gaps: tuple[Gap, ...] = ()
    stages: Stages = ()
    timing: Timing | None = None
    shares: Shares | None = None
    longest: Longest | None = None

    @property
    def name(self) -> Text:
        """The target with the judged priority: "Resolution P1"."""
        return name_of(self.target.metric, self.priority)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """All legs in the order of their stages, each once."""
        return each(self.stages)


def chains(plan: Plan, today: date) -> tuple[ChainResult, ...]:
    """Every target in time, of availability and of recovery, in the order of the plan."""
    return beneath(plan, today).results


def beneath(plan: Plan, today: date) -> Beneath:
    """What stands beneath the SLAs of the plan, computed once for a day."""
    return plan.derived(Beneath, day_of_plan(plan, today))


class Beneath:
    """The SLAs in force on a day, what their services are made of, who runs that, and what follows."""

    def __init__(self, plan: Plan, day: date) -> None:
        self.day = day
        self.first_day = plan.period_start or day
        self.slas = slas_in_force(plan, day)
        self.structure = Structure(plan)
        self.underpinning = Underpinning(plan, day)
        self.finder = LegFinder(plan, self.structure, self.underpinning)
        self.figures = Figures(plan, self.structure, self.underpinning)
        self._wholes = Wholes(plan, self.structure, self.underpinning, self.figures)
        self.timer = Timer(plan, self.first_day)
        self._plan = plan
        self._kept: dict[str, tuple[ChainResult, ...]] = {}

    @cached_property
    def results(self) -> tuple[ChainResult, ...]:
        return tuple(result for agreement in self.slas for result in self.judged(agreement))

    def judged(self, agreement: Agreement) -> tuple[ChainResult, ...]:
        """The verdicts on the targets of one SLA, for each service that it covers: worked out once."""
        if agreement.id not in self._kept:
            self._kept[agreement.id] = tuple(
                result
                for service in self.services(agreement)
                for target in agreement.targets
                for result in self._judged(agreement, target, service)
            )
        return self._kept[agreement.id]

    def services(self, agreement: Agreement) -> tuple[Service, ...]:
        """The services that the scope of an SLA names, in the order of their ids."""
        found = (self._plan.get("services", id) for id in sorted(Scope.of(agreement).services))
        return tuple(filter(None, found))

    @cached_property
    def covered(self) -> tuple[Service, ...]:
        """The services of all SLAs, each once."""
        return tuple({service.id: service for sla in self.slas for service in self.services(sla)}.values())

    @cached_property
    def resting(self) -> tuple[tuple[Part, tuple[Service, ...]], ...]:
        """The parts beneath all SLAs, each once, and the services of SLAs that rest on it."""
        found: dict[tuple[type, str], tuple[Part, list[Service]]] = {}
        for service in self.covered:
            for part in self.structure.beneath(service).parts:
                found.setdefault((type(part), part.id), (part, []))[1].append(service)
        return tuple((part, tuple(services)) for part, services in found.values())

    def above(self, services: Iterable[Service]) -> tuple[Agreement, ...]:
        """The SLAs that cover any of the services, in the order of the plan."""
        places = {place for service in services for place in self._covering[service.id]}
        return tuple(self.slas[place] for place in sorted(places))

    @cached_property
    def _covering(self) -> dict[str, list[int]]:
        covering: dict[str, list[int]] = {service.id: [] for service in self.covered}
        for place, sla in enumerate(self.slas):
            for service in self.services(sla):
                covering[service.id].append(place)
        return covering

    def carriers(self, result: ChainResult) -> frozenset[str]:
        """The ids of the OLAs and UCs that the promise of a result rests on."""
        if result.target.metric in TIME_METRICS:
            return frozenset(leg.agreement.id for leg in result.legs)
        return frozenset(figure.agreement.id for figure in self.figures_of(result))

    def figures_of(self, result: ChainResult) -> tuple[Figure, ...]:
        """The figures that the promise of a result rests on, if it is no time."""
        if result.shares:
            return result.shares.carried.figures
        parts = self.structure.beneath(result.service).parts
        figures = (self.figures.figure(part, result.target.metric) for part in parts)
        return tuple(filter(None, figures))

    def days(self, agreement: Agreement) -> tuple[date, date]:
        """The first and last day of the starts that are judged: a year of the plan while the SLA holds."""
        first = max(self.first_day, agreement.start_date or self.first_day)
        last = first + timedelta(days=365)
        return first, min(last, ends_on(agreement) or last)

    def _judged(
        self, agreement: Agreement, target: AgreementTarget, service: Service
    ) -> Iterator[ChainResult]:
        metric = target.metric
        if metric not in (*TIME_METRICS, *RECOVERY_METRICS, "Availability"):
            return
        if looseness(target) is None:
            gap = no_value(agreement, name(target))
            yield ChainResult(agreement, target, target.priority, service, Feasibility.UNKNOWN, (gap,))
        elif metric in TIME_METRICS:
            for priority in self._priorities(agreement, target):
                yield self._timed(agreement, target, priority, service)
        elif gap := self.structure.gap(service):
            yield ChainResult(agreement, target, target.priority, service, Feasibility.UNKNOWN, (gap,))
        elif metric == "Availability":
            yield self._available(agreement, target, service)
        else:
            yield self._recovered(agreement, target, service)

    def _priorities(self, agreement: Agreement, target: AgreementTarget) -> list[str]:
        """The priorities for which a target holds, as far as the plan uses them."""
        if target.priority:
            return [target.priority]
        own = {other.priority for other in agreement.targets if other.metric == target.metric}
        return [priority for priority in self._used if priority not in own] or [""]

    @cached_property
    def _used(self) -> list[str]:
        return priorities_in_use(self._plan)

    def _timed(
        self, agreement: Agreement, target: AgreementTarget, priority: str, service: Service
    ) -> ChainResult:
        legs = self.finder.legs(service, target.metric, priority)
        timing, gaps = None, list(legs.gaps)
        calendar = calendar_of(agreement, target)
        if not calendar:
            gaps.append(no_hours(agreement, name(target)))
        elif legs.stages:
            promise = Leg(agreement, target, calendar, budget(target))
            try:
                timing = self.timer.timing(promise, legs.stages, *self.days(agreement))
            except CalendarError as error:
                gaps.append(uncounted(agreement, error.message))
        if timing and timing.feasible:
            kept: bool | None = True
        else:
            kept = False if timing and legs.certain else None
        if kept is None and not legs.certain:
            gaps.append(which_first(service))
        return ChainResult(
            agreement,
            target,
            priority,
            service,
            _verdict(kept, bool(gaps)),
            tuple(gaps),
            legs.stages,
            timing=timing,
        )

    def _available(self, agreement: Agreement, target: AgreementTarget, service: Service) -> ChainResult:
        shares = self._wholes.shares(service, target.value / 100)
        gaps = () if shares.kept else shares.carried.gaps
        verdict = _verdict(shares.kept, incomplete=False)
        return ChainResult(agreement, target, target.priority, service, verdict, gaps, shares=shares)

    def _recovered(self, agreement: Agreement, target: AgreementTarget, service: Service) -> ChainResult:
        longest = self.figures.longest(service, target.metric, looseness(target))
        gaps = self.figures.gaps(service, target.metric)
        verdict = _verdict(longest.kept, bool(gaps))
        return ChainResult(agreement, target, target.priority, service, verdict, gaps, longest=longest)


def _verdict(kept: bool | None, incomplete: bool) -> Feasibility:
    """kept: whether what is known beneath keeps the promise. incomplete: whether something may come on top."""
    if kept is False:
        return Feasibility.INFEASIBLE
    return Feasibility.FEASIBLE if kept and not incomplete else Feasibility.UNKNOWN
