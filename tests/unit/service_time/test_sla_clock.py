"""The SLA clock for single times: reference values, budgets, pauses and refusals."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from clock_kit import HOUR, LUNCH, NIGHTS, OFFICE, OFFICE_CLOCK, at, clock_of

from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_terms import BudgetError, ClockError, HorizonError

# --- reference values ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "start", "stop", "hours"),
    [
        pytest.param(OFFICE_CLOCK, "2025-03-03 10:00", "2025-04-03 10:00", 184, id="a month"),
        pytest.param(OFFICE_CLOCK, "2025-03-03 08:00", "2025-03-03 18:00", 8, id="a day"),
        pytest.param(OFFICE_CLOCK, "2025-03-08 08:00", "2025-03-09 18:00", 0, id="a weekend"),
        pytest.param(clock_of(OFFICE, holidays=[date(2025, 5, 1)]),
                     "2025-04-30 16:00", "2025-05-02 10:00", 2, id="a holiday"),
        pytest.param(clock_of(LUNCH), "2025-03-03 11:00", "2025-03-03 15:00", 3, id="a lunch break"),
        pytest.param(clock_of(NIGHTS), "2025-03-03 20:00", "2025-03-05 03:00", 13, id="night shifts"),
    ],
)  # fmt: skip
def test_elapsed_and_due_give_the_reference_values(clock, start, stop, hours):
    assert clock.elapsed(at(start), at(stop)) == hours * HOUR
    if hours:
        assert clock.elapsed(at(start), clock.due(at(start), hours * HOUR)) == hours * HOUR


def test_around_the_clock_the_day_of_the_spring_change_has_23_hours():
    clock = ServiceHours.always("Europe/Berlin").compile(date(2025, 3, 1), date(2025, 4, 30))
    start, stop = at("2025-03-29 12:00", "Europe/Berlin"), at("2025-03-30 12:00", "Europe/Berlin")

    assert clock.elapsed(start, stop) == 23 * HOUR
    assert clock.due(start, 23 * HOUR) == stop


def test_a_budget_that_is_used_up_as_the_window_closes_is_due_at_the_close():
    assert OFFICE_CLOCK.due(at("2025-03-07 09:00"), 8 * HOUR) == at("2025-03-07 17:00")
    assert OFFICE_CLOCK.due(at("2025-03-07 09:00"), 8 * HOUR + 1) == at("2025-03-10 09:00:01")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2025-03-07 09:00", "2025-03-07 09:00"),
        ("2025-03-07 12:34:56", "2025-03-07 12:34:56"),
        ("2025-03-07 17:00", "2025-03-10 09:00"),
        ("2025-03-08 12:00", "2025-03-10 09:00"),
    ],
)
def test_budget_zero_is_due_at_the_next_open_instant(start, due):
    assert OFFICE_CLOCK.due(at(start), 0) == at(due)


def test_pauses_are_taken_off_the_elapsed_time_and_push_the_due_time():
    start, stop = at("2025-03-07 15:00"), at("2025-03-10 12:00")
    pauses = [
        (at("2025-03-10 09:30"), at("2025-03-10 10:30")),
        (at("2025-03-07 16:00"), at("2025-03-07 20:00")),
    ]

    assert OFFICE_CLOCK.elapsed(start, stop) == 5 * HOUR
    assert OFFICE_CLOCK.elapsed(start, stop, pauses) == 3 * HOUR
    assert OFFICE_CLOCK.due(start, 3 * HOUR, pauses) == stop


def test_a_pause_that_begins_when_the_budget_is_used_up_does_not_push_the_due_time():
    noon = at("2025-03-07 12:00")

    assert OFFICE_CLOCK.due(noon, HOUR, [(noon + HOUR, noon + 3 * HOUR)]) == noon + HOUR


def test_budget_zero_in_a_pause_is_due_when_the_pause_ends():
    noon = at("2025-03-07 12:00")

    assert OFFICE_CLOCK.due(noon, 0, [(noon - HOUR, noon + 60), (noon + 60, noon + 90)]) == noon + 90


def test_a_pause_may_reach_beyond_the_horizon():
    start = at("2025-12-31 12:00")

    assert OFFICE_CLOCK.elapsed(start, OFFICE_CLOCK.last, [(start + HOUR, at("2030-01-01"))]) == HOUR


def test_single_times_need_no_numpy():
    code = (
        "import sys; from datetime import date; from sm_planner.engine.service_time.service_hours import ServiceHours;"
        "clock = ServiceHours.always('UTC').compile(date(2026, 1, 1), date(2026, 1, 2));"
        "clock.elapsed(clock.first, clock.last); clock.due(clock.first, 60);"
        "sys.exit('numpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- refusals ------------------------------------------------------------------------------------------

NEVER = Clock(at("2025-01-01"), at("2026-01-01"), [])
NOON = at("2025-03-03 12:00")


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda c: c.elapsed(NOON, NOON - 1), ClockError,
         r"stop 1741003199 \(2025-03-03T11:59:59Z\) lies before start 1741003200"),
        (lambda c: c.elapsed(c.first - 1, NOON), HorizonError,
         r"start 1735689599 \(2024-12-31T23:59:59Z\) lies outside the horizon, 1735689600 .* to 1767225600"),
        (lambda c: c.elapsed(NOON, c.last + 1), HorizonError, "stop 1767225601 .* lies outside the horizon"),
        (lambda c: c.elapsed(NOON, 10**20), HorizonError, "stop 100000000000000000000 lies outside"),
        (lambda c: c.due(c.last + 1, 60), HorizonError, "start 1767225601 .* lies outside the horizon"),
        (lambda c: c.due(NOON, -5), ClockError, "budget -5 is negative"),
        (lambda c: c.due(c.last - 8 * HOUR, 2 * HOUR), BudgetError,
         "budget 7200 s from .*: 3600 s are missing in the horizon"),
        (lambda c: c.due(c.last, 0), BudgetError, "budget 0 s from .*: there is no opening left in the horizon"),
        (lambda c: c.due(NOON, HOUR, [(NOON + 60, c.last + 9)]), BudgetError, "3540 s are missing"),
        (lambda c: NEVER.due(NOON, 60), BudgetError, "there is no opening in the horizon, 1735689600"),
        (lambda c: NEVER.due(NOON, 0), BudgetError, "there is no opening in the horizon"),
        (lambda c: c.elapsed(NOON + 0.5, NOON), ClockError, r"start 1741003200.5 is not a whole number"),
        (lambda c: c.elapsed(NOON, "noon"), ClockError, "stop 'noon' is not a whole number of seconds"),
        (lambda c: c.elapsed([NOON], [NOON]), ClockError, r"start \[1741003200\] is not a whole number"),
        (lambda c: c.due(NOON, True), ClockError, "budget True is not a whole number of seconds"),
        (lambda c: c.elapsed(NOON, NOON, [(NOON, NOON - 1)]), ClockError, "pause stop 1741003199 .* lies before"),
        (lambda c: c.elapsed(NOON, NOON, [(NOON, None)]), ClockError, "pause stop None is not a whole number"),
        (lambda c: c.elapsed(NOON, NOON, [NOON]), ClockError, r"pauses \[1741003200\] are not a sequence"),
    ],
)  # fmt: skip
def test_what_a_clock_cannot_answer_is_refused_with_the_values(ask, error, message):
    with pytest.raises(error, match=message) as raised:
        ask(OFFICE_CLOCK)

    assert isinstance(raised.value, ValueError)
