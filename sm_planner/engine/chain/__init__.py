"""Does the chain carry the promise: whether the agreements beneath an SLA can keep its targets.

``chains(plan, today)`` judges every target of every SLA in force, for each service that it covers. How it
decides is told in ``docs/chain.md``. From the ground up: ``graph`` (what rests on what), ``structure`` (parts
and groups), ``backing`` (who runs a part, bound by which agreement), ``legs``, ``finder`` and ``ranking`` (targets beneath a
target, and the ways of a ticket through them), ``course`` and ``feasibility`` (the exact solver in time), ``timing`` (its
answer in the hours of the plan), ``composition`` (shares of cases), ``availability``, ``figures`` and ``wholes`` (promises
that are no tickets), ``gaps`` (what is missing), and ``unjudged`` (what no chain carries).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from sm_planner.engine.agreements.targets import (
    budget,
    calendar_of,
    holding,
    looseness,
    name,
    name_of,
    priorities_in_use,
)
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.agreements.terms import Scope, day_of_plan, promiser, slas_in_force
from sm_planner.engine.chain.backing import Underpinning
from sm_planner.engine.chain.composition import Composer, Composition
from sm_planner.engine.chain.figures import Figure, Figures, Longest, Wanted
from sm_planner.engine.chain.finder import LegFinder
from sm_planner.engine.chain.gaps import (
    Gap,
    averages_together,
    dependence_unknown,
    hand_over_unsaid,
    no_hours,
    no_value,
    only_share,
    other_hours,
    too_many_rows,
    uncounted,
    which_first,
)
from sm_planner.engine.chain.legs import ALL, Leg, Legs, Reading, Row, Way, each_of, share_of
from sm_planner.engine.chain.structure import Part, Structure
from sm_planner.engine.chain.timing import Hop, Timer, Timing
from sm_planner.engine.chain.unjudged import JUDGED, Unjudged, unjudged
from sm_planner.engine.chain.wholes import Shares, Wholes
from sm_planner.engine.chain.words import duration, percent
from sm_planner.engine.model import TIME_METRICS, Agreement, AgreementTarget, Plan, Service
from sm_planner.engine.model.vocabulary import AVERAGE, EACH_CASE
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.service_time.days import Days
from sm_planner.engine.texts import N_, Text, say

__all__ = [
    "Beneath",
    "ChainResult",
    "Composition",
    "Hop",
    "Leg",
    "Longest",
    "Row",
    "Shares",
    "Timing",
    "Unjudged",
    "Way",
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

    priority: the one that was judged, where the target is for all and agreements beneath tell them apart. Of an average
    with a limit for each case, the average is judged and then, as a target of its own, the limit.
    ways: what stands beneath a target in time. averages: what does not count there because it is promised on average.
    gaps: why the verdict is Unknown; what is missing is told with Infeasible too, for which the rest is enough.
    timing, composed, shares, longest: the figures, one of them as the metric is a time, a time for shares of cases,
    Availability or a recovery; None where there was nothing to work out. Where a tier does not say how long it keeps a
    ticket, timing or composed hold if it keeps it for its whole resolution time, and at_once or composed_at_once, given where
    that is too late, if it does not keep it at all; their remedies are enough in both readings.
    """

    agreement: Agreement
    target: AgreementTarget
    priority: str
    service: Service
    verdict: Feasibility
    gaps: tuple[Gap, ...] = ()
    ways: tuple[Way, ...] = ()
    averages: tuple[Leg, ...] = ()
    timing: Timing | None = None
    at_once: Timing | None = None
    composed: Composition | None = None
    composed_at_once: Composition | None = None
    shares: Shares | None = None
    longest: Longest | None = None

    @property
    def name(self) -> Text:
        """The target with the judged priority: "Resolution P1"."""
        return name_of(self.target.metric, self.priority)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """All legs in the order of their ways, each once."""
        return each_of(self.ways)

    @property
    def counting(self) -> tuple[tuple[Leg, Row], ...]:
        """The rows that the verdict rests on, with their legs: where shares are composed all, else those for most cases."""
        return tuple(
            (leg, row) for leg in self.legs for row in (leg.rows if self.composed else leg.rows[-1:])
        )

    @property
    def followed(self) -> Timing | Composition | None:
        """What tells how far starts were followed."""
        return self.timing or self.composed

    @property
    def told_timing(self) -> Timing | None:
        """The timing that proves the verdict: what is late even if handed over at once cannot be kept."""
        return self.at_once if self.at_once and self.verdict is Feasibility.INFEASIBLE else self.timing

    @property
    def told_share(self) -> Composition | None:
        """The shares that prove the verdict, likewise."""
        at_once = self.composed_at_once
        return at_once if at_once and self.verdict is Feasibility.INFEASIBLE else self.composed


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
        self.composer = Composer(self.timer)
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
                for target in holding(agreement.targets, service.id)
                for result in self._judged(agreement, target, service)
            )
        return self._kept[agreement.id]

    def unjudged(self, agreement: Agreement) -> tuple[Unjudged, ...]:
        """The targets of one SLA on which no verdict is given, for each service that it covers."""
        return tuple(
            unjudged(agreement, target, service, self.structure, self.underpinning)
            for service in self.services(agreement)
            for target in holding(agreement.targets, service.id)
            if target.metric and target.metric not in JUDGED
        )

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
        wanted = _wanted(result.target)
        figures = (self.figures.figure(part, result.target.metric, wanted) for part in parts)
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
        if metric not in JUDGED:
            return
        if looseness(target) is None:
            gap = no_value(agreement, target)
            yield ChainResult(agreement, target, target.priority, service, Feasibility.UNKNOWN, (gap,))
        elif metric in TIME_METRICS:
            for one in _apart(target):
                for priority in self._priorities(agreement, one):
                    yield self._timed(agreement, one, priority, service)
        elif gap := self.structure.gap(service):
            yield ChainResult(agreement, target, target.priority, service, Feasibility.UNKNOWN, (gap,))
        elif metric == "Availability":
            yield self._available(agreement, target, service)
        else:
            for one in _apart(target):
                yield self._recovered(agreement, one, service)

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
        average = target.statistic == AVERAGE
        legs = self.finder.legs(service, target.metric, priority, average)
        result = ChainResult(
            agreement,
            target,
            priority,
            service,
            Feasibility.UNKNOWN,
            legs.gaps,
            legs.ways(Reading.AFTER),
            legs.averages,
        )
        calendar = calendar_of(agreement, target, service.id)
        if not calendar:
            return replace(result, gaps=(*legs.gaps, no_hours(agreement, name(target))))
        if not result.ways:
            return result
        promise = Row(target, calendar, budget(target), ALL if average else share_of(target))
        try:
            if average:
                return self._averaged(result, legs, promise)
            if _shared(promise, result.legs):
                return self._composed(result, legs, promise)
            return self._each_timed(result, legs, promise)
        except CalendarError as error:
            return replace(result, gaps=(*legs.gaps, uncounted(agreement, error.message)))

    def _each_timed(self, result: ChainResult, legs: Legs, promise: Row) -> ChainResult:
        """The verdict where all cases have to be in time, which every leg promises of all of its own."""
        days = self.days(result.agreement)
        unsaid = legs.unsaid
        timing = self.timer.timing(promise, result.ways, *days, remedied=not unsaid)
        at_once, gaps = None, list(legs.gaps)
        if unsaid and not timing.feasible:
            at_once = self.timer.timing(promise, legs.ways(Reading.AT_ONCE), *days, remedied=False)
            cause = None if at_once.feasible else at_once.guilty.leg
            remedied = self.timer.timing(promise, result.ways, *days, cause=cause)
            if at_once.feasible:
                timing = remedied
            else:
                at_once = replace(at_once, remedy=remedied.remedy, remedy_in_hours=remedied.remedy_in_hours)
            gaps += self._unsaid(unsaid, result.priority, _outcome(at_once), _outcome(timing))
        kept = _reading(timing.feasible, (at_once or timing).feasible)
        return _decided(replace(result, timing=timing, at_once=at_once), kept, gaps, legs.certain)

    def _composed(self, result: ChainResult, legs: Legs, promise: Row) -> ChainResult:
        """The verdict where shares of cases are promised."""
        days = self.days(result.agreement)
        gaps = list(legs.gaps)
        composed = self.composer.compose(promise, result.ways, *days)
        if composed is None:
            return replace(result, gaps=(*gaps, too_many_rows(result.service)))
        kept, at_once = composed.kept, None
        if legs.unsaid and not kept:
            at_once = self.composer.compose(promise, legs.ways(Reading.AT_ONCE), *days, result.ways)
            kept = False if at_once and at_once.kept is False else None
            if at_once:
                outcomes = _share_outcome(at_once), _share_outcome(composed)
                gaps += self._unsaid(legs.unsaid, result.priority, *outcomes)
        if promise.share == ALL:
            gaps += self._for_all(result)
        if composed.kept is None:
            shown = percent(float(composed.certain)), percent(float(composed.independent))
            gaps.append(dependence_unknown(result.agreement, result.name, *shown))
        return _decided(
            replace(result, composed=composed, composed_at_once=at_once), kept, gaps, legs.certain
        )

    def _averaged(self, result: ChainResult, legs: Legs, promise: Row) -> ChainResult:
        """The verdict on an average. Where averages are beneath, all has to count in the hours of the promise: then their
        sum is the average of the whole, whatever the dependence."""
        means = [leg for leg in result.legs if leg.average]
        if not means:
            return self._each_timed(result, legs, promise)
        odd = next((leg for leg in result.legs if not _adds_up(promise, leg, result.ways)), None)
        if odd:
            odd = odd if odd.average else means[0]
            gap = other_hours(odd.agreement, name_of(odd.target.metric, result.priority))
            return replace(result, gaps=(*result.gaps, gap))
        judged = self._each_timed(result, legs, promise)
        if judged.verdict is Feasibility.UNKNOWN or not _side_by_side(result.ways):
            return judged
        in_line = replace(result, ways=tuple(map(_in_line, result.ways)))
        timing = self.timer.timing(promise, in_line.ways, *self.days(result.agreement), remedied=False)
        if judged.verdict is Feasibility.INFEASIBLE or timing.feasible:
            return judged
        gap = averages_together(result.service)
        return replace(judged, verdict=Feasibility.UNKNOWN, gaps=(*judged.gaps, gap))

    def _unsaid(self, unsaid: Iterable[Leg], priority: str, at_once: Text, after: Text) -> Iterator[Gap]:
        for leg in unsaid:
            party = promiser(self._plan, leg.agreement)
            yield hand_over_unsaid(leg.agreement, party, priority, at_once, after)

    def _for_all(self, result: ChainResult) -> Iterator[Gap]:
        """The legs that promise for a share of cases what is promised for all."""
        for leg in result.legs:
            if leg.share < ALL:
                yield only_share(
                    leg.agreement,
                    promiser(self._plan, leg.agreement),
                    leg.target.metric,
                    result.priority,
                    (percent(float(leg.share)), "100"),
                    result.service,
                )

    def _available(self, agreement: Agreement, target: AgreementTarget, service: Service) -> ChainResult:
        shares = self._wholes.shares(service, target.value / 100)
        gaps = () if shares.kept else shares.carried.gaps
        verdict = _verdict(shares.kept, incomplete=False)
        return ChainResult(agreement, target, target.priority, service, verdict, gaps, shares=shares)

    def _recovered(self, agreement: Agreement, target: AgreementTarget, service: Service) -> ChainResult:
        wanted = _wanted(target)
        longest = self.figures.longest(service, target.metric, looseness(target), wanted)
        gaps = self.figures.gaps(service, target.metric, wanted)
        verdict = _verdict(longest.kept, bool(gaps))
        return ChainResult(agreement, target, target.priority, service, verdict, gaps, longest=longest)


