"""The report Gates, and the gates themselves where a case of TOL-02 does not show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.checks.pieces import piece_of
from sm_planner.engine.gates import choice, gates as engine
from sm_planner.engine.gates.early import refuse_start, too_early
from sm_planner.engine.gates.gates import State
from sm_planner.engine.model import Improvement, Plan, RoleHolder
from sm_planner.engine.model.approvals import CLOSE, Approval
from sm_planner.engine.model.tools import Tool, ToolCriterion
from sm_planner.engine.sealing import seal
from sm_planner.reports import gates

TODAY = date(2027, 2, 1)


def signed(plan: Plan, day: date) -> Plan:
    at = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
    made = seal.make(plan, signer=plan.executive_sponsor, signed_at=at, meaning="I do.", channel="test")
    return replace(plan, seals=(*plan.seals, made))


@pytest.fixture
def in_force(minimal: Plan) -> Plan:
    return replace(signed(minimal, date(2026, 12, 1)), state="Active")


def by_name(plan: Plan, today: date = TODAY) -> dict[str, engine.Gate]:
    return {gate.name: gate for gate in engine.gates(plan, today)}


def test_the_day_of_a_gate_is_that_of_the_record_by_which_it_was_reached(in_force):
    found = by_name(in_force)

    assert [(gate.state, gate.day) for gate in found.values()] == [
        (State.REACHED, date(2026, 12, 1)),
        (State.REACHED, date(2026, 11, 16)),
        (State.REACHED, date(2026, 12, 1)),
        (State.OPEN, None),
        (State.OPEN, None),
        (State.OPEN, None),
    ]
    assert by_name(in_force, date(2029, 1, 1))["Why"].day == date(2026, 12, 1)
    assert by_name(in_force, date(2026, 11, 30))["Why"].state is State.OPEN


def test_a_gate_that_comes_undone_keeps_the_day_on_which_it_was_reached(in_force):
    why = by_name(replace(in_force, why="Because."))["Why"]

    assert (why.state, why.day) == (State.OPEN, date(2026, 12, 1))
    assert not why.comes_after(date(2026, 12, 2), TODAY, has_begun=True)
    assert why.comes_after(date(2026, 11, 30), TODAY)


def test_the_first_version_that_said_why_counts(minimal):
    blind = signed(replace(minimal, why="Because."), date(2026, 11, 20))
    plan = signed(replace(blind, why=minimal.why, version=2), date(2026, 12, 5))

    assert by_name(plan)["Why"].day == date(2026, 12, 5)


def test_an_active_plan_without_a_seal_is_not_known(minimal):
    plan = replace(minimal, state="Active")

    assert by_name(plan)["Why"].state is State.UNKNOWN
    rows = [row for row in gates.report(plan, TODAY).as_dict()["rows"] if row["gate"] == "Why"]
    assert [(row["state"], row["day"]) for row in rows] == [("Not known", None)]


def test_an_action_ended_on_the_day_of_the_decision_that_closed_it(in_force):
    practice = next(one for one in in_force.improvements if one.id == "practice")
    others = tuple(one for one in in_force.improvements if one.id != "practice")
    closed = replace(practice, status="Closed")
    decided = Approval(
        register="improvements",
        entry="practice",
        number=1,
        act=CLOSE,
        person="edith",
        day=date(2027, 1, 20),
        what="0" * 64,
    )
    plan = replace(in_force, improvements=(*others, closed), approvals=(decided,))

    assert engine.ended_on(plan, closed, TODAY) == date(2027, 1, 20)
    assert engine.ended_on(replace(plan, approvals=()), closed, TODAY) == closed.due


@pytest.fixture
def ready(in_force: Plan) -> Plan:
    """A plan with all gates before the tools reached."""
    done = tuple(
        replace(one, status="Closed", start_date=date(2026, 12, 1), due=date(2027, 1, 15))
        if one.id == "practice"
        else one
        for one in in_force.improvements
    )
    return replace(in_force, improvements=done)


def held_by(plan: Plan, *holders: RoleHolder) -> Plan:
    """The plan with other holders of the roles that are accountable."""
    return replace(plan, roles=tuple(replace(one, holders=holders) for one in plan.roles))


def test_a_role_whose_holder_begins_later_was_never_filled(ready):
    work = by_name(held_by(ready, RoleHolder(person="omar", from_date=date(2027, 6, 1))))[engine.WORK]

    assert (work.state, work.reached) == (State.OPEN, None)
    assert work.comes_after(TODAY, TODAY)


def test_who_holds_a_role_without_a_beginning_held_it_before_who_came_later(ready):
    always = RoleHolder(person="omar")
    later = RoleHolder(person="omar", from_date=date(2027, 1, 20))
    alone, beside = (by_name(held_by(ready, *held))[engine.WORK] for held in ((always,), (always, later)))

    assert alone.day == beside.day == date(2027, 1, 15)


def test_the_report_tells_what_is_missing_where_and_what_is_too_early(example):
    table = gates.report(example, TODAY)
    rows = table.as_dict()["rows"]

    assert {row["gate"] for row in rows} == set(engine.GATES)
    (early,) = [row for row in rows if row["state"] == "Too early"]
    assert (early["collection"], early["id"], early["field"]) == (
        "tools",
        "speech-recognition",
        "order_date",
    )
    told = [(row["id"], row["told"]) for row in rows if row["gate"] == "People, Process and Roles"]
    assert ("train-service-owners", "“Train the service owners” is not over yet.") in told
    assert [(figure.value, figure.indicator) for figure in table.summary] == [("1/5", "Blue"), (1, "Red")]
    assert str(table.message).startswith("1 of what the plan brings comes before its gates.")


def test_the_report_says_what_comes_next(minimal, ready):
    assert str(gates.report(minimal, TODAY).message) == (
        "The next gate is “Why”. No version of the plan that says so is signed yet."
    )
    assert str(gates.report(ready, TODAY).message) == (
        "All gates before the tools are reached. Tools may come."
    )


def test_technology_begins_after_its_gates_or_says_why_it_cannot_wait(in_force):
    (computer,) = [one for one in in_force.improvements if one.dimension == "Technology"]
    begun = replace(computer, status="In Progress")

    assert "“Practise lending by hand” has not begun." in str(
        refuse_start(in_force, begun, replace(computer, status="Approved"), TODAY)
    )
    for free in (
        replace(begun, before_gates="The old one smokes."),
        replace(begun, dimension="Process"),
        computer,
    ):
        assert refuse_start(in_force, free, computer, TODAY) is None
    assert refuse_start(in_force, begun, begun, TODAY) is None


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([(3, 8), (1, 4)], 70.0),
        ([(0, 8)], None),
        ([(None, 8), (1, 4)], None),
        ([(1, None)], None),
        ([], None),
    ],
)
def test_the_result_of_a_tool_is_its_share_of_what_is_possible(rows, wanted):
    criteria = tuple(ToolCriterion(criterion="x", weight=weight, score=score) for weight, score in rows)

    assert choice.result(Tool(id="t", criteria=criteria)) == wanted


def test_a_plan_without_anything_does_not_stand_in_the_way():
    empty = Plan(id="p")

    assert {gate.state for gate in engine.gates(empty, TODAY)} == {State.OPEN, State.UNKNOWN}
    assert refuse_start(empty, Improvement(id="a", status="In Progress"), None, TODAY) is None
    assert piece_of("TOL-02") is piece_of("IMP-07")


def test_what_is_too_early_is_worked_out_once_for_a_plan_and_a_day(example):
    assert too_early(example, TODAY) is too_early(example, TODAY)
