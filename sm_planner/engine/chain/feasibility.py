"""Whether sequences of budgets always end before a promised one: decided for every second at once.

The starts are all seconds of the open hours of the promise. Each is done when it has gone through the stages of a way
one after the other; in a stage with several branches the latest counts, and so does the latest of several ways. The slack of a start is the time from
when it is done to its deadline. It is linear between the edges of all hours and their pre-images through the
steps, so the ends of these pieces decide, and the late seconds of a piece can be counted (see ``course``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sm_planner.engine.chain.course import Course, Hours, Slack, Span, Step, latest, slacks, starts, through
from sm_planner.engine.chain.weeks import AHEAD, WEEK, Weeks, weeks
from sm_planner.engine.service_time.days import Days
from sm_planner.engine.service_time.sla_clock_terms import ClockError

Branch = tuple[Step, ...]
"""Steps one after the other."""

Stage = tuple[Branch, ...]
"""Branches side by side: the stage is done when the latest is."""

Way = tuple[Stage, ...]
"""Stages one after the other."""

Spans = list[Span]
"""Starts in the order of time."""


class Solution(NamedTuple):
    """What holds for all starts in [first, last) of the promise's hours; Unix seconds and seconds.

    first, last: the starts for which the hours of all steps are known.
    starts: seconds at which something can start. late: those whose end lies after their deadline.
    worst_start: the earliest start with the least slack. worst_slack: that slack, negative if it is late.
    """

    first: int
    last: int
    starts: int
    late: int
    worst_start: int
    worst_slack: int


class Lateness(NamedTuple):
    """The starts in [first, last) that end after their deadline; ``last`` as far as they can be followed."""

    first: int
    last: int
    late: Spans


class Followed(NamedTuple):
    """The slacks of the starts in [first, last): pieces in the order of time, each with how many seconds later it holds again;
    0 for itself."""

    first: int
    last: int
    pieces: list[tuple[Slack, tuple[int, ...]]]


_ONCE = (0,)

FEW = 4 * WEEK
"""Seconds of starts that are followed as they are."""


class Solver:
    """Solves chains, and keeps what it has solved as long as it lives: it belongs to the hours of one set of calendars.

    Hours are told apart by identity, so that what was solved for others would never be of use, and would keep them.
    """

    def __init__(self) -> None:
        self._solved = lru_cache(maxsize=4096)(self._solve)
        self._lateness = lru_cache(maxsize=256)(self._late)
        self._course = lru_cache(maxsize=64)(self._found)
        self._weeks = lru_cache(maxsize=4096)(weeks)

    def solve(self, promise: Step, stages: Iterable[Stage], first: int, last: int) -> Solution | None:
        """The solution of one way for the starts in [first, last), or None where there is none whose end can be told.

        Takes time in proportion to the windows of all hours in the horizon, times the steps. Chains that come to
        the same steps are solved once.
        """
        return self._solved(promise, simplified(stages), first, last)

    def latest(self, promise: Step, ways: Iterable[Way], first: int, last: int) -> Solution | None:
        """The solution where each start may take any of the ways, so that the latest counts."""
        return self._together(promise, tuple(dict.fromkeys(map(simplified, ways))), first, last)

    def lateness(self, promise: Step, way: Way, first: int, last: int) -> Lateness | None:
        """The late starts of one way, or None where there is none whose end can be told."""
        return self._lateness(promise, simplified(way), first, last)

    def most(
        self,
        promise: Step,
        ways: Callable[[int], Sequence[Way]],
        least: int,
        stop: int,
        solution: Solution,
    ) -> int | None:
        """The largest budget of one leg, of ``least``, ``least`` + 1 … ``stop`` - 1 units, with which no start is late;
        None if not even the least would do.

        ways: the ways with that leg's budget in so many units. stop: a budget with which ``solution`` was found
        and some start is late. Starts that are late once are tried first with every other budget.
        """
        late = [solution.worst_start]

        def in_time(units: int) -> bool:
            tried = ways(units)
            if not all(_in_time(promise, way, start) for start in late for way in tried):
                return False
            found = self.latest(promise, tried, solution.first, solution.last)
            if found.late:
                late.append(found.worst_start)
            return not found.late

        def saves_the_worst(units: int) -> bool:
            return all(_in_time(promise, way, solution.worst_start) for way in ways(units))

        most = last_that_holds(saves_the_worst, least, stop)
        return None if most is None else most if in_time(most) else last_that_holds(in_time, least, most)

    def _solve(self, promise: Step, stages: Way, first: int, last: int) -> Solution | None:
        if stages and len(stages[-1]) > 1:
            return self._together(
                promise, tuple((*stages[:-1], (branch,)) for branch in stages[-1]), first, last
            )
        return self._whole(promise, (stages,), first, last)

    def _together(self, promise: Step, ways: tuple[Way, ...], first: int, last: int) -> Solution | None:
        """The solution of several ways, put together of those of each.

        Many chains end in the same branches, so that each is soon known. The worst of all starts is the worst of one
        way; only where several ways are late, their late starts have to be counted together.
        """
        apart = [self._solved(promise, way, first, last) for way in ways]
        if None in apart:
            return None
        if len({solution[:2] for solution in apart}) > 1:  # some hours are known for less time than others
            return self._whole(promise, ways, first, last)
        worst = min(apart, key=lambda solution: (solution.worst_slack, solution.worst_start))
        late = tuple(way for way, solution in zip(ways, apart, strict=True) if solution.late)
        if len(late) < 2:
            return worst._replace(late=sum(solution.late for solution in apart))
        return worst._replace(late=_length(self._late_of(promise, way, first, last) for way in late))

    def _late_of(self, promise: Step, way: Way, first: int, last: int) -> Spans:
        """The late starts of a way, whose branches in the last stage are looked at one by one."""
        if way and len(way[-1]) > 1:
            branches = (self._lateness(promise, (*way[:-1], (branch,)), first, last) for branch in way[-1])
            return [span for lateness in branches for span in lateness.late]
        return self._lateness(promise, way, first, last).late

    def _whole(self, promise: Step, ways: tuple[Way, ...], first: int, last: int) -> Solution | None:
        found = self._followed(promise, ways, first, last)
        return _judged(found) if found else None

    def _late(self, promise: Step, way: Way, first: int, last: int) -> Lateness | None:
        found = self._followed(promise, (way,), first, last)
        if found is None:
            return None
        return Lateness(found.first, found.last, _late_spans(found))

    def _followed(self, promise: Step, ways: tuple[Way, ...], first: int, last: int) -> Followed | None:
        """The starts in [first, last), or as far as they can be told, followed through all ways: of weeks alike the first."""
        steps = [promise, *(step for way in ways for step in _steps(way))]
        hours = frozenset(step.hours for step in steps)
        first = max([first, *(of_step.clock.first for of_step in hours)])
        if _in_seconds(*steps) and last - first > FEW:
            for ahead in AHEAD:
                found = self._weeks(hours, promise.hours.zone, first, last, ahead)
                if found.saves and (judged := self._of_weeks(promise, ways, found)):
                    return Followed(first, last, judged)
        begun, deadlines, done = self._courses(promise, ways, ((first, last),))
        if not deadlines or not done:
            return None
        told = min(deadlines[-1][1], done[-1][1])
        pieces = [(piece, _ONCE) for piece in slacks(deadlines, done)]
        return Followed(first, told if told < begun[-1][1] else last, pieces)

    def _of_weeks(
        self, promise: Step, ways: tuple[Way, ...], alike: Weeks
    ) -> list[tuple[Slack, tuple[int, ...]]] | None:
        """What holds for the starts of weeks alike; None where the first of them does not tell that of the others."""
        begun, deadlines, done = self._courses(promise, ways, alike.followed)
        if not (begun and deadlines and done) or not begun[-1][1] == deadlines[-1][1] == done[-1][1]:
            return None
        if not all(_ends_before(course, alike) for course in (deadlines, done)):
            return None
        pieces, week = [], 0
        for piece in slacks(deadlines, done):
            while piece[0] >= alike.followed[week][1]:
                week += 1
            pieces.append((piece, alike.alike[week]))
        return pieces

    def _courses(
        self, promise: Step, ways: tuple[Way, ...], spans: tuple[Span, ...]
    ) -> tuple[Course, Course, Course]:
        """The starts in the spans, when they are due, and when the latest of all ways is done."""
        begun = self._course(promise.hours, (), spans)
        deadlines = self._course(promise.hours, (((promise,),),), spans)
        done = latest([self._course(promise.hours, way, spans) for way in ways])
        return begun, deadlines, done

    def _found(self, hours: Hours, stages: tuple[Stage, ...], spans: tuple[Span, ...]) -> Course:
        """All starts in the hours, done when they have gone through the stages; many chains begin with the same."""
        if not stages:
            return [piece for span in spans for piece in starts(hours, *span)]
        done = self._course(hours, stages[:-1], spans)
        return latest([_along(done, branch) for branch in stages[-1]])


def _steps(way: Way) -> Iterator[Step]:
    return (step for stage in way for branch in stage for step in branch)


def _along(course: Course, branch: Branch) -> Course:
    for step in branch:
        course = through(course, step)
    return course


def _ends_before(course: Course, alike: Weeks) -> bool:
    """Whether all starts of weeks that count for others are done as long as the hours of these are known to be the same."""
    begun = [start for start, _, _, _ in course]
    for (_, stop), before in zip(alike.followed, alike.before, strict=True):
        if before is not None and (place := bisect_left(begun, stop)):
            start, until, done, slope = course[place - 1]
            if done + slope * (min(until, stop) - 1 - start) >= before:
                return False
    return True


def _judged(followed: Followed) -> Solution:
    counted = late = 0
    least, least_start = None, 0
    for (start, stop, slack, gains), alike in followed.pieces:
        length, times = stop - start, len(alike)
        counted += length * times
        lower = higher = slack
        if gains > 0:
            higher += length - 1
        elif gains:
            lower -= length - 1
        if lower < 0:
            late += times * (length if higher < 0 else -lower)  # it changes by one a second
        if least is None or lower < least:
            least, least_start = lower, start if lower == slack else stop - 1
    return Solution(followed.first, followed.last, counted, late, least_start, least)


def _length(several: Iterable[Spans]) -> int:
    """How many seconds lie in any of the spans."""
    length = reached = 0
    for start, stop in sorted(span for spans in several for span in spans):
        if stop > reached:
            length += stop - max(start, reached)
            reached = stop
    return length


def _late_spans(followed: Followed) -> Spans:
    """The starts whose end lies after their deadline: of each piece all, none, or those up to or from one second on."""
    late: Spans = []
    for (start, stop, slack, gains), alike in followed.pieces:
        if gains > 0:
            stop = min(stop, start - slack)
        elif gains < 0:
            start = max(start, start + slack + 1)
        elif slack >= 0:
            continue
        if start < stop:
            late += [(start + later, stop + later) for later in alike]
    late.sort()
    return late


def simplified(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages that are done at the same times, with fewer steps.

    Steps that follow each other in the same hours are one, and branches are left out that another outlasts.
    """
    short: list[Stage] = []
    for stage in stages:
        branches = _undominated({tuple(_joined(branch)) for branch in stage})
        if len(branches) == 1 and short and len(short[-1]) == 1:
            short[-1] = (tuple(_joined((*short[-1][0], *branches[0]))),)
        else:
            short.append(branches)
    return tuple(short)


