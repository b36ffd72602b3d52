"""When value comes, when a plan has paid for itself, and why that is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model import Improvement, Measurement, Plan, ValueStatement
from sm_planner.engine.model.money import BudgetLine, Funding
from sm_planner.engine.money import benefits, course, total
from sm_planner.engine.money.costs import costs
from sm_planner.engine.money.request import funding_request

TODAY = date(2027, 2, 1)
VALUE = ValueStatement(statement="Fewer queues", money_a_year=1200, money_from=date(2027, 7, 1))
ONCE = BudgetLine(id="once", kind="One-off", amount=1000, start_date=date(2027, 1, 10))
EACH_MONTH = BudgetLine(id="run", kind="Running", interval="Month", amount=20, start_date=date(2027, 2, 1))
PLAN = Plan(id="p", horizon=date(2029, 12, 31), value_statements=(VALUE,), budget_lines=(ONCE, EACH_MONTH))


def test_what_it_takes_to_begin_and_to_run_until_value_comes():
    told = course(PLAN, TODAY)

    assert (told.begin, told.until_value) == (1000, 5 * 20)
    assert told.running == 35 * 20
    assert told.value_date == date(2027, 7, 1)
    assert told.brings == 30 * 100
    assert told.no_value_date is None


def test_it_has_paid_in_the_first_month_from_whose_end_on_nothing_is_missing():
    """1,000 once and 20 a month from February; 100 a month from July on, the first at the end of July."""
    told = course(PLAN, TODAY)

    by_month = {month.first: month.standing for month in told.months}
    assert told.payback == date(2028, 8, 1)
    assert by_month[date(2028, 7, 1)] == 1300 - 1000 - 18 * 20 < 0
    assert by_month[date(2028, 8, 1)] == 1400 - 1000 - 19 * 20 >= 0


def test_what_is_due_later_moves_the_day_on_which_it_has_paid():
    late = BudgetLine(id="late", kind="One-off", amount=1000, start_date=date(2029, 1, 10))
    told = course(replace(PLAN, budget_lines=(ONCE, EACH_MONTH, late)), TODAY)
    assert told.payback == date(2029, 9, 1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"budget_lines": ()}, "The plan has no budget line."),
        ({"budget_lines": (ONCE, BudgetLine(id="x"))}, "1 of 2 budget lines do not say what they cost."),
        ({"value_statements": ()}, "Nothing in the plan says what it brings a year in money."),
        (
            {"value_statements": (replace(VALUE, money_from=None),)},
            "No benefit in money says from when on it comes.",
        ),
        (
            {"horizon": None, "budget_lines": (ONCE,)},
            "The plan has neither a horizon nor an end.",
        ),
        (
            {"horizon": date(2027, 12, 31)},
            "By 2027-12-31, the horizon of the plan, 620 of what it costs has not come back.",
        ),
        (
            {"budget_lines": (replace(ONCE, amount=0),)},
            "The budget lines come to nothing, so that nothing has to come back.",
        ),
    ],
)
def test_why_nobody_knows_when_it_has_paid(change: dict, why: str):
    told = course(replace(PLAN, **change), TODAY)
    assert (told.payback, str(told.no_payback)) == (None, why)


def test_value_without_money_has_a_day_too():
    plan = replace(PLAN, value_statements=(ValueStatement(statement="Calm", due=date(2027, 3, 1)), VALUE))
    assert course(plan, TODAY).value_date == date(2027, 3, 1)
    nothing = course(replace(plan, value_statements=()), TODAY)
    assert (nothing.value_date, nothing.until_value, nothing.brings) == (None, None, None)
    assert str(nothing.no_value_date).startswith("No value of the plan")


def test_values_say_what_was_measured_and_improvements_what_was_decided():
    def measured(money: float | None) -> Measurement:
        return Measurement(value_statement="fewer queues", day=date(2027, 1, 31), value=3, money=money)

    action = Improvement(
        id="a", title="A", money_a_year=100, benefit_due=date(2027, 9, 1), money_reached=70, verdict="Missed"
    )
    idea = Improvement(id="b", title="B", kind="Suggestion", money_a_year=900)
    plan = replace(PLAN, improvements=(action, idea))

    assert [(one.title, one.verdict, one.reached, one.since) for one in benefits(plan, TODAY)] == [
        ("Fewer queues", "", None, date(2027, 7, 1)),
        ("A", "Missed", 70, date(2027, 9, 1)),
    ]
    for money, verdict in ((1200, "Reached"), (1199.99, "Partly Reached"), (0, "Missed"), (None, "")):
        told = benefits(replace(plan, measurements=(measured(money),)), TODAY)[0]
        assert told.verdict == verdict


def test_what_is_asked_is_what_is_not_granted_yet():
    def asked(*amounts: float) -> tuple[Fraction | None, Fraction]:
        told = funding_request(replace(PLAN, funding=tuple(Funding(amount=one) for one in amounts)), TODAY)
        return told.granted, told.asked

    assert [asked(), asked(0), asked(1000.5, 200), asked(9000)] == [
        (None, 1700),
        (0, 1700),
        (Fraction("1200.5"), Fraction("499.5")),
        (9000, 0),
    ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    def money() -> float:
        return draw(st.integers(0, 10**6)) / 100

    def day() -> date:
        return draw(st.dates(date(2026, 6, 1), date(2029, 6, 30)))

    lines = tuple(
        BudgetLine(id=str(number), kind=kind, interval="Month", amount=money(), start_date=day())
        for number, kind in enumerate(draw(st.lists(st.sampled_from(("One-off", "Running")), max_size=4)))
    )
    values = tuple(
        ValueStatement(statement=str(number), money_a_year=money(), money_from=day())
        for number in range(draw(st.integers(0, 3)))
    )
    return Plan(id="p", horizon=date(2029, 12, 31), budget_lines=lines, value_statements=values)


@given(plans())
def test_the_curve_ends_with_all_that_is_due_and_all_that_comes(plan: Plan):
    told = course(plan, TODAY)
    if told.months:
        assert told.months[-1].cost == told.cost == total(costs(plan))
        assert told.months[-1].benefit == sum(
            gain.until(date(2029, 12, 31)) for gain in benefits(plan, TODAY)
        )
    assert all(
        (earlier.cost <= later.cost and earlier.benefit <= later.benefit)
        for earlier, later in zip(told.months, told.months[1:], strict=False)
    )


@given(plans())
def test_from_the_payback_on_nothing_is_missing_and_before_it_something_was(plan: Plan):
    told = course(plan, TODAY)
    assert (told.payback is None) == (told.no_payback is not None)
    if told.payback:
        place = [month.first for month in told.months].index(told.payback)
        assert all(month.standing >= 0 for month in told.months[place:])
        before = told.months[place - 1] if place else None
        assert before is None or before.standing < 0 or before.cost == 0


def test_what_is_paid_after_the_horizon_has_not_come_back_within_it():
    plan = replace(
        PLAN,
        horizon=date(2028, 12, 31),
        budget_lines=(BudgetLine(id="l", title="L", kind="One-off", amount=5, start_date=date(2029, 1, 1)),),
    )

    told = course(plan, TODAY)

    assert (told.cost, told.payback) == (0, None)
    assert str(told.no_payback) == "All money is due after the horizon of the plan: 2028-12-31."
