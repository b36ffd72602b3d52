"""Courses: the instant at which something is done, as a function of the instant at which it started.

A ticket starts at any whole second. Pushing it through a budget of service time gives a function that is
piecewise linear with jumps: it rises with its start while both the start and the end lie in open hours, and
stands still while the start lies in closed ones. ``through`` and ``latest`` work on such functions piece by
piece, so that they are exact at every second without looking at each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from sm_planner.engine.sla_clock import Clock


class Piece(NamedTuple):
    """Starts in [start, stop) are done at ``done`` + ``slope`` · (their start − ``start``); Unix seconds."""

    start: int
    stop: int
    done: int
    slope: int
    """1: a later start is done later; 0: all starts are done at one instant."""


Course = list[Piece]
"""Pieces in order of their starts; starts between them are none."""


class Hours:
    """The open windows of a clock with the service seconds before each: what courses are pushed through."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.opens = clock.opens
        self.closes = clock.closes
        lengths = (stop - start for start, stop in zip(clock.opens, clock.closes, strict=True))
        self.before = list(accumulate(lengths, initial=0))


class Step(NamedTuple):
    """A budget of ``seconds`` that is counted in ``hours``."""

    hours: Hours
    seconds: int

    def due(self, start: int) -> int:
        """When the budget of something that started then is used up; ClockError if that cannot be told."""
        return self.hours.clock.due(start, self.seconds)


def starts(hours: Hours, first: int, last: int) -> Course:
    """Every second of the open hours in [first, last), done as it starts."""
    windows = zip(hours.opens, hours.closes, strict=True)
    spans = ((max(opens, first), min(closes, last)) for opens, closes in windows)
    return [Piece(start, stop, start, 1) for start, stop in spans if start < stop]


def through(course: Course, step: Step) -> Course:
    """What the course becomes when the step begins as soon as the course is done.

    It ends before the first start for which the horizon of the step's clock is too short to tell.
    """
    pushed: Course = []
    for piece in course:
        for part in _parts(piece, step):
            if part is None:
                return pushed
            pushed.append(part)
    return pushed


def _parts(piece: Piece, step: Step) -> Iterator[Piece | None]:
    """The piece pushed through the step, cut where the step jumps or bends; None at the end of its horizon."""
    hours, seconds = step
    opens, closes, before = hours.opens, hours.closes, hours.before
    shift = piece.start - piece.done
    at = piece.done
    end = at + piece.stop - piece.start if piece.slope else at + 1
    window = bisect_right(closes, at)
    while at < end:
        if window == len(opens) or at < hours.clock.first:
            yield None
            return
        served = before[window] + max(at - opens[window], 0) + seconds
        into = bisect_left(before, served) - 1 if seconds else window
        if into >= len(opens):
            yield None
            return
        done = opens[into] + served - before[into]
        rises = at >= opens[window]
        # Up to the edge of the window at which the clock is, or of the one in which the budget is used up.
        until = (
            min(end, closes[window], at + before[into + 1] - served + 1) if rises else min(end, opens[window])
        )
        if piece.slope:
            yield Piece(at + shift, until + shift, done, int(rises))
        else:
            yield Piece(piece.start, piece.stop, done, 0)
        at = until
        if at == closes[window]:
            window += 1


def latest(courses: Iterable[Course]) -> Course:
    """The course that is done when the last of the courses is; it ends as the first of them ends."""
    first, *others = courses
    for other in others:
        first = [_later(pair) for pair in _crossed(first, other)]
    return first


class Pair(NamedTuple):
    """Two courses over the same starts [start, stop)."""

    start: int
    stop: int
    one: int
    one_slope: int
    other: int
    other_slope: int


def pairs(one: Course, other: Course) -> Iterator[Pair]:
    """Both courses, cut so that each is linear in every part; as far as both go."""
    parts, others = iter(one), iter(other)
    a, b = next(parts, None), next(others, None)
    while a and b:
        start, stop = max(a.start, b.start), min(a.stop, b.stop)
        if start < stop:
            yield Pair(
                start,
                stop,
                a.done + a.slope * (start - a.start),
                a.slope,
                b.done + b.slope * (start - b.start),
                b.slope,
            )
        if a.stop == stop:
            a = next(parts, None)
        if b.stop == stop:
            b = next(others, None)


def _crossed(one: Course, other: Course) -> Iterator[Pair]:
    """``pairs``, cut also where one course overtakes the other."""
    for pair in pairs(one, other):
        ahead, gains = pair.one - pair.other, pair.one_slope - pair.other_slope
        crossing = pair.start - ahead * gains  # slopes differ by 1 at most: that many seconds to go
        if gains and pair.start < crossing < pair.stop:
            step = crossing - pair.start
            yield pair._replace(stop=crossing)
            yield Pair(
                crossing,
                pair.stop,
                pair.one + step * pair.one_slope,
                pair.one_slope,
                pair.other + step * pair.other_slope,
                pair.other_slope,
            )
        else:
            yield pair


def _later(pair: Pair) -> Piece:
    last = pair.stop - pair.start - 1
    ends = pair.one + last * pair.one_slope, pair.other + last * pair.other_slope
    if (pair.one, ends[0]) >= (pair.other, ends[1]):
        return Piece(pair.start, pair.stop, pair.one, pair.one_slope)
    return Piece(pair.start, pair.stop, pair.other, pair.other_slope)
