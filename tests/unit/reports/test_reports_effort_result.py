"""The report Effort versus Result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.improvements import ProgressReport
from sm_planner.reports import effort_result

TODAY = date(2027, 6, 30)
KPI = {"benefit_kpi": "Calls", "benefit_baseline": 10, "benefit_target": 2}


def told(improvement: str, day: int, days: float | None) -> ProgressReport:
    return ProgressReport(improvement=improvement, day=date(2027, 5, day), note="Done", effort_days=days)


PLAN = Plan(
    id="p",
    improvements=(
        Improvement(id="good", title="Good", status="Closed", verdict="Reached", effort_days=8, **KPI),
        Improvement(
            id="bad", title="Bad", status="Closed", verdict="Missed", benefit_actual=8, effort_days=4, **KPI
        ),
        Improvement(id="open", title="Open", status="In Progress", effort_days=20, cost=0),
        Improvement(id="quiet", title="Quiet", status="Approved"),
        Improvement(id="no", title="No", status="Rejected", effort_days=99),
        Improvement(id="idea", title="Idea", kind="Suggestion", effort_days=99),
    ),
    progress_reports=(
        told("good", 1, 5),
        told("bad", 1, 3),
        told("bad", 2, 3.5),
        told("open", 1, 2),
        told("open", 2, None),
        told("quiet", 1, None),
        ProgressReport(improvement="open", day=date(2027, 7, 1), note="Ahead", effort_days=50),
    ),
)


def test_what_was_taken_up_has_a_row_the_most_spent_first_and_what_is_not_known_is_empty():
    found = effort_result.report(PLAN, TODAY).as_dict()["rows"]

    assert [(row["id"], row["planned"], row["spent"], row["share"], row["verdict"]) for row in found] == [
        ("bad", 4, 6.5, 25, "Missed"),
        ("good", 8, 5, None, "Reached"),
        ("open", 20, 2, None, ""),
        ("quiet", None, None, None, ""),
    ]
    assert [row["cost"] for row in found] == [None, None, 0, None]


def test_days_are_added_up_by_what_came_of_them():
    summary = effort_result.report(PLAN, TODAY).summary

    assert [(str(figure.label), figure.value) for figure in summary] == [
        ("Days Spent", 13.5),
        ("Days: Reached", 5),
        ("Days: Missed", 6.5),
        ("Days: Result not known", 2),
        ("Without Reported Days", 1),
    ]


def test_days_whose_result_is_not_known_are_told_first_then_those_that_missed():
    known = replace(PLAN, improvements=PLAN.improvements[:2])
    good = replace(PLAN, improvements=PLAN.improvements[:1])

    assert [str(effort_result.report(plan, TODAY).message) for plan in (PLAN, known, good)] == [
        "2 of 13.5 days were spent on improvements whose result is not known, most of them on “Open”. "
        "Measure their benefit.",
        "6.5 of 11.5 days were spent on improvements that missed their target, most of them on “Bad”. "
        "Say what follows.",
        "All of the 5 days that were reported brought what was wanted, at least in part.",
    ]


def test_where_nobody_reported_days_nothing_is_drawn_or_counted_as_spent():
    table = effort_result.report(replace(PLAN, progress_reports=()), TODAY)

    assert [str(dataset.name) for dataset in table.chart.datasets] == ["Planned"]
    assert [str(figure.label) for figure in table.summary] == ["Without Reported Days"]
    assert str(table.message).startswith("It is not known how many days were spent.")


def test_the_chart_has_the_known_days_by_verdict():
    chart = effort_result.report(PLAN, TODAY).chart

    assert [str(label) for label in chart.labels] == [
        "Reached",
        "Partly Reached",
        "Missed",
        "Result not known",
    ]
    assert [dataset.values for dataset in chart.datasets] == [(8, 0, 4, 20), (5, 0, 6.5, 2)]
    assert str(chart.reading) == "Of 32 planned days, 12 are of improvements whose result is known."


def test_a_plan_in_which_nothing_was_taken_up_says_so():
    table = effort_result.report(Plan(id="p"), TODAY)

    assert (table.rows, table.chart, str(table.message)) == (
        [],
        None,
        "No improvement has been taken up yet.",
    )
