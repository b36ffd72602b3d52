"""Whether the legs beneath a target end before its deadline, in the hours of the plan's calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from sm_planner.engine.chain.clockwork import clockwork
from sm_planner.engine.chain.course import Hours, Step
from sm_planner.engine.chain.feasibility import Solution, Solver, Way as StepsOfWay
from sm_planner.engine.chain.legs import Leg, Row, Stages, Way, each_of
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.service_time.days import Budget, Days
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.texts import N_, say

TAILS = (92, 1_100, 7_400)
"""Days after the last start in which a chain is followed to its end: the first as a rule, more if it takes more."""


Followed = TypeVar("Followed")
"""What was solved for starts, of which ``last`` is the instant up to which they were followed."""


class Shorter(NamedTuple):
    """The budgets that a remedy is looked for among, in units of which there are ``least`` to ``stop`` - 1: whole minutes,
    or days where days are promised."""

    least: int
    stop: int
    promised: Budget

    @classmethod
    def than(cls, promised: Budget) -> Shorter:
        if isinstance(promised, Days):
            return cls(0, promised.count, promised)
        return cls(1, -(-promised // 60), promised)

    def budget(self, units: int) -> Budget:
        """So many units as a budget."""
        return replace(self.promised, count=units) if isinstance(self.promised, Days) else 60 * units


class Hop(NamedTuple):
    """A leg on the way of one ticket: Unix seconds at which its clock started and its budget was used up."""

    leg: Leg
    began: int
    ended: int


@dataclass(frozen=True)
class Timing:
    """What holds for a target in time.

    solution: for all starts that were followed to their end. zone: of the target's hours.
    wanted: the last instant at which a start was to be followed; the hours may be known for less.
    way: the hops of the ticket that starts at the worst instant; the slowest is the cause of its delay.
    promised: what the promise comes to at the worst start, in service seconds of its hours.
    remedy: what that leg would have to promise for no ticket to be late: seconds, in whole minutes, or days where it
    promises days. remedy_in_hours: the same if it were counted in the hours of the target. Both are None where nothing
    is late or no value would do.
    """

    solution: Solution
    zone: str
    wanted: int
    way: tuple[Hop, ...]
    promised: int
    remedy: Budget | None = None
    remedy_in_hours: Budget | None = None

    @property
    def feasible(self) -> bool:
        return not self.solution.late

    @property
    def last(self) -> int:
        """Up to when starts were followed."""
        return self.solution.last

    @property
    def guilty(self) -> Hop:
        """The hop that takes most of the time of the worst start."""
        return max(self.way, key=lambda hop: hop.ended - hop.began)

    @property
    def cut_short(self) -> bool:
        """Whether hours were not known long enough to follow all starts."""
        return self.last < self.wanted


class Timer:
    """Solves the chains of a plan, equal ones once, in the hours of its calendars."""

    def __init__(self, plan: Plan, first_day: date) -> None:
        """first_day: of the plan's period; no start lies before it."""
        self._plan = plan
        self._clockwork = clockwork(plan.calendars, first_day)
        self._timings: dict[tuple, Timing] = {}

    def timing(
        self,
        promise: Row,
        ways: Sequence[Way],
        first_day: date,
        last_day: date,
        remedied: bool = True,
        cause: Leg | None = None,
    ) -> Timing:
        """The timing of a promise over the ways beneath it for the starts on these local days of its hours.

        remedied: whether a remedy is looked for, which takes most of the time; cause: of which leg, if not of the guilty
        one. Raises CalendarError, naming the calendar, where hours cannot be counted, hold on none of the days, or are
        too few to follow any ticket to its end.
        """
        key = (
            (promise.calendar, promise.budget),
            tuple(way.stages for way in ways),
            (first_day, last_day),
            remedied,
            cause,
        )
        if key not in self._timings:
            self._timings[key] = self._timed(promise, ways, first_day, last_day, remedied, cause)
        return self._timings[key]

    def rule(self, calendar: str) -> ServiceHours:
        """The hours of a calendar; CalendarError if they cannot be counted."""
        return self._clockwork.rule(calendar)

    def hours(self, calendar: str, tail: int = TAILS[0]) -> Hours:
        """The hours of a calendar in a year of starts and ``tail`` days more; CalendarError if there are none."""
        return self._clockwork.hours(calendar, tail)

    def uncovered(self, calendar: str, by: str, first_day: date, last_day: date) -> tuple[int, int]:
        """Open seconds of a calendar on these days in which another is closed, and all its open seconds; as far
        as both hold. Raises CalendarError like ``timing``."""
        return self._clockwork.uncovered(calendar, by, TAILS[0], first_day, last_day)

    @property
    def solver(self) -> Solver:
        return self._clockwork.solver

    def followed(
        self,
        promise: Row,
        calendars: Iterable[str],
        first_day: date,
        last_day: date,
        solve: Callable[[int, int, int], Followed | None],
    ) -> tuple[Followed, int, int]:
        """What ``solve`` gives for a tail of days and the first and last instant of the starts, with a tail that is long
        enough to follow all starts, or as long as the hours are known; with that tail, and the last instant.

        Raises CalendarError like ``timing``.
        """
        zone = self.rule(promise.calendar).timezone
        first, last = beginning(first_day, zone), beginning(last_day + timedelta(days=1), zone)
        found = None
        for tail in TAILS:
            shorter, found = found, solve(tail, first, last)
            if found and (found.last == last or found == shorter):
                break
            if not self._may_go_on({promise.calendar, *calendars}, tail):
                break
        if found is None:
            named = Ref.to(self._plan.get("calendars", promise.calendar))
            raise CalendarError(
                say(N_("No ticket that starts in the hours of “{0}” can be followed to its end."), named)
            )
        return found, tail, last

    def step(self, row: Row | Leg, tail: int) -> Step:
        """A budget in its hours."""
        return Step(self.hours(row.calendar, tail), row.budget)

    def _may_go_on(self, calendars: Iterable[str], tail: int) -> bool:
        """Whether any of the hours holds beyond the days that they were compiled for."""
        ends = [self.rule(calendar).valid_until for calendar in calendars]
        return any(end is None or end > self._clockwork.end(tail) for end in ends)

    def _timed(
        self,
        promise: Row,
        ways: Sequence[Way],
        first_day: date,
        last_day: date,
        remedied: bool,
        cause: Leg | None,
    ) -> Timing:
        def solve(tail: int, first: int, last: int) -> Solution | None:
            return self.solver.latest(self.step(promise, tail), self._steps(ways, tail), first, last)

        calendars = [leg.calendar for leg in each_of(ways)]
        solution, tail, last = self.followed(promise, calendars, first_day, last_day, solve)
        start = solution.worst_start
        timing = Timing(
            solution,
            self.rule(promise.calendar).timezone,
            last,
            self._way(ways, tail, start),
            self.hours(promise.calendar, tail).clock.seconds(start, promise.budget),
        )
        if timing.feasible or not remedied:
            return timing
        return self._remedied(promise, ways, tail, timing, cause or timing.guilty.leg)

    def _steps(
        self, ways: Sequence[Way], tail: int, change: Callable[[Leg], Step | None] = lambda leg: None
    ) -> tuple[StepsOfWay, ...]:
        """The legs as steps. change: gives the step of a leg that is not to count as it stands."""
        return tuple(
            tuple(
                tuple(tuple(change(leg) or self.step(leg, tail) for leg in branch) for branch in stage)
                for stage in way.stages
            )
            for way in ways
        )

    def _remedied(self, promise: Row, ways: Sequence[Way], tail: int, timing: Timing, cause: Leg) -> Timing:
        solution = timing.solution
        remedy = self._remedy(promise, ways, tail, solution, cause, cause.calendar)
        in_hours = None
        if remedy is None and cause.calendar != promise.calendar:
            in_hours = self._remedy(promise, ways, tail, solution, cause, promise.calendar)
        return replace(timing, remedy=remedy, remedy_in_hours=in_hours)

    def _remedy(
        self, promise: Row, ways: Sequence[Way], tail: int, solution: Solution, guilty: Leg, calendar: str
    ) -> Budget | None:
        """The largest budget of the guilty leg, in that calendar, with which nothing is late: whole minutes, or days."""
        hours = self.hours(calendar, tail)
        step = self.step(promise, tail)

        def with_budget(budget: Budget) -> tuple[StepsOfWay, ...]:
            return self._steps(ways, tail, lambda leg: Step(hours, budget) if leg is guilty else None)

        if calendar != guilty.calendar:
            solution = self.solver.latest(step, with_budget(guilty.budget), solution.first, solution.last)
            if not solution.late:
                return guilty.budget
        shorter = Shorter.than(guilty.budget)
        units = self.solver.most(
            step, lambda units: with_budget(shorter.budget(units)), shorter.least, shorter.stop, solution
        )
        return None if units is None else shorter.budget(units)

    def _way(self, ways: Sequence[Way], tail: int, start: int) -> tuple[Hop, ...]:
        """The hops of a start on the way that takes longest."""
        found = (self.hops(way.stages, tail, start) for way in ways)
        return max(found, key=lambda hops: hops[-1].ended)

    def hops(self, stages: Stages, tail: int, start: int) -> tuple[Hop, ...]:
        """The hops of a start, in each stage those of the latest branch."""
        way: list[Hop] = []
        for stage in stages:
            ways = [self._branch_way(branch, tail, start) for branch in stage]
            way += max(ways, key=lambda hops: hops[-1].ended)
            start = way[-1].ended
        return tuple(way)

    def _branch_way(self, branch: tuple[Leg, ...], tail: int, start: int) -> list[Hop]:
        hops = []
        for leg in branch:
            ended = self.step(leg, tail).due(start)
            hops.append(Hop(leg, start, ended))
            start = ended
        return hops
