"""The SLA clock against an oracle that counts second by second; arrays against single times."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_tables import MOST_CELLS
from sm_planner.engine.service_time.sla_clock_terms import BudgetError, Pauses

SPAN = 120  # seconds of an oracle's day
seconds = st.integers(0, SPAN)
intervals = st.tuples(seconds, seconds).map(sorted).map(tuple)
pause_lists = st.lists(intervals, max_size=4)


@st.composite
def clocks(draw):
    """A clock with random windows in [0, SPAN], and the second-by-second truth about it.

    Windows on a wide grid, on one of single seconds, or none; far horizons make the grid too large.
    """
    step = draw(st.sampled_from([1, 1, 6, 30]))
    edges = sorted(draw(st.sets(st.integers(0, SPAN // step), max_size=10)))
    windows = [(a * step, b * step) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    last = draw(st.sampled_from([SPAN, SPAN + 1, 40 * MOST_CELLS]))
    return Clock(0, last, windows), [any(a <= second < b for a, b in windows) for second in range(SPAN)]


def running(is_open: list[bool], start: int, pauses: list[tuple[int, int]]) -> list[int]:
    """The seconds since ``start`` that count, one by one."""
    return [
        second
        for second in range(start, SPAN)
        if is_open[second] and not any(a <= second < b for a, b in pauses)
    ]


@settings(max_examples=300, deadline=None)
@given(clocks(), intervals, pause_lists)
def test_elapsed_is_the_number_of_seconds_that_count(clock_and_truth, interval, pauses):
    clock, is_open = clock_and_truth
    start, stop = interval

    expected = sum(second < stop for second in running(is_open, start, pauses))

    assert clock.elapsed(start, stop, pauses) == expected
    if not pauses:
        assert clock.elapsed(start, stop) == expected


@settings(max_examples=300, deadline=None)
@given(clocks(), seconds, st.integers(0, 40), pause_lists)
def test_due_is_the_end_of_the_last_second_that_counts(clock_and_truth, start, budget, pauses):
    clock, is_open = clock_and_truth
    counting = running(is_open, start, pauses)

    if len(counting) < max(budget, 1):
        with pytest.raises(BudgetError):
            clock.due(start, budget, pauses)
    else:
        expected = counting[budget - 1] + 1 if budget else counting[0]
        assert clock.due(start, budget, pauses) == expected


@settings(max_examples=150, deadline=None)
@given(clocks(), st.lists(st.tuples(intervals, pause_lists), max_size=8), st.randoms(use_true_random=False))
def test_arrays_get_the_answers_of_single_times(clock_and_truth, tickets, random):
    clock, _ = clock_and_truth
    starts = np.array([start for (start, _), _ in tickets], np.int64)
    stops = np.array([stop for (_, stop), _ in tickets], np.int64)
    rows = [(ticket, *pause) for ticket, (_, pauses) in enumerate(tickets) for pause in pauses]
    random.shuffle(rows)
    pauses = Pauses(*np.array(rows, np.int64).reshape(-1, 3).T)

    elapsed = clock.elapsed(starts, stops, pauses)

    assert elapsed.dtype == np.int64
    assert elapsed.tolist() == [clock.elapsed(*interval, own) for interval, own in tickets]
    assert clock.elapsed(starts, stops).tolist() == [clock.elapsed(*interval) for interval, _ in tickets]


@settings(max_examples=150, deadline=None)
@given(
    clocks(),
    st.lists(st.tuples(seconds, st.integers(0, 20), pause_lists), max_size=8),
    st.randoms(use_true_random=False),
)
def test_due_arrays_get_the_answers_or_the_refusal_of_single_times(clock_and_truth, tickets, random):
    clock, _ = clock_and_truth
    rows = [(ticket, *pause) for ticket, (_, _, pauses) in enumerate(tickets) for pause in pauses]
    random.shuffle(rows)
    pauses = Pauses(*np.array(rows, np.int64).reshape(-1, 3).T)
    starts, budgets = (np.array([ticket[k] for ticket in tickets], np.int64) for k in (0, 1))

    expected, refusals = [], []
    for index, (start, budget, own) in enumerate(tickets):
        try:
            expected.append(clock.due(start, budget, own))
        except BudgetError as error:
            refusals.append((index, str(error)))

    if refusals:
        index, message = refusals[0]
        with pytest.raises(BudgetError) as raised:
            clock.due(starts, budgets, pauses)
        where = f"(index {index}, the first of {len(refusals)} among {len(tickets)})"
        assert str(raised.value) == f"{message} {where}"
    else:
        assert clock.due(starts, budgets, pauses).tolist() == expected
