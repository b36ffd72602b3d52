"""The report Improvement Register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.approval import what
from sm_planner.engine.model import Improvement, Person, Plan
from sm_planner.engine.model.approvals import Approval
from sm_planner.engine.model.improvements import ProgressReport
from sm_planner.engine.roadmap.schedule import roadmap
from sm_planner.reports import improvement_register

TODAY = date(2027, 3, 1)
READY = {"improvement_owner": "bob", "due": date(2027, 9, 1), "effort_days": 5}
LOW = {"benefit": "Low", "urgency": "Low", "effort": "High"}
HIGH = {"benefit": "High", "urgency": "High", "effort": "Low"}
IMPROVEMENTS = (
    Improvement(id="done", title="Done", status="Closed", verdict="Reached", **READY, **HIGH),
    Improvement(id="blind", title="Blind", status="In Progress", due=date(2027, 2, 28)),
    Improvement(
        id="late",
        title="Late",
        status="In Progress",
        dimension="Process",
        source_kind="Audit",
        source="Audit of May",
        predecessors=("ready",),
        start_date=date(2027, 2, 1),
        **{**READY, "due": date(2027, 2, 28)},
        **HIGH,
    ),
    Improvement(id="ready", title="Ready", status="Assess", **READY, **LOW),
    Improvement(id="bare", title="Bare", status="Assess", **LOW),
    Improvement(id="idea", title="Idea", kind="Suggestion", suggested_by="cy", **LOW),
)
PLAN = Plan(
    id="p",
    plan_owner="ann",
    executive_sponsor="eve",
    people=tuple(Person(id=id, title=id.title()) for id in ("ann", "bob", "cy", "eve")),
    improvements=IMPROVEMENTS,
    progress_reports=(
        ProgressReport(improvement="late", day=date(2027, 1, 9), note="Begun"),
        ProgressReport(improvement="late", day=date(2027, 2, 9), note="Half"),
        ProgressReport(improvement="late", day=date(2027, 4, 9), note="Ahead"),
    ),
)


def only(*ids: str) -> Plan:
    return replace(PLAN, improvements=tuple(PLAN.get("improvements", id) for id in ids))


def rows(plan: Plan, **filters: str) -> dict[str, dict]:
    return {row["id"]: row for row in improvement_register.report(plan, TODAY, **filters).as_dict()["rows"]}


def approved(act: str, number: int, of: Improvement) -> Approval:
    return Approval(
        register="improvements",
        entry=of.id,
        number=number,
        act=act,
        person="ann",
        day=date(2027, 1, number),
        what=what(of),
    )


def test_the_most_urgent_comes_first_what_has_no_priority_last_and_what_has_ended_after_all():
    found = rows(PLAN)

    assert [(id, row["priority"]) for id, row in found.items()] == [
        ("late", 100),
        ("bare", 0),
        ("idea", 0),
        ("ready", 0),
        ("blind", None),
        ("done", 100),
    ]


def test_a_row_tells_what_stands_out_and_what_it_waits_for():
    late = rows(PLAN)["late"]

    assert late["stands_out"] == "overdue, starts before it can"
    assert (late["waits_for"], late["start_date"], late["earliest_start"]) == (
        "Ready",
        "2027-02-01",
        "2027-02-01",
    )
    assert (late["source"], late["reported"]) == ("Audit: Audit of May", "2027-02-09")
    assert rows(PLAN)["ready"]["stands_out"] == ""


def test_what_is_planned_to_begin_before_it_can_is_said():
    late = replace(
        PLAN.get("improvements", "late"),
        status="Approved",
        start_date=date(2027, 3, 2),
        due=date(2027, 6, 30),
    )
    plan = replace(PLAN, improvements=(late, PLAN.get("improvements", "ready")))
    step = roadmap(plan, TODAY).step("late")

    row = rows(plan)["late"]

    assert step.earliest_start > late.start_date
    assert row["earliest_start"] == step.earliest_start.isoformat()
    assert "starts before it can" in row["stands_out"]


def test_what_waits_for_itself_is_said():
    circle = (
        Improvement(id="a", predecessors=("b",)),
        Improvement(id="b", predecessors=("a",)),
    )

    assert {row["stands_out"] for row in rows(replace(PLAN, improvements=circle)).values()} == {
        "waits for itself"
    }


def test_who_decides_next_is_never_who_carries_it_out_or_suggested_it():
    found = rows(replace(PLAN, plan_owner="bob"))

    assert found["ready"]["decides"] == "Eve"
    assert rows(PLAN)["ready"]["decides"] == "Ann, Eve"
    assert (found["late"]["decides"], found["done"]["decides"]) == ("", "")
    assert rows(replace(PLAN, plan_owner="", executive_sponsor="bob"))["ready"]["decides"] == "nobody may"


def test_what_was_decided_is_told_with_who_and_when_and_a_claim_as_a_claim():
    late = PLAN.get("improvements", "late")
    as_approved = replace(PLAN, approvals=(approved("Approve", 1, late),))
    dearer = replace(as_approved, improvements=(replace(late, cost=9),))
    closed = replace(
        PLAN,
        improvements=(replace(late, status="Closed"),),
        approvals=(approved("Approve", 1, late), replace(approved("Close", 2, late), what="of the result")),
    )
    rejected = replace(
        PLAN,
        improvements=(replace(late, status="Rejected"),),
        approvals=(approved("Reject", 1, late),),
    )

    assert rows(as_approved)["late"]["decided"] == "Approved by Ann on 2027-01-01"
    assert rows(dearer)["late"]["decided"] == "Approved by Ann on 2027-01-01, but changed since"
    assert rows(closed)["late"]["decided"] == "Closed by Ann on 2027-01-02"
    assert rows(rejected)["late"]["decided"] == "Rejected by Ann on 2027-01-01"
    assert rows(PLAN)["late"]["decided"] == "Claimed: nobody decided about it here"
    assert rows(PLAN)["ready"]["decided"] == ""


def test_rows_can_be_narrowed_and_figures_count_both_open_and_ended_ones():
    ended = improvement_register.report(PLAN, TODAY, show="Ended")

    assert [row["id"] for row in ended.rows] == ["done"]
    assert [figure.value for figure in ended.summary] == [5, 2, 1, 1]
    assert list(rows(PLAN, show="Open")) == ["late", "bare", "idea", "ready", "blind"]
    assert list(rows(PLAN, kind="Suggestion")) == ["idea"]
    assert list(rows(PLAN, dimension="Process")) == ["late"]
    assert list(rows(PLAN, owner="bob", show="Open")) == ["late", "ready"]


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (
            ("late", "ready", "blind"),
            "2 of 3 open improvements are overdue. Begin with “Late”.",
        ),
        (
            ("ready", "bare", "idea"),
            "Improvements that wait for a decision: 1. Begin with “Ready”; who decides: Ann, Eve.",
        ),
        (("bare", "idea"), "Suggestions that wait for an answer: 1. Begin with “Idea”."),
        (
            ("bare",),
            "Nothing is overdue, and nothing waits for a decision. The most urgent improvement is “Bare”.",
        ),
        (("done",), "All improvements are closed or rejected."),
        ((), "There are no improvements here. Enter what is to get better, or suggest it."),
    ],
)
def test_the_message_says_what_to_do_first(ids, message):
    assert str(improvement_register.report(only(*ids), TODAY).message) == message


def test_what_has_no_priority_is_told_where_nothing_is_more_urgent():
    blind = replace(PLAN.get("improvements", "blind"), due=None)
    table = improvement_register.report(replace(PLAN, improvements=(blind,)), TODAY)

    assert str(table.message).startswith("The priority of 1 of 1 open improvements is not known.")


def test_the_chart_counts_by_state():
    chart = improvement_register.report(PLAN, TODAY).chart

    assert dict(zip(map(str, chart.labels), chart.datasets[0].values, strict=True)) == {
        "New": 1,
        "Assess": 2,
        "Approved": 0,
        "In Progress": 2,
        "Verify": 0,
        "Closed": 1,
        "On Hold": 0,
        "Rejected": 0,
    }
    assert str(chart.reading) == "Of 6 improvements, open: 5, closed: 1."
    assert improvement_register.report(only(), TODAY).chart is None