def _joined(branch: Branch) -> Iterator[Step]:
    joined: list[Step] = []
    for step in branch:
        # A budget of nothing waits for the next opening, which the end of an earlier budget does not.
        if joined and joined[-1].hours is step.hours and step.budget and _in_seconds(joined[-1], step):
            joined[-1] = Step(step.hours, joined[-1].budget + step.budget)
        else:
            joined.append(step)
    return iter(joined)


def _undominated(branches: set[Branch]) -> Stage:
    kept: list[Branch] = []
    for branch in branches:
        if not any(_outlasts(other, branch) for other in kept):
            kept = [*(other for other in kept if not _outlasts(branch, other)), branch]
    return tuple(sorted(kept, key=lambda branch: [(id(step.hours), repr(step.budget)) for step in branch]))


def _outlasts(one: Branch, other: Branch) -> bool:
    """Whether the one is never done before the other: step by step no shorter, and open in no other hours."""
    return len(one) == len(other) and all(map(_is_no_shorter, one, other))


def _is_no_shorter(longer: Step, shorter: Step) -> bool:
    if _in_seconds(longer, shorter):
        return longer.budget >= shorter.budget and longer.hours.within(shorter.hours)
    if longer.hours is not shorter.hours or not (
        isinstance(longer.budget, Days) and isinstance(shorter.budget, Days)
    ):
        return False
    # So many open days are no fewer than so many days.
    same = longer.budget.business >= shorter.budget.business
    return same and longer.budget.count >= shorter.budget.count


def _in_seconds(*steps: Step) -> bool:
    return all(isinstance(step.budget, int) for step in steps)


def end_of(stages: Iterable[Stage], start: int) -> int:
    """When something that starts then has gone through the stages; ClockError if that cannot be told."""
    for stage in stages:
        ends = []
        for branch in stage:
            at = start
            for step in branch:
                at = step.due(at)
            ends.append(at)
        start = max(ends)
    return start


def last_that_holds(holds: Callable[[int], bool], least: int, stop: int) -> int | None:
    """The last of ``least``, ``least`` + 1 … ``stop`` - 1 that holds, where none holds after one that does not."""
    if stop <= least or not holds(least):
        return None
    return bisect_left(range(stop), True, lo=least, key=lambda number: not holds(number)) - 1


def _in_time(promise: Step, stages: Iterable[Stage], start: int) -> bool:
    try:
        return end_of(stages, start) <= promise.due(start)
    except ClockError:  # later than the horizon, in which the deadline lies
        return False
