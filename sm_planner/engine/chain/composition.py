"""What share of cases is in time, where the legs beneath a promise hold for shares of cases: "95 % within 2 h".

A case is in time if all legs of its way keep a row of theirs, and these rows together end before the deadline. With one
row for each leg, at most the sum of what the rows leave open is late, however the legs' misses fall together. So at
least max(0, p1 + … + pn − (n − 1)) is in time: the lower bound of Fréchet (1935), also called Bonferroni's inequality. Of several
choices of rows that are in time the best one counts; for two legs no greater share is certain (Makarov 1981, whose sums
are here clocks). If the legs miss independently of each other, the probability is that of all choices in time, with the
latest cases that each leg's rows allow: as many at each row as it promises more than the row before, and the others never.

Both depend on when a case starts. What holds for the promise is the least of all starts: between the instants at which
some choice becomes late or in time nothing changes, and those are found exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from sm_planner.engine.chain.course import starts
from sm_planner.engine.chain.feasibility import Spans, Way as StepsOfWay, end_of, last_that_holds
from sm_planner.engine.chain.legs import ALL, Leg, Row, Stages, Way, each
from sm_planner.engine.chain.timing import Hop, Shorter, Timer
from sm_planner.engine.service_time.days import Budget
from sm_planner.engine.service_time.sla_clock_terms import ClockError

MOST_CHOICES = 243
"""Choices of one row for each leg of a way that are looked at: five legs with three rows."""

Choice = tuple[int, ...]
"""For each place of a route, the number of the row that counts there."""

Changed = Mapping[tuple[Leg, int], Row]
"""Legs and numbers of rows that are not to count as they stand → the row that counts there."""


@dataclass(frozen=True)
class Composition:
    """What share of cases is in time, whenever one starts; shares of 1.

    certain: at least, whatever the dependence. independent: if the legs miss theirs independently of each other.
    worst_start: the earliest start with the least certain share, in Unix seconds; zone: of the promise's hours.
    first, last: the starts for which the hours of all steps are known. wanted: up to when they were to be followed.
    way: the hops of a case of that start, with the rows that give the certain share; of the shortest, if none is in time.
    costliest: the leg that leaves most cases open there, its last row the one that counts. missing: how many.
    in_time: whether any rows are in time at that start. remedy_share: the least share within the time of that leg's
    ``remedy_row`` with which the promise is certain; remedy_budget: the longest time for as many as that row now promises,
    looked for where no share would do: whole minutes in seconds, or days. None where nothing is missing or none would do.
    """

    promised: Fraction
    certain: Fraction
    independent: Fraction
    worst_start: int
    zone: str
    first: int
    last: int
    wanted: int
    way: tuple[Hop, ...]
    costliest: Leg
    missing: Fraction
    in_time: bool
    remedy_row: Row | None = None
    remedy_share: Fraction | None = None
    remedy_budget: Budget | None = None

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None if that depends on how the legs' misses fall together."""
        if self.certain >= self.promised:
            return True
        return None if self.independent >= self.promised else False

    @property
    def cut_short(self) -> bool:
        """Whether hours were not known long enough to follow all starts."""
        return self.last < self.wanted


