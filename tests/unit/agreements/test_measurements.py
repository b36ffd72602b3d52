"""Periods, misses and reached values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.agreements.measurements import (
    GRACE,
    Period,
    period,
    periods_due,
    proposed_day,
    reached,
    results,
)
from sm_planner.engine.agreements.objectives import behind_in_a_row
from sm_planner.engine.model import (
    Agreement,
    AgreementTarget,
    Measurement,
    Objective,
    Plan,
    ValueStatement,
)
from sm_planner.engine.model.vocabulary import FREQUENCIES

ANY_FREQUENCY = st.sampled_from(FREQUENCIES)


@pytest.mark.parametrize(
    ("frequency", "day", "first", "last"),
    [
        ("Daily", date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("Weekly", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("Monthly", date(2028, 2, 1), date(2028, 2, 1), date(2028, 2, 29)),
        ("Monthly", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("Quarterly", date(2026, 11, 30), date(2026, 10, 1), date(2026, 12, 31)),
        ("Yearly", date(2026, 11, 30), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_a_period_of_the_calendar(frequency, day, first, last):
    assert period(frequency, day) == Period(first, last)


@given(ANY_FREQUENCY, st.dates())
def test_every_day_lies_in_its_period_and_all_days_of_a_period_share_it(frequency, day):
    one = period(frequency, day)

    assert day in one
    assert period(frequency, one.first) == period(frequency, one.last) == one


@given(ANY_FREQUENCY, st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_periods_that_are_due_follow_on_each_other_and_had_their_grace(frequency, today, since, until):
    due = periods_due(frequency, today, 3, since, until)

    assert len(due) <= 3
    assert all(one.last + timedelta(days=GRACE[frequency]) < today for one in due)
    assert all(
        later.first - timedelta(days=1) == earlier.last for later, earlier in zip(due, due[1:], strict=False)
    )
    assert all((since is None or since <= one.first) and (until is None or one.last <= until) for one in due)


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 6, 14), date(2026, 4, 30)), (date(2026, 6, 15), date(2026, 5, 31))],
)
def test_the_figures_of_a_month_are_asked_for_after_two_weeks(today, last):
    assert periods_due("Monthly", today, 2)[0].last == last


@pytest.mark.parametrize(
    ("frequency", "day"),
    [
        ("Monthly", date(2026, 2, 28)),
        ("Quarterly", date(2025, 12, 31)),
        ("Weekly", date(2026, 2, 22)),
        ("", date(2026, 3, 1)),
    ],
)
def test_the_last_day_of_the_period_that_is_over_is_proposed(frequency, day):
    assert proposed_day(frequency, date(2026, 3, 1)) == day


def of_target(day: int, value: float) -> Measurement:
    return Measurement(agreement="sla", metric="Resolution", day=date(2026, 5, day), value=value)


def test_a_target_tells_its_latest_measurement_and_its_misses_in_a_row_up_to_a_day():
    target = AgreementTarget(metric="Resolution", value=4, unit="Hours")
    unclear = AgreementTarget(metric="Quality", value=4, unit="Hours")
    sla = Agreement(id="sla", kind="SLA", targets=(target, unclear))
    facts = (of_target(5, 9), of_target(1, 5), of_target(2, 4), of_target(3, 5), of_target(4, 6))
    plan = Plan(id="p", agreements=(sla,), measurements=facts)

    told, untold = results(plan, sla, date(2026, 5, 4))

    assert told.latest == of_target(4, 6)
    assert (told.is_kept, len(told.measured), len(told.missed), told.missed_in_a_row) == (False, 4, 3, 2)
    assert (untold.latest, untold.is_kept, untold.missed, untold.missed_in_a_row) == (None, None, (), 0)


def test_an_objective_that_caught_up_is_not_behind_in_a_row():
    objective = Objective(
        id="o", baseline=0, target=100, baseline_date=date(2026, 1, 1), due=date(2026, 12, 31)
    )
    rows = [
        Measurement(objective="o", day=date(2026, month, 1), value=value)
        for month, value in ((3, 1), (4, 90), (5, 2), (6, 3))
    ]

    assert behind_in_a_row(objective, rows, date(2026, 6, 1)) == 2
    assert behind_in_a_row(objective, rows, date(2026, 4, 30)) == 0


def test_a_value_is_known_by_its_words_however_long_they_are():
    value = ValueStatement(statement="Less  waiting, " + "and more, " * 30)
    fact = Measurement(
        value_statement=f"less waiting, {'and more, ' * 30}"[:138], day=date(2026, 5, 1), value=7
    )
    other = Measurement(value_statement="Less", day=date(2026, 5, 2), value=8)
    plan = Plan(id="p", value_statements=(value,), measurements=(fact, other))

    assert reached(plan, value, date(2026, 5, 3)) is None
    whole = Measurement(
        value_statement="less waiting, " + ("and more, " * 30)[:126].rstrip(), day=date(2026, 5, 1), value=7
    )
    assert reached(Plan(id="p", measurements=(other, whole)), value, date(2026, 5, 3)) == whole
    assert reached(Plan(id="p", measurements=(whole,)), value, date(2026, 4, 30)) is None


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("{day: 2026-05-31, value: 1}", "5: The measurement is about nothing."),
        (
            "{objective: calls, value_statement: Fewer calls, day: 2026-05-31, value: 1}",
            "17: The measurement is about more than one thing.",
        ),
        ("{agreement: sla, day: 2026-05-31, value: 1}", "5: This is missing."),
        (
            "{agreement: sla, metric: Quality, day: 2026-05-31, value: -1}",
            "63: -1 is too small. Use 0 or more.",
        ),
    ],
)
def test_a_file_with_a_measurement_that_says_nothing_is_refused(fact, told):
    text = f"plan: {{id: p, title: P}}\nagreements:\n  - {{id: sla, kind: SLA}}\nmeasurements:\n  - {fact}\n"

    with pytest.raises(plan_file.PlanFileError) as refused:
        plan_file.loads(text, "plan.yaml")

    assert f"plan.yaml:5:{told}" in str(refused.value)


def test_a_kpi_may_be_below_zero():
    text = (
        "plan: {id: p, title: P}\nobjectives:\n  - {id: o, title: O}\n"
        "measurements:\n  - {objective: o, day: 2026-05-31, value: -1}\n"
    )

    assert plan_file.loads(text, "plan.yaml").measurements[0].value == -1
