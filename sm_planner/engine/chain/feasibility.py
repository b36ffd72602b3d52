"""Whether a sequence of budgets always ends before a promised one: decided for every second at once.

The starts are all seconds of the open hours of the promise. Each is done when it has gone through the stages
one after the other; in a stage with several branches the latest counts. The slack of a start is the time from
when it is done to its deadline. It is linear between the edges of all hours and their pre-images through the
steps, so the ends of these pieces decide, and the late seconds of a piece can be counted (see ``course``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sm_planner.engine.chain.course import Course, Hours, Step, latest, pairs, starts, through
from sm_planner.engine.sla_clock import ClockError

Branch = tuple[Step, ...]
"""Steps one after the other."""

Stage = tuple[Branch, ...]
"""Branches side by side: the stage is done when the latest is."""


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


def solve(promise: Step, stages: Iterable[Stage], first: int, last: int) -> Solution | None:
    """The solution for the starts in [first, last), or None where there is none whose end can be told.

    Takes time in proportion to the windows of all hours in the horizon, times the steps.
    """
    stages = simplified(stages)
    hours = {promise.hours, *(step.hours for stage in stages for branch in stage for step in branch)}
    first = max([first, *(of_step.clock.first for of_step in hours)])
    begun = starts(promise.hours, first, last)
    deadlines = through(begun, promise)
    done = begun
    for stage in stages:
        done = latest([_along(done, branch) for branch in stage])
    if not deadlines or not done:
        return None
    told = min(deadlines[-1].stop, done[-1].stop)
    return _judged(deadlines, done, first, told if told < begun[-1].stop else last)


def _along(course: Course, branch: Branch) -> Course:
    for step in branch:
        course = through(course, step)
    return course


def _judged(deadlines: Course, done: Course, first: int, last: int) -> Solution:
    counted = late = 0
    worst_start, worst_slack = 0, None
    for pair in pairs(deadlines, done):
        length = pair.stop - pair.start
        slack, slope = pair.one - pair.other, pair.one_slope - pair.other_slope
        end_slack = slack + slope * (length - 1)
        counted += length
        if slack < 0 and end_slack < 0:
            late += length
        elif slack < 0 or end_slack < 0:
            late += -min(slack, end_slack)  # it changes by one a second
        least = min(slack, end_slack)
        if worst_slack is None or least < worst_slack:
            worst_slack = least
            worst_start = pair.start if slack == least else pair.stop - 1
    return Solution(first, last, counted, late, worst_start, worst_slack)


def simplified(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages that are done at the same times, with fewer steps.

    Steps that follow each other in the same hours are one; of branches that run in the same hours step by
    step, those that have no longer budget anywhere than another are left out.
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
        if joined and joined[-1].hours is step.hours and step.seconds:
            joined[-1] = Step(step.hours, joined[-1].seconds + step.seconds)
        else:
            joined.append(step)
    return iter(joined)


def _undominated(branches: set[Branch]) -> Stage:
    alike: dict[tuple[Hours, ...], set[tuple[int, ...]]] = {}
    for branch in branches:
        alike.setdefault(tuple(step.hours for step in branch), set()).add(
            tuple(step.seconds for step in branch)
        )
    kept: list[Branch] = []
    for hours, budgets in alike.items():
        longest: list[tuple[int, ...]] = []
        for seconds in sorted(budgets, reverse=True):
            if not any(all(a >= b for a, b in zip(other, seconds, strict=True)) for other in longest):
                longest.append(seconds)
        kept += [tuple(map(Step, hours, seconds)) for seconds in longest]
    return tuple(kept)


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


def largest_budget(
    promise: Step, stages: Callable[[int], Iterable[Stage]], seconds: int, solution: Solution
) -> int | None:
    """The largest budget of one leg, in seconds, with which no start is late; None if not even 0 would do.

    stages: the stages with that leg's budget in seconds. seconds: the budget it has, with which ``solution``
    was found. Each round takes the largest budget that would save the worst start, and looks for a start that
    is still late with it.
    """
    while solution.late:
        deadline = promise.due(solution.worst_start)
        if not _in_time(stages(0), solution.worst_start, deadline):
            return None
        enough, seconds = 0, seconds
        while seconds - enough > 1:
            middle = (enough + seconds) // 2
            if _in_time(stages(middle), solution.worst_start, deadline):
                enough = middle
            else:
                seconds = middle
        seconds = enough
        solution = solve(promise, stages(seconds), solution.first, solution.last)
    return seconds


def _in_time(stages: Iterable[Stage], start: int, deadline: int) -> bool:
    try:
        return end_of(stages, start) <= deadline
    except ClockError:  # later than the horizon, in which the deadline lies
        return False
