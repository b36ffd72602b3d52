"""What was spent on improvements, how far they came, and which of them nobody wants done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.improvements.results import reached, reports, spent
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.improvements import ProgressReport
from sm_planner.engine.model.vocabulary import IMPROVEMENT_KINDS, IMPROVEMENT_STATES

TODAY = date(2027, 5, 10)
ACTION = Improvement(id="a", title="A")


def report(day: date | None, days: float | None = None, of: str = "a") -> ProgressReport:
    return ProgressReport(improvement=of, day=day, note="Done.", effort_days=days)


def plan_of(*facts: ProgressReport) -> Plan:
    return Plan(id="p", improvements=(ACTION,), progress_reports=facts)


def test_the_reports_up_to_today_are_told_the_oldest_first():
    first, last = report(date(2027, 4, 1), 2), report(TODAY, 1.5)
    plan = plan_of(last, report(date(2027, 5, 11), 9), report(TODAY, 9, of="b"), first, report(None, 9))

    assert reports(plan, ACTION, TODAY) == (first, last)
    assert spent(plan, ACTION, TODAY) == 3.5


def test_what_no_report_says_is_not_known_and_nought_is_something():
    assert spent(plan_of(report(TODAY)), ACTION, TODAY) is None
    assert spent(plan_of(report(TODAY), report(date(2027, 5, 1), 0)), ACTION, TODAY) == 0
    assert reports(plan_of(), ACTION, TODAY) == ()


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [
        (0, 40, 40, 100),
        (0, 40, 10, 25),
        (14, 4, 9, 50),  # less is better
        (14, 4, 16, -20),
        (0, 40, 50, 125),
        (8, 8, 8, 100),
        (8, 8, 9, None),
        (None, 8, 9, None),
        (8, None, 9, None),
        (8, 9, None, None),
    ],
)
def test_the_share_of_the_way_that_was_gone(baseline, target, actual, expected):
    one = Improvement(id="a", benefit_baseline=baseline, benefit_target=target, benefit_actual=actual)

    assert reached(one) == expected


@given(baseline=st.integers(-100, 100), target=st.integers(-100, 100))
def test_the_target_is_all_of_the_way_and_the_baseline_none(baseline, target):
    def at(actual: float) -> float | None:
        return reached(
            Improvement(id="a", benefit_baseline=baseline, benefit_target=target, benefit_actual=actual)
        )

    assert at(target) == 100
    assert at(baseline) == (100 if baseline == target else 0)


def test_what_is_rejected_or_only_suggested_is_no_action():
    left = {
        (kind, status)
        for kind in IMPROVEMENT_KINDS
        for status in IMPROVEMENT_STATES
        if not Improvement(id="a", kind=kind, status=status).is_taken_up
    }

    assert left == {("Suggestion", "New"), *((kind, "Rejected") for kind in IMPROVEMENT_KINDS)}


def test_what_is_closed_or_rejected_is_not_open():
    assert {one for one in IMPROVEMENT_STATES if not Improvement(id="a", status=one).is_open} == {
        "Closed",
        "Rejected",
    }