def _decided(result: ChainResult, kept: bool | None, gaps: list[Gap], certain: bool) -> ChainResult:
    """A result with its verdict. certain: whether the plan says who is asked; else somebody else may keep the promise."""
    if kept is False and not certain:
        kept = None
        gaps = [*gaps, which_first(result.service)]
    return replace(result, verdict=_verdict(kept, bool(gaps)), gaps=tuple(gaps))


def _verdict(kept: bool | None, incomplete: bool) -> Feasibility:
    """kept: whether what is known beneath keeps the promise. incomplete: whether something may come on top."""
    if kept is False:
        return Feasibility.INFEASIBLE
    return Feasibility.FEASIBLE if kept and not incomplete else Feasibility.UNKNOWN


def _wanted(target: AgreementTarget) -> Wanted:
    """What a recovery beneath a target has to be promised of."""
    average = target.statistic == AVERAGE
    return Wanted(ALL if average else share_of(target), average)


def _reading(after: bool, at_once: bool) -> bool | None:
    """Whether a promise is kept, given whether it is in both readings of how long tiers keep a ticket."""
    return after if after == at_once else None


def _shared(promise: Row, legs: Iterable[Leg]) -> bool:
    """Whether shares of cases have to be composed: not where all cases are promised, above and beneath."""
    if promise.share == ALL:
        return any(leg.share < ALL for leg in legs)
    return any(len(leg.rows) > 1 or leg.share < ALL for leg in legs)


