"""Two deadlines beside each other, against a look at every second."""

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.chain.course import Hours, Step
from sm_planner.engine.chain.deadlines import Overtaking, worst_overtaking
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_terms import ClockError

LAST = 60


def hours(edges: list[int]) -> Hours:
    """Hours over [0, LAST] that open and close in turn at the edges."""
    return Hours(Clock(0, LAST, list(zip(edges[::2], edges[1::2], strict=False))))


openings = st.lists(st.integers(0, LAST), min_size=2, max_size=8, unique=True).map(sorted).map(hours)
promises = st.builds(Step, openings, st.integers(0, 25))


def every_second(first: Step, second: Step, end: int) -> list[Overtaking]:
    found = []
    for start in range(end):
        try:
            dues = [promise.due(start) for promise in (first, second)]
        except ClockError:
            continue
        if first.hours.clock.elapsed(start, start + 1):
            found.append(Overtaking(start, *dues))
    return found


@given(promises, promises, st.integers(1, LAST))
def test_the_worst_start_is_as_bad_as_the_worst_of_all_seconds(first, second, end):
    dues = every_second(first, second, end)
    if not dues:
        with pytest.raises(ClockError, match="no start from which both deadlines can be counted"):
            worst_overtaking(first, second, end)
        return
    worst = worst_overtaking(first, second, end)
    most = max(due.first_due - due.second_due for due in dues)
    if most <= 0:
        assert worst is None
    else:
        assert worst in dues
        assert worst.first_due - worst.second_due == most


def test_the_same_figure_in_shorter_hours_is_overtaken_at_the_end_of_a_window():
    short, long = hours([10, 20, 40, 50]), hours([10, 30, 40, 50])
    assert worst_overtaking(Step(short, 5), Step(long, 5), LAST) == Overtaking(16, 41, 21)
    assert worst_overtaking(Step(long, 5), Step(short, 5), LAST) is None