class Route:
    """One way of a case, with the rows of the leg at each of its places."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.places = tuple(leg for stage in stages for branch in stage for leg in branch)
        rows = [range(len(leg.rows)) for leg in self.places]
        self.choices: tuple[Choice, ...] = tuple(product(*rows))
        self._above = [
            sum(1 << place for place, other in enumerate(self.choices) if _at_least(other, choice))
            for choice in self.choices
        ]

    def in_time(self, late: int) -> tuple[Choice, ...]:
        """The choices in time, given those that are late as a bit set: who keeps a row of a greater share keeps a lesser."""
        kept = ~late & ((1 << len(self.choices)) - 1)
        return tuple(choice for choice, above in zip(self.choices, self._above, strict=True) if kept & above)

    def as_stated(self, late: int) -> tuple[Choice, ...]:
        """The choices whose own rows are in time: what stays in time where a row is to hold for more cases than another."""
        return tuple(choice for place, choice in enumerate(self.choices) if not late >> place & 1)

    def share(self, choice: Choice) -> Fraction:
        """The share of cases that is certain with a choice."""
        rows = (leg.rows[row] for leg, row in zip(self.places, choice, strict=True))
        return max(Fraction(0), sum((row.share for row in rows), Fraction(1 - len(self.places))))

    def certain(self, choices: Iterable[Choice]) -> Fraction:
        return max(map(self.share, choices), default=Fraction(0))

    def independent(self, choices: Iterable[Choice]) -> Fraction:
        return sum((prod(map(_mass, self.places, choice)) for choice in choices), Fraction(0))

    def steps(self, timer: Timer, tail: int, choice: Choice, changed: Changed) -> StepsOfWay:
        """The steps with a choice of rows. changed: rows that are not to count as they stand."""
        rows = iter(choice)

        def row(leg: Leg) -> Row:
            number = next(rows)
            return changed.get((leg, number), leg.rows[number])

        return tuple(
            tuple(tuple(timer.step(row(leg), tail) for leg in branch) for branch in stage)
            for stage in self.stages
        )

    def chosen(self, choice: Choice) -> Stages:
        """The stages with legs whose last row is the one of the choice."""
        rows = iter(choice)
        return tuple(
            tuple(tuple(replace(leg, rows=leg.rows[: next(rows) + 1]) for leg in branch) for branch in stage)
            for stage in self.stages
        )


class Patterns(NamedTuple):
    """For each route, the sets of choices that are late together, as bit sets, with the earliest such start."""

    first: int
    last: int
    routes: tuple[tuple[tuple[int, int], ...], ...]


class Worst(NamedTuple):
    """Where the least share is certain."""

    certain: Fraction
    start: int
    route: Route
    choices: tuple[Choice, ...]


class Composer:
    """Composes the shares of a plan's chains, in the hours of its timer; equal ones once."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._cases: dict[tuple, _Case | None] = {}
        self._composed: dict[tuple, Composition] = {}

    def compose(
        self,
        promise: Row,
        ways: Sequence[Way],
        first_day: date,
        last_day: date,
        sure: Sequence[Way] = (),
    ) -> Composition | None:
        """What share of cases is in time on the ways beneath a promise, for starts on these local days of its hours.

        sure: ways for which a remedy has to be enough too. None if there are too many choices. Raises CalendarError like
        :meth:`Timer.timing`.
        """
        case = self._case(promise, ways, first_day, last_day)
        sure_case = self._case(promise, sure, first_day, last_day) if sure else case
        if case is None or sure_case is None:
            return None
        key = case, sure_case
        if key not in self._composed:
            self._composed[key] = self._told(case, sure_case)
        return self._composed[key]

    def _case(self, promise: Row, ways: Sequence[Way], first_day: date, last_day: date) -> _Case | None:
        stages = tuple(dict.fromkeys(stages for way in ways for stages in way.apart))
        key = promise[1:], stages, first_day, last_day
        if key not in self._cases:
            few = all(_choices(one) <= MOST_CHOICES for one in stages)
            self._cases[key] = self._found(promise, stages, first_day, last_day) if few else None
        return self._cases[key]

    def _found(self, promise: Row, stages: tuple[Stages, ...], first_day: date, last_day: date) -> _Case:
        routes = tuple(map(Route, stages))
        calendars = {row.calendar for one in stages for leg in each(one) for row in leg.rows}
        patterns, tail, wanted = self._timer.followed(
            promise,
            calendars,
            first_day,
            last_day,
            lambda tail, first, last: patterns_of(self._timer, promise, routes, tail, first, last, {}),
        )
        return _Case(self._timer, promise, routes, patterns, tail, wanted)

    def _told(self, case: _Case, sure: _Case) -> Composition:
        worst = case.worst()
        independent = min(route.independent(choices) for route, choices, _ in case.each(case.patterns))
        choice = max(worst.choices, key=worst.route.share, default=worst.route.choices[0])
        chosen = worst.route.chosen(choice)
        hops = self._timer.hops(chosen, case.tail, worst.start)
        place = _costliest(worst, choice, hops, chosen)
        leg = worst.route.places[place]
        told = Composition(
            promised=case.promise.share,
            certain=worst.certain,
            independent=independent,
            worst_start=worst.start,
            zone=self._timer.rule(case.promise.calendar).timezone,
            first=case.patterns.first,
            last=case.patterns.last,
            wanted=case.wanted,
            way=hops,
            costliest=replace(leg, rows=leg.rows[: choice[place] + 1]),
            missing=1 - leg.rows[choice[place]].share if worst.choices else ALL,
            in_time=bool(worst.choices),
        )
        if told.kept:
            return told
        if found := sure.remedy_share(leg):
            share, row = found
            return replace(told, remedy_row=row, remedy_share=share)
        budget = sure.remedy_budget(leg)
        if budget is not None:
            return replace(told, remedy_row=leg.rows[-1], remedy_budget=budget)
        return told


