"""Budget and Payback: columns that add up, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetLine
from sm_planner.reports import budget_payback

TODAY = date(2027, 2, 1)
MONEY = [column.fieldname for column in budget_payback.COLUMNS if column.fieldtype == "Float"]


def sums(table: dict) -> dict[str, float]:
    """What the total row of the Desk shows: the sum of what is there."""
    return {name: round(sum(row[name] or 0 for row in table["rows"]), 2) for name in MONEY}


def test_the_columns_add_up_to_the_figures_above_the_table(example: Plan):
    table = budget_payback.report(example, TODAY).as_dict()
    figures = {figure["label"]: figure["value"] for figure in table["summary"]}

    told = sums(table)

    assert told["once"] == figures["Cost to begin"]
    assert told["once"] + told["running"] == told["cost"] == figures["Cost in all"]
    assert told["brings"] == figures["Brings in all"]
    assert told["over"] == figures["Spent beyond the budget"]
    assert table["chart"]["data"]["datasets"][0]["values"][-1] == told["cost"]
    assert table["chart"]["data"]["datasets"][1]["values"][-1] == told["brings"]


def test_a_category_narrows_the_rows_and_leaves_what_is_told_of_the_whole(example: Plan):
    whole = budget_payback.report(example, TODAY)
    part = budget_payback.report(example, TODAY, category="Cost Reduction")
    assert 0 < len(part.rows) < len(whole.rows)
    assert (part.summary, part.chart, part.message) == (whole.summary, whole.chart, whole.message)


@pytest.mark.parametrize("name", MONEY)
def test_the_categories_and_the_benefits_are_parts_of_the_whole(example: Plan, name: str):
    from sm_planner.engine.model.vocabulary import BUDGET_CATEGORIES

    whole = budget_payback.report(example, TODAY).as_dict()
    parts = [budget_payback.report(example, TODAY, category=one).as_dict() for one in BUDGET_CATEGORIES]
    gains = {"rows": [row for row in whole["rows"] if row["kind"] == "Benefit"]}
    assert sum(sums(part)[name] for part in [*parts, gains]) == pytest.approx(sums(whole)[name])


def test_a_row_tells_what_was_due_and_spent_and_a_benefit_what_was_reached(example: Plan):
    rows = {row["id"]: row for row in budget_payback.report(example, TODAY).as_dict()["rows"]}

    course = rows["owners-course"]
    assert (course["due"], course["spent"], course["over"]) == (6400, 7000, 600)
    assert rows["management-tool"]["over"] == -550
    assert rows["night-shift-pay"]["spent"] is None
    fernhill = rows["bring-fernhill-on-board"]
    assert (fernhill["state"], fernhill["a_year"], fernhill["reached"]) == ("Partly Reached", 20000, 14000)


def test_what_is_due_after_the_horizon_is_told_where_there_is_any(example: Plan):
    late = BudgetLine(id="late", title="Late", kind="One-off", amount=700.5, start_date=date(2040, 1, 1))
    later = replace(example, budget_lines=(*example.budget_lines, late))

    def after(plan: Plan) -> list[float]:
        figures = budget_payback.report(plan, TODAY).as_dict()["summary"]
        return [one["value"] for one in figures if one["label"] == "Due after the horizon"]

    assert (after(example), after(later)) == ([], [700.5])


def test_what_nobody_knows_is_empty_and_told():
    unknown = BudgetLine(id="a", title="A", kind="Running")
    table = budget_payback.report(Plan(id="p", budget_lines=(unknown,)), TODAY).as_dict()
    assert [table["rows"][0][name] for name in ("once", "running", "cost", "due", "spent", "over")] == [
        None
    ] * 6
    assert table["message"].endswith("1 of 1 budget lines do not say what they cost.")
    assert table["chart"] is None


def test_the_message_tells_when_it_pays_or_why_nobody_knows(example: Plan):
    assert budget_payback.report(example, TODAY).as_dict()["message"] == (
        "Value comes from 2027-07-01 on. The plan has paid for itself in 2029-12. All amounts are in EUR."
    )
    short = replace(example, horizon=date(2028, 12, 31))
    assert "has not come back." in budget_payback.report(short, TODAY).as_dict()["message"]
