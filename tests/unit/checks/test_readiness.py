"""The puzzle board: which pieces are there, and whether they are good."""

import dataclasses
from datetime import date

import pytest

from sm_planner.engine.checks import RULES, check
from sm_planner.engine.checks.finding import Severity, Verdict
from sm_planner.engine.checks.pieces import (
    AIMS,
    MANDATE,
    OPERATION,
    PIECES,
    PROMISES,
    SERVICES,
    Piece,
    piece_of,
)
from sm_planner.engine.checks.questions import unanswered
from sm_planner.engine.checks.readiness import State, readiness
from sm_planner.engine.model import Answer, Objective, Plan
from sm_planner.engine.model.questions import QUESTIONS

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
    assert board.counts == {"Ready": len(PIECES), "Started": 0, "Blocked": 0, "Missing": 0}
    assert not any(piece.findings for piece in board.pieces)


def without(plan: Plan, piece: Piece) -> Plan:
    if piece.name == "Support model":
        services = (dataclasses.replace(service, support_tiers=()) for service in plan.services)
        return dataclasses.replace(plan, services=tuple(services))
    if piece.name == "Monitoring":
        components = (dataclasses.replace(component, monitoring_owner="") for component in plan.components)
        return dataclasses.replace(plan, components=tuple(components))
    fields = {
        "Scope": ("scope_units", "scope_locations", "exclusions"),
        "Roles": ("roles", "raci"),
        "Next review": ("review_rhythm", "next_review"),
    }.get(piece.name, (piece.field,))
    return dataclasses.replace(plan, **{field: getattr(Plan(id="p"), field) for field in fields})


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name)
def test_a_piece_that_is_taken_out_is_missing(minimal, piece):
    plan = without(minimal, piece)
    state = board_of(plan)[piece.name]
    assert state.state is State.MISSING
    told = [finding.code for finding in state.findings if finding.code in ("PLN-06", piece.told_by)]
    assert set(told) == {piece.told_by or "PLN-06"}  # by one check, not by two


@pytest.mark.parametrize("changes", [{"status": "Rejected"}, {"kind": "Suggestion", "status": "New"}])
def test_improvements_that_are_rejected_or_only_suggested_are_no_beginning(minimal, changes):
    left = tuple(dataclasses.replace(one, **changes) for one in minimal.improvements)

    piece = board_of(dataclasses.replace(minimal, improvements=left))["Improvement actions"]

    assert piece.state is State.MISSING
    assert "PLN-06" in {finding.code for finding in piece.findings}


def test_a_piece_says_what_it_is_and_what_to_do_or_leaves_it_to_the_check_that_does():
    severity = {rule.code: rule.severity for rule in RULES}
    for piece in PIECES:
        if piece.told_by:
            assert severity[piece.told_by] is Severity.BLOCKER
        else:
            assert piece.todo
            assert piece.what or piece.open_points


def test_a_piece_with_a_fault_is_started_and_tells_the_fault(minimal):
    busy = dataclasses.replace(minimal.objectives[0], kpi_kind="Effort")
    piece = board_of(dataclasses.replace(minimal, objectives=(busy,)))["Objectives"]
    assert piece.state is State.STARTED
    assert [finding.code for finding in piece.findings] == ["OBJ-15"]


def test_a_piece_with_a_blocker_is_blocked(minimal):
    plan = dataclasses.replace(
        minimal, objectives=(*minimal.objectives, Objective(id="vague", title="Be better"))
    )
    piece = board_of(plan)["Objectives"]
    assert piece.state is State.BLOCKED
    assert "OBJ-03" in {finding.code for finding in piece.findings}


def test_the_board_counts_its_pieces_by_section(minimal):
    plan = dataclasses.replace(minimal, why="", vision="")
    sections = readiness(plan, check(plan, TODAY)).by_section
    assert list(sections) == [MANDATE, SERVICES, PROMISES, OPERATION, AIMS]
    assert sections[MANDATE] == {"Ready": 3, "Started": 0, "Blocked": 0, "Missing": 1}
    assert sum(sum(states.values()) for states in sections.values()) == len(PIECES)


def test_a_piece_that_cannot_be_decided_is_not_ready(minimal):
    plan = dataclasses.replace(minimal, settings=dataclasses.replace(minimal.settings, it_departments=()))
    piece = board_of(plan)["Executive sponsor"]
    assert piece.state is State.STARTED
    assert [finding.verdict for finding in piece.findings] == [Verdict.NOT_EVALUATED]


def test_key_questions_are_started_by_the_first_answer_and_ready_by_the_last(minimal):
    answers = tuple(Answer(question=question.code, answer=f"So: {question.code}.") for question in QUESTIONS)
    for count, state in ((0, State.MISSING), (1, State.STARTED), (15, State.STARTED), (16, State.READY)):
        plan = dataclasses.replace(minimal, answers=answers[:count])
        assert board_of(plan)["Key questions"].state is state
        assert len(unanswered(plan)) == len(QUESTIONS) - count


def test_pieces_point_to_fields_of_the_plan_and_to_rules_that_exist():
    fields = {field.name for field in dataclasses.fields(Plan)}
    assert {piece.field for piece in PIECES} <= fields
    known = {rule.code for rule in RULES} | {rule.family for rule in RULES}
    claims = [rule for piece in PIECES for rule in piece.rules]
    assert set(claims) <= known
    assert len(set(claims)) == len(claims)
    assert len({piece.name for piece in PIECES}) == len(PIECES)


def test_every_rule_speaks_about_a_piece_but_those_about_all_and_about_what_was_signed():
    of_no_piece = {rule.code for rule in RULES if piece_of(rule.code) is None}
    assert of_no_piece == {"PLN-06", "PLN-17", *(rule.code for rule in RULES if rule.family == "INT")}


def test_a_rule_that_a_piece_names_goes_before_its_family():
    assert piece_of("RAC-21").name == "Processes"
    assert piece_of("RAC-01").name == "RACI"


def test_there_are_five_questions_before_planning_and_eleven_about_the_model():
    codes = [f"K{number}" for number in range(1, 6)] + [f"Q{number}" for number in range(1, 12)]
    assert [question.code for question in QUESTIONS] == codes
