"""Budget against actual, and what a ledger gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetActual, BudgetLine
from sm_planner.engine.money.actuals import Booked, ambiguous, compared, from_ledger, refuse_source

TODAY = date(2027, 4, 10)
LINE = BudgetLine(
    id="run",
    title="Licence",
    kind="Running",
    interval="Month",
    amount=100,
    start_date=date(2027, 1, 1),
    end_date=date(2027, 12, 31),
    cost_center="Main - A",
    account="Software - A",
)
PLAN = Plan(id="p", budget_lines=(LINE,))


def booked(day: str, amount: float, account: str = "Software - A") -> Booked:
    return Booked("Main - A", account, date.fromisoformat(day), amount)


def taken(plan: Plan, *entries: Booked, today: date = TODAY) -> list[tuple[str, float, str]]:
    return [(str(one.day), one.amount, one.source) for one in from_ledger(plan, entries, today)]


def test_what_was_spent_stands_beside_what_was_due_by_then():
    actuals = (
        BudgetActual(budget_line="run", day=date(2027, 1, 31), amount=90.1),
        BudgetActual(budget_line="run", day=date(2027, 2, 28), amount=240.2),
        BudgetActual(budget_line="run", day=date(2027, 4, 11), amount=999),
    )
    (told,) = compared(replace(PLAN, actuals=actuals), TODAY)
    assert (told.due, float(told.spent), float(told.over), told.last) == (
        400,
        330.3,
        -69.7,
        date(2027, 2, 28),
    )


def test_what_was_due_after_the_horizon_stands_beside_what_was_spent_too():
    (told,) = compared(replace(PLAN, horizon=date(2027, 2, 28)), TODAY)
    assert told.due == 400


def test_what_nobody_has_said_is_not_nothing():
    (told,) = compared(PLAN, TODAY)
    assert (told.due, told.spent, told.over) == (400, None, None)
    (told,) = compared(replace(PLAN, budget_lines=(replace(LINE, amount=None),)), TODAY)
    assert (told.due, told.over) == (None, None)


def test_a_ledger_gives_an_entry_for_each_month_that_is_over():
    assert taken(
        PLAN,
        booked("2027-01-05", 60.05),
        booked("2027-01-20", 40),
        booked("2027-02-11", 120),
        booked("2027-02-12", -20),
        booked("2027-04-02", 77),  # this month is not over
        booked("2026-12-31", 55),  # before the line begins
        booked("2027-02-11", 1000, "Travel - A"),  # of no line
    ) == [("2027-01-31", 100.05, "Ledger 2027-01"), ("2027-02-28", 100, "Ledger 2027-02")]


def test_what_was_taken_over_is_not_taken_over_again_and_what_changed_since_is_corrected_once():
    before = list(from_ledger(PLAN, [booked("2027-01-05", 100), booked("2027-02-05", 100)], TODAY))
    plan = replace(PLAN, actuals=tuple(before))
    entries = [booked("2027-01-05", 100), booked("2027-01-30", 7.5)]

    corrections = taken(plan, *entries)

    assert taken(plan, booked("2027-01-05", 100), booked("2027-02-05", 100)) == []
    assert corrections == [
        ("2027-04-09", 7.5, "Ledger 2027-01: corrected 2027-04-10"),
        ("2027-04-09", -100, "Ledger 2027-02: corrected 2027-04-10"),
    ]
    plan = replace(plan, actuals=(*plan.actuals, *from_ledger(plan, entries, TODAY)))
    assert taken(plan, *entries) == []
    assert compared(plan, TODAY)[0].spent == 107.5


def test_what_somebody_typed_is_no_entry_of_a_ledger():
    typed = BudgetActual(budget_line="run", day=date(2027, 1, 31), amount=5, source="Ledger of the canteen")
    assert taken(replace(PLAN, actuals=(typed,)), booked("2027-01-05", 100)) == [
        ("2027-01-31", 100, "Ledger 2027-01")
    ]


def test_two_lines_on_one_account_cannot_be_told_apart():
    twice = (LINE, replace(LINE, id="other", title="Other"))
    assert "“Licence” and “Other” name the same" in str(ambiguous(replace(PLAN, budget_lines=twice)))
    apart = (LINE, replace(LINE, id="other", account="Travel - A"), replace(LINE, id="none", account=""))
    assert ambiguous(replace(PLAN, budget_lines=apart)) is None


def test_nobody_types_that_the_ledger_said_it():
    typed = BudgetActual(budget_line="run", day=TODAY, amount=5, source="Ledger 2027-03")
    assert "Only what is taken over" in str(refuse_source(typed, None))
    assert "Only what is taken over" in str(refuse_source(typed, replace(typed, source="Invoice 7")))
    assert refuse_source(replace(typed, amount=6), typed) is None
    assert refuse_source(replace(typed, source="Ledger of the town"), None) is None
