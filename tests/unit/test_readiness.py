"""The puzzle board: which pieces are there, and whether they are good."""

import dataclasses
from datetime import date

import pytest

from sm_planner.engine.checks import RULES, check
from sm_planner.engine.finding import Verdict
from sm_planner.engine.model import Answer, Objective, Plan
from sm_planner.engine.pieces import PIECES
from sm_planner.engine.questions import QUESTIONS, unanswered
from sm_planner.engine.readiness import State, readiness

TODAY = date(2027, 2, 1)


def board_of(plan: Plan):
    return {state.piece.name: state for state in readiness(plan, check(plan, TODAY)).pieces}


def test_an_empty_plan_has_no_piece_and_says_so_for_each():
    board = readiness(Plan(id="p"), check(Plan(id="p"), TODAY))
    assert {piece.state for piece in board.pieces} == {State.MISSING}
    assert all(piece.findings for piece in board.pieces)
    assert board.share == 0


def test_a_plan_without_findings_is_ready(minimal):
    board = readiness(minimal, check(minimal, TODAY))
    assert board.share == 1
    assert board.counts == {"Ready": len(PIECES), "Started": 0, "Missing": 0}
    assert not any(piece.findings for piece in board.pieces)


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
def test_a_piece_that_is_taken_out_is_missing(minimal, piece):
    fields = {
        "Scope": ("scope_units", "scope_locations", "exclusions"),
        "Roles": ("roles", "raci"),
    }.get(piece.name, (piece.field,))
    nothing = Plan(id="nothing")
    plan = dataclasses.replace(minimal, **{field: getattr(nothing, field) for field in fields})
    state = board_of(plan)[piece.name]
    assert state.state is State.MISSING
    assert any(finding.code == "PLN-06" for finding in state.findings)


def test_a_piece_with_a_fault_is_started_and_tells_the_fault(minimal):
    plan = dataclasses.replace(
        minimal, objectives=(*minimal.objectives, Objective(id="vague", title="Be better"))
    )
    piece = board_of(plan)["Objectives"]
    assert piece.state is State.STARTED
    assert {finding.record.id for finding in piece.findings} == {"vague"}


def test_a_piece_that_cannot_be_decided_is_not_ready(minimal):
    plan = dataclasses.replace(minimal, settings=dataclasses.replace(minimal.settings, it_departments=()))
    piece = board_of(plan)["Executive sponsor"]
    assert piece.state is State.STARTED
    assert [finding.verdict for finding in piece.findings] == [Verdict.NOT_EVALUATED]


def test_key_questions_are_started_by_the_first_answer_and_ready_by_the_last(minimal):
    answers = tuple(Answer(question=question.code, answer="So.") for question in QUESTIONS)
    for count, state in ((0, State.MISSING), (1, State.STARTED), (15, State.STARTED), (16, State.READY)):
        plan = dataclasses.replace(minimal, answers=answers[:count])
        assert board_of(plan)["Key questions"].state is state
        assert len(unanswered(plan)) == len(QUESTIONS) - count


def test_pieces_point_to_fields_of_the_plan_and_to_rules_that_exist():
    fields = {field.name for field in dataclasses.fields(Plan)}
    assert {piece.field for piece in PIECES} <= fields
    assert {code for piece in PIECES for code in piece.rules} <= {rule.code for rule in RULES}
    assert len({piece.field for piece in PIECES}) == len(PIECES)


def test_there_are_five_questions_before_planning_and_eleven_about_the_model():
    codes = [f"K{number}" for number in range(1, 6)] + [f"Q{number}" for number in range(1, 12)]
    assert [question.code for question in QUESTIONS] == codes
