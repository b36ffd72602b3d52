"""The SLA clock for arrays: both tables, all chunks, what mixes, and refusals with index and count."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from clock_kit import HOUR, LUNCH, NIGHTS, OFFICE_CLOCK, at, clock_of

from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_arrays import CHUNK
from sm_planner.engine.service_time.sla_clock_tables import Edges, Grid
from sm_planner.engine.service_time.sla_clock_terms import BudgetError, ClockError, HorizonError, Pauses

NEVER = Clock(at("2025-01-01"), at("2026-01-01"), [])
NOON = at("2025-03-03 12:00")


def batch(clock: Clock, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Random starts, stops and budgets, the first of them at the edges of the clock's windows."""
    random = np.random.default_rng(20_260_101)
    latest = clock.last - 100 * 86_400
    starts = random.integers(clock.first, latest, size)
    edges = [edge + near for edge in (*clock.opens[:50], *clock.closes[:50]) for near in (-1, 0, 1)]
    edges = [edge for edge in edges if clock.first <= edge <= latest]
    starts[: len(edges)] = edges
    return starts, starts + random.integers(0, 60 * 86_400, size), random.integers(0, 50 * HOUR, size)


@pytest.mark.parametrize(
    ("clock", "kind"),
    [
        pytest.param(clock_of(LUNCH, "Europe/Berlin"), Grid, id="hours"),
        pytest.param(clock_of(NIGHTS, "Australia/Lord_Howe"), Grid, id="half hours"),
        pytest.param(clock_of({"monday": ["08:10-17:25"]}, "Asia/Kolkata"), Grid, id="five minutes"),
        pytest.param(clock_of({"monday": ["09:00:01-16:59:58"]}, "America/New_York"), Edges, id="seconds"),
        pytest.param(
            ServiceHours.always("UTC").compile(date(2024, 1, 1), date(2024, 12, 31)), Grid, id="always"
        ),
    ],
)
def test_both_tables_and_all_chunks_of_a_batch_agree_with_single_times(clock, kind):
    starts, stops, budgets = batch(clock, CHUNK + 500)
    some = [*range(300), *range(CHUNK - 100, CHUNK + 100)]

    elapsed, due = clock.elapsed(starts, stops), clock.due(starts, budgets)

    assert type(clock.table) is kind
    for i in some:
        assert elapsed[i] == clock.elapsed(int(starts[i]), int(stops[i]))
        assert due[i] == clock.due(int(starts[i]), int(budgets[i]))


def test_numbers_and_arrays_mix_and_numpys_numbers_are_single_times():
    starts = np.array([at("2025-03-03 10:00"), at("2025-03-04 16:00")])

    due = OFFICE_CLOCK.due(starts, 4 * HOUR)

    assert due.tolist() == [at("2025-03-03 14:00"), at("2025-03-05 12:00")]
    assert OFFICE_CLOCK.elapsed(int(starts[0]), due).tolist() == [4 * HOUR, 18 * HOUR]
    assert OFFICE_CLOCK.due(starts[0], np.int32(4 * HOUR)) == due[0]


def test_arrays_may_be_empty_and_need_not_be_contiguous():
    starts = np.arange(at("2025-03-03 00:00"), at("2025-03-04 00:00"))

    assert OFFICE_CLOCK.elapsed(starts[:0], starts[:0]).tolist() == []
    assert OFFICE_CLOCK.due(starts[:0], 60).tolist() == []
    assert OFFICE_CLOCK.elapsed(starts[::-2], starts[-1]).max() == 8 * HOUR
    assert OFFICE_CLOCK.due(starts[::-2], 60).tolist() == OFFICE_CLOCK.due(starts, 60)[::-2].tolist()


THREE = np.array([NOON, NOON + HOUR, NOON + 2 * HOUR])


def pauses_of(*rows: tuple[int, int, int]) -> Pauses:
    return Pauses(*np.array(rows).T)


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda c: c.elapsed(THREE, NOON + HOUR - 1), ClockError,
         r"stop 1741006799 .* lies before start 1741006800 .* \(index 1, the first of 2 among 3\)"),
        (lambda c: c.elapsed(THREE, THREE + [0, 0, 10**9]), HorizonError, r"stop 27.*horizon.* \(index 2, the first of 1"),
        (lambda c: c.elapsed(THREE - [10**9, 0, 10**9], THREE), HorizonError, r"start 741003200 .*\(index 0, the first of 2"),
        (lambda c: c.due(THREE + 10**9, 60), HorizonError, r"start .* lies outside .* \(index 0, the first of 3 among 3\)"),
        (lambda c: c.due(THREE, np.array([0, -1, -2])), ClockError, r"budget -1 is negative \(index 1, the first of 2"),
        (lambda c: c.due(THREE, np.array([0, 10**9, 2**63 - 1])), BudgetError,
         r"budget 1000000000 s .* s are missing in the horizon, .* \(index 1, the first of 2 among 3\)"),
        (lambda c: c.due(THREE, 60, pauses_of((2, NOON, c.last))), BudgetError, r"60 s are missing .*\(index 2, the first of 1"),
        (lambda c: NEVER.due(THREE, 0), BudgetError, r"there is no opening in .* \(index 0, the first of 3 among 3\)"),
        (lambda c: c.elapsed(THREE * 1.0, THREE), ClockError, "start is an array of float64, not of int64"),
        (lambda c: c.elapsed(THREE, THREE > 0), ClockError, "stop is an array of bool"),
        (lambda c: c.elapsed(THREE, THREE.astype("M8[s]")), ClockError, r"stop is an array of datetime64\[s\]"),
        (lambda c: c.elapsed(THREE, THREE[:2]), ClockError, r"of one length, not {'start': \(3,\), 'stop': \(2,\)}"),
        (lambda c: c.due(THREE.reshape(1, 3), 60), ClockError, "arrays are one-dimensional"),
        (lambda c: c.elapsed(THREE, THREE, [(NOON, NOON)]), ClockError, r"given as Pauses\(ticket, start, stop\), not \["),
        (lambda c: c.elapsed(THREE, THREE, pauses_of((0, 1, 2), (3, 1, 2))), ClockError,
         r"pause ticket 3 is no index of 3 tickets \(index 1, the first of 1 among 2\)"),
        (lambda c: c.due(THREE, 60, pauses_of((0, 2, 1), (1, 3, 1))), ClockError,
         r"pause stop 1 .* lies before pause start 2 .* \(index 0, the first of 2 among 2\)"),
    ],
)  # fmt: skip
def test_what_a_clock_cannot_answer_for_an_array_is_refused_with_the_first_index_and_the_count(
    ask, error, message
):
    with pytest.raises(error, match=message):
        ask(OFFICE_CLOCK)
