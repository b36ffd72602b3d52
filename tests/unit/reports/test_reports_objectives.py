"""The report Objectives."""

from datetime import date

from sm_planner.engine.model import Measurement, Objective, Person, Plan
from sm_planner.reports import objectives

TODAY = date(2026, 7, 1)
PLAN = Plan(
    id="p",
    people=(Person(id="ana", title="Ana"),),
    objectives=(
        Objective(
            id="calls",
            title="Fewer calls",
            category="Efficiency",
            objective_owner="ana",
            baseline=90.0,
            target=60.0,
            due=date(2026, 12, 31),
        ),
        Objective(
            id="late", title="Late", category="Quality", baseline=1.0, target=2.0, due=date(2026, 6, 1)
        ),
        Objective(id="bare", title="Bare"),
    ),
    measurements=(Measurement(objective="calls", day=date(2026, 6, 1), value=80.0),),
)


def test_each_objective_has_its_state_and_how_far_it_is():
    rows = objectives.report(PLAN, TODAY).as_dict()["rows"]
    told = [(row["title"], row["state"], row["share"], row["latest"], row["measured_on"]) for row in rows]
    assert told == [
        ("Fewer calls", "On track", 33.3, 80.0, "2026-06-01"),
        ("Late", "Overdue", None, None, None),
        ("Bare", "Not measurable", None, None, None),
    ]
    assert rows[0]["owner"] == "Ana"


def test_the_summary_counts_states_and_the_message_names_the_worst():
    table = objectives.report(PLAN, TODAY)
    assert [figure.value for figure in table.summary] == [3, 0, 1, 1, 1]
    assert table.summary[3].indicator == "Red"
    assert str(table.message) == "1 of 3 objectives are behind or overdue. Check their actions."


def test_objectives_can_be_narrowed():
    table = objectives.report(PLAN, TODAY, category="Efficiency")
    assert [row["id"] for row in table.rows] == ["calls"]
    assert str(table.message) == "All objectives are reached or on track."


def test_a_plan_without_objectives_says_so():
    table = objectives.report(Plan(id="p"), TODAY)
    assert table.rows == []
    assert table.chart is None
    assert "Enter what the plan wants to achieve" in str(table.message)