class _Case:
    """A promise with the routes beneath it and what is late when."""

    def __init__(
        self,
        timer: Timer,
        promise: Row,
        routes: tuple[Route, ...],
        patterns: Patterns,
        tail: int,
        wanted: int,
    ) -> None:
        self.timer = timer
        self.promise = promise
        self.routes = routes
        self.patterns = patterns
        self.tail = tail
        self.wanted = wanted

    def each(self, patterns: Patterns) -> Iterator[tuple[Route, tuple[Choice, ...], int]]:
        """Each route with the choices that are in time together, and the earliest such start."""
        for route, found in zip(self.routes, patterns.routes, strict=True):
            for late, start in found:
                yield route, route.in_time(late), start

    def worst(self) -> Worst:
        found = (
            Worst(route.certain(choices), start, route, choices)
            for route, choices, start in self.each(self.patterns)
        )
        return min(found, key=lambda worst: worst[:2])

    def remedy_share(self, leg: Leg) -> tuple[Fraction, Row] | None:
        """The least share of one leg, within the time of one of its rows, with which the promise is certain."""
        found = ((self._needed(leg, place), place, row) for place, row in enumerate(leg.rows))
        enough = [(share, -place, row) for share, place, row in found if share is not None]
        if not enough:
            return None
        share, _, row = min(enough, key=lambda one: one[:2])
        return share, row

    def _needed(self, leg: Leg, number: int) -> Fraction | None:
        """The least share of a row of a leg with which the promise is certain; None if none would do."""
        needed = Fraction(0)
        patterns = (
            (route, late)
            for route, found in zip(self.routes, self.patterns.routes, strict=True)
            for late, _ in found
        )
        for route, late in patterns:
            choices = route.as_stated(late)
            if route.certain(choices) >= self.promise.share:
                continue
            enough = (self._needed_with(route, choice, leg, number) for choice in choices)
            least = min((share for share in enough if share is not None), default=None)
            if least is None or least > ALL:
                return None
            needed = max(needed, least)
        return needed

    def _needed_with(self, route: Route, choice: Choice, leg: Leg, number: int) -> Fraction | None:
        """The share of the row with which one choice is enough; None if the row is not in it."""
        raised = [one is leg and row == number for one, row in zip(route.places, choice, strict=True)]
        if not any(raised):
            return None
        others = (
            one.rows[row].share
            for one, row, is_raised in zip(route.places, choice, raised, strict=True)
            if not is_raised
        )
        return (self.promise.share - sum(others, Fraction(1 - len(choice)))) / sum(raised)

    def remedy_budget(self, leg: Leg) -> Budget | None:
        """The longest time for the greatest share of a leg with which the promise is certain: whole minutes, or days."""
        row = leg.rows[-1]
        worst = self.worst()
        if leg not in worst.route.places:
            return None

        shorter = Shorter.than(row.budget)

        def changed(units: int) -> Changed:
            return {(leg, len(leg.rows) - 1): row._replace(budget=shorter.budget(units))}

        def saves_the_worst(units: int) -> bool:
            kept = (
                choice
                for choice in worst.route.choices
                if self._in_time(worst.route, choice, worst.start, changed(units))
            )
            return worst.route.certain(kept) >= self.promise.share

        def holds(units: int) -> bool:
            patterns = patterns_of(
                self.timer,
                self.promise,
                self.routes,
                self.tail,
                self.patterns.first,
                self.patterns.last,
                changed(units),
            )
            return patterns is not None and all(
                route.certain(choices) >= self.promise.share for route, choices, _ in self.each(patterns)
            )

        most = last_that_holds(saves_the_worst, shorter.least, shorter.stop)
        if most is not None and not holds(most):
            most = last_that_holds(holds, shorter.least, most)
        return None if most is None else shorter.budget(most)

    def _in_time(self, route: Route, choice: Choice, start: int, changed: Changed) -> bool:
        steps = route.steps(self.timer, self.tail, choice, changed)
        try:
            return end_of(steps, start) <= self.timer.step(self.promise, self.tail).due(start)
        except ClockError:  # later than the horizon, in which the deadline lies
            return False