def _apart(target: AgreementTarget) -> Iterator[AgreementTarget]:
    """A target; of an average also what no case may exceed, as a target for each case."""
    yield target
    if target.statistic == AVERAGE and target.bound is not None:
        yield replace(target, value=target.bound, bound=None, statistic=EACH_CASE, share_of_cases=None)


def _adds_up(promise: Row, leg: Leg, ways: Iterable[Way]) -> bool:
    """Whether a leg counts as a promise of an average does: seconds in the same hours add up; days stand alone."""
    if leg.calendar != promise.calendar or type(leg.budget) is not type(promise.budget):
        return False
    if isinstance(leg.budget, Days):
        alone = all(len(each_of([Way(stages)])) == 1 for way in ways for stages in way.apart)
        return alone and leg.budget.business == promise.budget.business
    return True


def _side_by_side(ways: Iterable[Way]) -> bool:
    """Whether anybody works side by side on averages on any of the ways."""
    return any(
        len(stage) > 1 and any(leg.average for branch in stage for leg in branch)
        for way in ways
        for stage in way.passed
    )


def _in_line(way: Way) -> Way:
    """A way on which nobody works side by side: the average of the latest is at most the sum of all."""
    return Way(tuple((branch,) for stage in way.passed for branch in stage), way.ends)


def _outcome(timing: Timing) -> Text:
    """What becomes of a promise: "in time", "3 h late"."""
    if timing.feasible:
        return Text(N_("in time"))
    return say(N_("{0} late"), duration(-timing.solution.worst_slack))


def _share_outcome(composed: Composition) -> Text:
    certain, independent = percent(float(composed.certain)), percent(float(composed.independent))
    if certain == independent:
        return say(N_("{0} % in time"), certain)
    return say(N_("{0} % in time for certain"), certain)
