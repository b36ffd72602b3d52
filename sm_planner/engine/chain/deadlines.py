"""Two promises beside each other: does one always fall due no later than the other?

Figures can only be compared where both count in the same hours. Else it takes the clocks: each deadline is a
course of its start (see :mod:`sm_planner.engine.chain.course`), and the ends of their common pieces decide about
every second.
"""

from __future__ import annotations

from typing import NamedTuple

from sm_planner.engine.chain.course import Step, pairs, starts, through
from sm_planner.engine.service_time.sla_clock_terms import ClockError


class Overtaking(NamedTuple):
    """A start in Unix seconds, and when the two promises made there fall due."""

    start: int
    first_due: int
    second_due: int


def worst_overtaking(first: Step, second: Step, end: int) -> Overtaking | None:
    """The earliest start from which the first promise falls due the longest time after the second.

    None if it never does. Starts are all seconds before ``end`` in which the first promise's clock runs and
    from which both budgets are met in the horizons of their clocks. Raises ClockError if there is none.
    """
    begin = max(step.hours.clock.first for step in (first, second))
    begun = starts(first.hours, begin, end)
    dues = [
        Overtaking(start + after, due + after * slope, other_due + after * other_slope)
        for start, stop, due, slope, other_due, other_slope in pairs(
            through(begun, first), through(begun, second)
        )
        for after in (0, stop - start - 1)
    ]
    if not dues:
        raise ClockError("there is no start from which both deadlines can be counted")
    worst = max(dues, key=lambda due: due.first_due - due.second_due)
    return worst if worst.first_due > worst.second_due else None
