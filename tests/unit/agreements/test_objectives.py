"""How far an objective has come."""

from datetime import date

import pytest

from sm_planner.engine.agreements.objectives import Progress, State, progress
from sm_planner.engine.model import Measurement, Objective

TODAY = date(2026, 7, 1)


def objective(*measurements: tuple[date, float], **fields) -> tuple[Objective, list[Measurement]]:
    given = {"baseline": 10.0, "target": 2.0, **fields}
    return Objective(id="o", **given), [Measurement(day=day, value=value) for day, value in measurements]


@pytest.mark.parametrize("value", [2, 1])
def test_the_target_is_reached_at_it_and_beyond(value):
    found = progress(*objective((TODAY, value), due=date(2026, 6, 1)), TODAY)
    assert found.state is State.REACHED
    assert found.share == 100 * (10 - value) / 8


def test_the_latest_measurement_up_to_today_counts_in_whatever_order_they_stand():
    measured = (date(2026, 6, 1), 6.0), (date(2026, 3, 1), 8.0), (date(2026, 7, 2), 2.0)
    assert progress(*objective(*measured), TODAY) == Progress(
        State.ON_TRACK, Measurement(day=date(2026, 6, 1), value=6.0), 50.0
    )


def test_things_can_have_become_worse():
    assert progress(*objective((TODAY, 12)), TODAY).share == -25


@pytest.mark.parametrize(("value", "state"), [(6.0, State.ON_TRACK), (6.1, State.BEHIND)])
def test_it_is_behind_if_less_of_the_way_than_of_the_time_had_passed_when_it_was_measured(value, state):
    period = {"baseline_date": date(2026, 1, 1), "due": date(2026, 12, 31)}  # half of 364 days at 2 July
    measured = objective((date(2026, 7, 2), value), **period)
    assert progress(*measured, date(2026, 12, 1)).state is state


def test_after_the_due_day_it_is_overdue_measured_or_not():
    due = date(2026, 6, 30)
    assert progress(*objective((TODAY, 3), due=due), TODAY).state is State.OVERDUE
    assert progress(*objective(due=due), TODAY) == Progress(State.OVERDUE)
    assert progress(*objective(due=TODAY), TODAY) == Progress(State.NOT_MEASURED)


@pytest.mark.parametrize("fields", [{"baseline": None}, {"target": None}, {"target": 10.0}])
def test_without_a_way_to_go_nothing_can_be_said(fields):
    assert progress(*objective((TODAY, 3), **fields), TODAY) == Progress(State.NOT_MEASURABLE)
