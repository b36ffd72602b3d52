"""Whether the legs beneath a target end before its deadline, in the hours of the plan's calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sm_planner.engine.chain.course import Hours, Step, starts
from sm_planner.engine.chain.feasibility import Solution, Solver, Stage
from sm_planner.engine.chain.legs import Leg, Stages, each
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.service_time.calendars import CalendarError, clock_of, hours_of
from sm_planner.engine.service_time.days import Budget, Days
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.texts import N_, say

TAILS = (92, 1_100, 7_400)
"""Days after the last start in which a chain is followed to its end: the first as a rule, more if it takes more."""


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
    promises days. remedy_in_hours: the same if it were counted in the hours of the target. Both are None where nothing is late or no value would do.
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
    def guilty(self) -> Hop:
        """The hop that takes most of the time of the worst start."""
        return max(self.way, key=lambda hop: hop.ended - hop.began)

    @property
    def cut_short(self) -> bool:
        """Whether hours were not known long enough to follow all starts."""
        return self.solution.last < self.wanted


class Timer:
    """Solves the chains of a plan; compiles each calendar once and solves equal chains once."""

    def __init__(self, plan: Plan, first_day: date) -> None:
        """first_day: of the plan's period; no start lies before it."""
        self._plan = plan
        self._first_day = first_day
        self._rules: dict[str, ServiceHours] = {}
        self._hours: dict[tuple[str, int], Hours] = {}
        self._timings: dict[tuple, Timing] = {}
        self._solver = Solver()
        self._uncovered: dict[tuple, tuple[int, int]] = {}

    def timing(self, promise: Leg, stages: Stages, first_day: date, last_day: date) -> Timing:
        """The timing of a promise over its legs for the starts on these local days of its hours.

        Raises CalendarError, naming the calendar, where hours cannot be counted, hold on none of the days, or
        are too few to follow any ticket to its end.
        """
        key = (
            (promise.calendar, promise.budget),
            tuple(tuple(tuple(map(id, branch)) for branch in stage) for stage in stages),
            (first_day, last_day),
        )
        if key not in self._timings:
            self._timings[key] = self._timed(promise, stages, first_day, last_day)
        return self._timings[key]

    def rule(self, calendar: str) -> ServiceHours:
        """The hours of a calendar; CalendarError if they cannot be counted."""
        if calendar not in self._rules:
            record = self._plan.get("calendars", calendar)
            if record is None:
                raise CalendarError(say(N_("There is no calendar “{0}”."), calendar))
            self._rules[calendar] = hours_of(record, self._plan)
        return self._rules[calendar]

    def hours(self, calendar: str, tail: int = TAILS[0]) -> Hours:
        """The hours of a calendar in a year of starts and ``tail`` days more; CalendarError if there are none."""
        if (calendar, tail) not in self._hours:
            rule = self.rule(calendar)
            # A day earlier, because the first day begins at different instants in different zones.
            first_day = self._first_day - timedelta(days=1)
            clock = clock_of(self._plan.get("calendars", calendar), rule, first_day, self._end(tail))
            self._hours[calendar, tail] = Hours(clock)
        return self._hours[calendar, tail]

    def uncovered(self, calendar: str, by: str, first_day: date, last_day: date) -> tuple[int, int]:
        """Open seconds of a calendar on these days in which another is closed, and all its open seconds; as far
        as both hold. Raises CalendarError like ``timing``."""
        key = calendar, by, first_day, last_day
        if key not in self._uncovered:
            hours, other = self.hours(calendar), self.hours(by).clock
            zone = self.rule(calendar).timezone
            first = max(beginning(first_day, zone), other.first)
            last = min(beginning(last_day + timedelta(days=1), zone), other.last)
            windows = [(start, stop) for start, stop, _, _ in starts(hours, first, last)]
            total = sum(stop - start for start, stop in windows)
            self._uncovered[key] = total - sum(other.elapsed(*window) for window in windows), total
        return self._uncovered[key]

    def _end(self, tail: int) -> date:
        return self._first_day + timedelta(days=366 + tail)

    def _timed(self, promise: Leg, stages: Stages, first_day: date, last_day: date) -> Timing:
        zone = self.rule(promise.calendar).timezone
        first, last = beginning(first_day, zone), beginning(last_day + timedelta(days=1), zone)
        solution = None
        for tail in TAILS:
            shorter = solution
            step = Step(self.hours(promise.calendar, tail), promise.budget)
            solution = self._solver.solve(step, self._steps(stages, tail), first, last)
            if solution and (solution.last == last or solution == shorter):
                break
            if not self._may_go_on(promise, stages, tail):
                break
        if solution is None:
            named = Ref.to(self._plan.get("calendars", promise.calendar))
            raise CalendarError(
                say(N_("No ticket that starts in the hours of “{0}” can be followed to its end."), named)
            )
        return self._explained(promise, stages, tail, solution, last)

    def _may_go_on(self, promise: Leg, stages: Stages, tail: int) -> bool:
        """Whether any of the hours holds beyond the days that they were compiled for."""
        calendars = {promise.calendar, *(leg.calendar for leg in each(stages))}
        ends = [self.rule(calendar).valid_until for calendar in calendars]
        return any(end is None or end > self._end(tail) for end in ends)

    def _steps(
        self, stages: Stages, tail: int, change: Callable[[Leg], Step | None] = lambda leg: None
    ) -> tuple[Stage, ...]:
        """The legs as steps. change: gives the step of a leg that is not to count as it stands."""

        def step(leg: Leg) -> Step:
            return change(leg) or Step(self.hours(leg.calendar, tail), leg.budget)

        return tuple(tuple(tuple(map(step, branch)) for branch in stage) for stage in stages)

    def _explained(self, promise: Leg, stages: Stages, tail: int, solution: Solution, last: int) -> Timing:
        zone = self.rule(promise.calendar).timezone
        clock = self.hours(promise.calendar, tail).clock
        promised = clock.seconds(solution.worst_start, promise.budget)
        timing = Timing(solution, zone, last, self._way(stages, tail, solution.worst_start), promised)
        if timing.feasible:
            return timing
        guilty = timing.guilty.leg
        remedy = self._remedy(promise, stages, tail, solution, guilty, guilty.calendar)
        in_hours = None
        if remedy is None and guilty.calendar != promise.calendar:
            in_hours = self._remedy(promise, stages, tail, solution, guilty, promise.calendar)
        return replace(timing, remedy=remedy, remedy_in_hours=in_hours)

    def _remedy(
        self, promise: Leg, stages: Stages, tail: int, solution: Solution, guilty: Leg, calendar: str
    ) -> Budget | None:
        """The largest budget of the guilty leg, in that calendar, with which nothing is late: whole minutes, or days."""
        hours = self.hours(calendar, tail)
        step = Step(self.hours(promise.calendar, tail), promise.budget)

        def with_budget(budget: Budget) -> tuple[Stage, ...]:
            return self._steps(stages, tail, lambda leg: Step(hours, budget) if leg is guilty else None)

        if calendar != guilty.calendar:
            solution = self._solver.solve(step, with_budget(guilty.budget), solution.first, solution.last)
            if not solution.late:
                return guilty.budget
        promised = guilty.budget
        if isinstance(promised, Days):

            def in_days(count: int) -> tuple[Stage, ...]:
                return with_budget(replace(promised, count=count))

            days = self._solver.most(step, in_days, 0, promised.count, solution)
            return None if days is None else replace(promised, count=days)
        minutes = self._solver.most(
            step, lambda minutes: with_budget(60 * minutes), 1, -(-promised // 60), solution
        )
        return minutes and minutes * 60

    def _way(self, stages: Stages, tail: int, start: int) -> tuple[Hop, ...]:
        way: list[Hop] = []
        for stage in stages:
            ways = [self._branch_way(branch, tail, start) for branch in stage]
            way += max(ways, key=lambda hops: hops[-1].ended)
            start = way[-1].ended
        return tuple(way)

    def _branch_way(self, branch: tuple[Leg, ...], tail: int, start: int) -> list[Hop]:
        hops = []
        for leg in branch:
            ended = Step(self.hours(leg.calendar, tail), leg.budget).due(start)
            hops.append(Hop(leg, start, ended))
            start = ended
        return hops
