"""Courses: the instant at which something is done, as a function of the instant at which it started.

A ticket starts at any whole second. Pushing it through a budget of service time gives a function that is
piecewise linear with jumps: it rises with its start while both the start and the end lie in open hours, and
stands still while the start lies in closed ones. ``through`` and ``latest`` work on such functions piece by
piece, so that they are exact at every second without looking at each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from sm_planner.engine.service_time.days import Budget, Days
from sm_planner.engine.service_time.sla_clock import Clock

Piece = tuple[int, int, int, int]
"""(start, stop, done, slope): what starts at s in [start, stop) is done at done + slope · (s − start), in Unix
seconds. The slope is 1 where a later start is done later, 0 where all are done at one instant."""

Course = list[Piece]
"""Pieces in the order of their starts. No later start is done earlier; nothing starts between pieces."""

Pair = tuple[int, int, int, int, int, int]
"""(start, stop, done, slope, other done, other slope): two courses over the same starts."""

Span = tuple[int, int]
"""All instants in [start, stop), in Unix seconds."""

Slack = tuple[int, int, int, int]
"""(start, stop, slack, gains): what starts at s in [start, stop) is done slack + gains · (s − start) seconds before its deadline,
after it where that is negative. The gains are 1, 0 or −1."""


class Hours:
    """The open windows of a clock with the service seconds before each: what courses are pushed through.

    zone: in whose days the hours were written; empty for those of UTC.
    """

    def __init__(self, clock: Clock, zone: str = "") -> None:
        self.clock = clock
        self.zone = zone
        self.opens = clock.opens
        self.closes = clock.closes
        lengths = (stop - start for start, stop in zip(clock.opens, clock.closes, strict=True))
        self.before = list(accumulate(lengths, initial=0))
        self._within: dict[Hours, bool] = {}
        self._between: dict[tuple[int, ...], tuple[tuple | None, ...]] = {}

    def within(self, other: Hours) -> bool:
        """Whether the other hours are known for at least the same time, and open whenever these are."""
        if self is other:
            return True
        if other not in self._within:
            known = other.clock.first <= self.clock.first and self.clock.last <= other.clock.last
            self._within[other] = known and all(map(other._spans, self.opens, self.closes))
        return self._within[other]

    def between(self, edges: tuple[int, ...]) -> tuple[tuple | None, ...]:
        """From each edge to the next: how long that is, and which of its seconds are open; None where that is not known."""
        if edges not in self._between:
            self._between[edges] = tuple(self._open(start, stop) for start, stop in pairwise(edges))
        return self._between[edges]

    def _open(self, start: int, stop: int) -> tuple | None:
        if start < self.clock.first or stop > self.clock.last:
            return None
        windows = starts(self, start, stop)
        return stop - start, *((begin - start, end - start) for begin, end, _, _ in windows)

    def _spans(self, start: int, stop: int) -> bool:
        """Whether these hours are open from start to stop without a break."""
        window = bisect_right(self.opens, start) - 1
        return window >= 0 and stop <= self.closes[window]


class Step(NamedTuple):
    """A budget that is counted in ``hours``: service seconds, or days."""

    hours: Hours
    budget: Budget

    def due(self, start: int) -> int:
        """When the budget of something that started then is used up; ClockError if that cannot be told."""
        return self.hours.clock.due(start, self.budget)


def starts(hours: Hours, first: int, last: int) -> Course:
    """Every second of the open hours in [first, last), done as it starts."""
    windows = range(bisect_right(hours.closes, first), bisect_left(hours.opens, last))
    spans = ((max(hours.opens[one], first), min(hours.closes[one], last)) for one in windows)
    return [(start, stop, start, 1) for start, stop in spans]


def through(course: Course, step: Step) -> Course:
    """What the course becomes when the step begins as soon as the course is done; nothing of it lies before the
    horizon of the step's clock. It ends before the first start for which that horizon is too short to tell.
    """
    hours, seconds = step
    if isinstance(seconds, Days):
        return _through_days(course, hours, seconds)
    opens, closes, before = hours.opens, hours.closes, hours.before
    windows = len(opens)
    window = into = 0  # the window at or after which the step begins, and the one in which it ends
    pushed: Course = []
    for start, stop, at, slope in course:
        shift = start - at
        end = at + stop - start if slope else at + 1
        while at < end:
            while window < windows and closes[window] <= at:
                window += 1
            if window == windows:
                return pushed
            rises = at >= opens[window]
            served = before[window] + seconds + (at - opens[window] if rises else 0)
            if seconds:
                while into < windows and before[into + 1] < served:
                    into += 1
                if into == windows:
                    return pushed
            else:
                into = window
            done = opens[into] + served - before[into]
            if not slope:
                pushed.append((start, stop, done, 0))
                break
            # Up to the edge at which the step begins to behave differently: of either window, or the piece's.
            until = opens[window]
            if rises:
                until, ended = closes[window], at + before[into + 1] - served + 1
                until = ended if ended < until else until
            until = end if end < until else until
            pushed.append((at + shift, until + shift, done, int(rises)))
            at = until
    return pushed


def _through_days(course: Course, hours: Hours, budget: Days) -> Course:
    """``through`` for a step in days: all that starts on one day is done as the hours of the last one close."""
    days = hours.clock.days
    pushed: Course = []
    day, ends = 0, days.ends
    for start, stop, at, slope in course:
        shift = start - at
        end = at + stop - start if slope else at + 1
        while at < end:
            while day < len(ends) and ends[day] <= at:
                day += 1
            if day == len(ends) or (last := days.last(day, budget)) >= len(ends):
                return pushed
            if not slope:
                pushed.append((start, stop, ends[last], 0))
                break
            until = min(ends[day], end)
            pushed.append((at + shift, until + shift, ends[last], 0))
            at = until
    return pushed


def latest(courses: Iterable[Course]) -> Course:
    """The course that is done when the last of the courses is; it ends as the first of them ends."""
    first, *others = courses
    for other in others:
        first = _joined(_later(pairs(first, other)))
    return first


def pairs(one: Course, other: Course) -> list[Pair]:
    """Both courses, cut so that each is linear in every part; as far as both go."""
    found: list[Pair] = []
    pieces, others = iter(one), iter(other)
    piece, others_piece = next(pieces, None), next(others, None)
    while piece and others_piece:
        start, stop, done, slope = piece
        other_start, other_stop, other_done, other_slope = others_piece
        first = start if start > other_start else other_start
        last = stop if stop < other_stop else other_stop
        if first < last:
            done += slope * (first - start)
            found.append(
                (first, last, done, slope, other_done + other_slope * (first - other_start), other_slope)
            )
        if stop == last:
            piece = next(pieces, None)
        if other_stop == last:
            others_piece = next(others, None)
    return found


def slacks(deadlines: Course, done: Course) -> list[Slack]:
    """The time from when each start is done to its deadline, in parts in which it is linear; as far as both go."""
    found: list[Slack] = []
    pieces, others = iter(deadlines), iter(done)
    piece, other = next(pieces, None), next(others, None)
    while piece and other:
        start, stop, due, slope = piece
        other_start, other_stop, end, other_slope = other
        if start < other_start:
            first = other_start
            due += slope * (first - start)
        else:
            first = start
            end += other_slope * (first - other_start)
        if stop < other_stop:
            last = stop
            piece = next(pieces, None)
        else:
            last = other_stop
            other = next(others, None)
            if stop == last:
                piece = next(pieces, None)
        if first < last:
            found.append((first, last, due - end, slope - other_slope))
    return found


def _joined(pieces: Iterable[Piece]) -> Course:
    """The pieces, those that go on as the one before did made one with it."""
    course: Course = []
    goes_on = None
    for piece in pieces:
        start, stop, done, slope = piece
        if (start, done, slope) == goes_on:
            began, _, done_before, _ = course[-1]
            course[-1] = (began, stop, done_before, slope)
        else:
            course.append(piece)
        goes_on = (stop, done + slope * (stop - start), slope)
    return course


def _later(courses: Iterable[Pair]) -> Iterator[Piece]:
    """The later of two courses, cut where one overtakes the other."""
    for start, stop, done, slope, other_done, other_slope in courses:
        ahead, gains = done - other_done, slope - other_slope
        crossing = start - ahead * gains  # slopes differ by one at most: so many seconds to go
        if start < crossing < stop and gains:
            if ahead > 0:
                yield start, crossing, done, slope
                yield crossing, stop, done + slope * (crossing - start), other_slope
            else:
                yield start, crossing, other_done, other_slope
                yield crossing, stop, done + slope * (crossing - start), slope
        elif ahead > 0 or (ahead == 0 and gains > 0):
            yield start, stop, done, slope
        else:
            yield start, stop, other_done, other_slope
