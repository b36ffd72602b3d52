"""When which money is due: sums are exact, and the same over any split of the time."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, strategies as st

from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.vocabulary import BUDGET_CATEGORIES, INTERVALS
from sm_planner.engine.money import committed, costs, due_after, exact, lacking, total
from sm_planner.engine.money.costs import by, by_category, by_kind, by_year, unknown

DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
AMOUNTS = st.integers(0, 10**7).map(lambda cents: cents / 100)


@st.composite
def budget_lines(draw: st.DrawFn, id: str) -> BudgetLine:
    kind = draw(st.sampled_from(("One-off", "Running")))
    return BudgetLine(
        id=id,
        kind=kind,
        interval=draw(st.sampled_from(INTERVALS)) if kind == "Running" else "",
        category=draw(st.sampled_from(BUDGET_CATEGORIES)),
        amount=draw(AMOUNTS),
        start_date=draw(DAYS),
        end_date=draw(st.none() | DAYS),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(0, 5))
    return Plan(
        id="p",
        horizon=date(2030, 12, 31),
        budget_lines=tuple(draw(budget_lines(f"line-{number}")) for number in range(count)),
    )


@given(plans(), st.lists(DAYS, max_size=8))
def test_sums_over_any_split_of_the_time_add_up_to_the_whole(plan: Plan, days: list[date]):
    flows = costs(plan)
    cuts = [None, *sorted(set(days)), None]

    parts = [total(flows, since, before) for since, before in pairwise(cuts)]

    assert sum(parts, Fraction()) == total(flows)


@given(plans())
def test_each_way_to_sort_the_money_has_the_same_total(plan: Plan):
    flows = costs(plan)
    for key in (by_kind, by_category, by_year):
        assert sum(by(flows, key).values(), Fraction()) == total(flows)


@given(plans())
def test_the_total_is_that_of_the_lines_to_the_cent(plan: Plan):
    """Counted by day and in cents, in another way than the engine does."""
    cents = 0
    for line in plan.budget_lines:
        last = min(line.end_date or plan.horizon, plan.horizon)
        if line.kind == "One-off":
            cents += round(line.amount * 100) if line.start_date <= plan.horizon else 0
            continue
        months = {"Month": 1, "Quarter": 3, "Year": 12}[line.interval]
        times, day = 0, line.start_date
        while day <= last:
            passed = (day.year - line.start_date.year) * 12 + day.month - line.start_date.month
            is_last_day = (day + timedelta(days=1)).month != day.month
            fits = day.day == line.start_date.day or (is_last_day and day.day < line.start_date.day)
            times += passed % months == 0 and fits
            day += timedelta(days=1)
        cents += times * round(line.amount * 100)

    assert total(costs(plan)) == Fraction(cents, 100)


def test_what_is_due_after_the_horizon_is_not_counted_as_its_benefit_is_not():
    running = BudgetLine(
        id="a",
        kind="Running",
        interval="Year",
        amount=1000,
        start_date=date(2027, 1, 1),
        end_date=date(2036, 12, 31),
    )
    late = BudgetLine(id="b", kind="One-off", amount=500, start_date=date(2029, 1, 1))
    plan = Plan(id="p", horizon=date(2028, 12, 31), budget_lines=(running, late))

    assert total(costs(plan)) == 2000
    assert total(costs(Plan(id="p", budget_lines=plan.budget_lines))) == 10_500


@given(plans())
def test_what_is_committed_is_what_is_due_by_the_horizon_and_what_is_due_after_it(plan: Plan):
    later = [flow for flow in committed(plan) if flow.day > plan.horizon]

    assert costs(plan) == tuple(flow for flow in committed(plan) if flow.day <= plan.horizon)
    assert due_after(plan) == total(later)
    assert committed(Plan(id="p", horizon=date(2099, 12, 31), budget_lines=plan.budget_lines))[
        : len(costs(plan))
    ] == costs(plan)


def test_what_is_committed_does_not_end_with_the_horizon():
    def line(id: str, **values: object) -> BudgetLine:
        return BudgetLine(id=id, amount=100, **values)

    yearly = {"kind": "Running", "interval": "Year"}
    lines = (
        line("late", kind="One-off", start_date=date(2029, 1, 1)),
        line("long", **yearly, start_date=date(2027, 1, 1), end_date=date(2036, 12, 31)),
        line("endless", **yearly, start_date=date(2027, 1, 1)),
        line("endless-late", **yearly, start_date=date(2030, 1, 1)),
    )
    plan = Plan(id="p", horizon=date(2028, 12, 31), budget_lines=lines)

    assert by(committed(plan), lambda flow: flow.line.id) == {
        "endless": 200,
        "long": 1000,
        "late": 100,
        "endless-late": 100,
    }
    assert due_after(plan) == 1000
    assert due_after(Plan(id="p", budget_lines=lines[:2])) == 0


def test_amounts_that_binary_numbers_cannot_hold_add_up():
    lines = tuple(
        BudgetLine(id=str(number), kind="One-off", amount=0.1, start_date=date(2027, 1, 1))
        for number in range(10)
    )
    assert total(costs(Plan(id="p", budget_lines=lines))) == 1
    assert exact(1e-09) == Fraction(1, 10**9)


def test_a_line_of_the_31st_is_due_on_the_last_day_of_shorter_months():
    line = BudgetLine(
        id="a",
        kind="Running",
        interval="Month",
        amount=1,
        start_date=date(2027, 1, 31),
        end_date=date(2027, 4, 30),
    )
    days = [flow.day for flow in costs(Plan(id="p", budget_lines=(line,)))]
    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_what_a_line_does_not_say_is_told_and_not_taken_for_nothing():
    endless = BudgetLine(id="a", kind="Running", interval="Year", amount=5, start_date=date(2027, 1, 1))
    empty = BudgetLine(id="b")
    free = BudgetLine(id="c", kind="One-off", amount=0, start_date=date(2027, 1, 1))
    plan = Plan(id="p", budget_lines=(endless, empty, free))

    assert lacking(plan, endless) == ("end_date",)
    assert lacking(plan, empty) == ("kind", "amount", "start_date")
    assert lacking(plan, free) == ()
    assert unknown(plan) == (endless, empty)
    assert costs(plan) == tuple(flow for flow in costs(plan) if flow.line is free)