def patterns_of(
    timer: Timer,
    promise: Row,
    routes: tuple[Route, ...],
    tail: int,
    first: int,
    last: int,
    changed: Changed,
) -> Patterns | None:
    """When which choices of each route are late, for the starts in [first, last); None if no end of one can be told."""
    step = timer.step(promise, tail)
    late: list[list[Spans]] = []
    for route in routes:
        found = [
            timer.solver.lateness(step, route.steps(timer, tail, choice, changed), first, last)
            for choice in route.choices
        ]
        if None in found:
            return None
        first = max([first, *(one.first for one in found)])
        last = min([last, *(one.last for one in found)])
        late.append([one.late for one in found])
    begun = [(start, stop) for start, stop, _, _ in starts(step.hours, first, last)]
    if not begun:
        return None
    return Patterns(first, last, tuple(_sets(begun, spans) for spans in late))


def _sets(begun: Spans, late: Sequence[Spans]) -> tuple[tuple[int, int], ...]:
    """The sets of spans that hold together at some start, as bit sets, each with the earliest such start."""
    open_bit = 1 << len(late)
    edges: dict[int, int] = {}
    for bit, spans in [(open_bit, begun), *((1 << place, spans) for place, spans in enumerate(late))]:
        for start, stop in spans:
            edges[start] = edges.get(start, 0) ^ bit
            edges[stop] = edges.get(stop, 0) ^ bit
    found: dict[int, int] = {}
    held = 0
    for instant in sorted(edges):
        held ^= edges[instant]
        if held & open_bit:
            found.setdefault(held ^ open_bit, instant)
    return tuple(found.items())


def _costliest(worst: Worst, choice: Choice, hops: Sequence[Hop], chosen: Stages) -> int:
    """The place of the leg that leaves most cases open; of those alike, or if none is in time, the one that takes longest."""
    legs = [leg for stage in chosen for branch in stage for leg in branch]
    taken = {hop.leg: hop.ended - hop.began for hop in hops}

    def cost(place: int) -> tuple[Fraction, int]:
        missing = 1 - worst.route.places[place].rows[choice[place]].share if worst.choices else Fraction(0)
        return missing, taken.get(legs[place], 0)

    return max(range(len(legs)), key=cost)


def _choices(stages: Stages) -> int:
    return prod(len(leg.rows) for stage in stages for branch in stage for leg in branch)


def _at_least(one: Choice, other: Choice) -> bool:
    return all(row >= least for row, least in zip(one, other, strict=True))


def _mass(leg: Leg, row: int) -> Fraction:
    """The cases that are as late as a row lets them be."""
    before = leg.rows[row - 1].share if row else Fraction(0)
    return leg.rows[row].share - before
