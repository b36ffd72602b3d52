"""Who writes what of assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.approval import gaps, shown
from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer, GapDecision
from sm_planner.engine.model.learning import SanityCheck
from sm_planner.engine.rights import refuse_files, refuse_write
from sm_planner.engine.rights.assessments import may_answer, refuse_deleting_assessment
from sm_planner.engine.rights.writer import Writer

ROW = AssessmentAnswer(code="a", target=2)
OWN = Assessment(id="a", framework="f", assessor="ana", answers=(ROW,))
INDEPENDENT = replace(OWN, kind="Independent")
PLANNER = Writer("planner@example.org", plans=True)
ASSESSOR = Writer("ana@example.org", frozenset({"ana"}))
OTHER = Writer("bo@example.org", frozenset({"bo"}))
FOUND = (replace(ROW, score=1),)


def refused(record, old, writer) -> str:
    return str(refuse_write(record, old, writer, lambda collection, id: None) or "")


@pytest.mark.parametrize("writer", [PLANNER, ASSESSOR])
def test_planners_and_who_assesses_begin_one_that_is_not_submitted(writer):
    assert refused(INDEPENDENT, None, writer) == ""
    assert "Answer its lines first" in refused(replace(OWN, status="Submitted"), None, writer)
    assert "Who assesses, or a planner" in refused(OWN, None, OTHER)


def test_who_assesses_answers_and_planners_do_so_where_it_is_no_independent_one():
    assert refused(replace(OWN, answers=FOUND), OWN, PLANNER) == ""
    assert refused(replace(INDEPENDENT, answers=FOUND), INDEPENDENT, ASSESSOR) == ""
    assert "without help of others" in refused(replace(INDEPENDENT, answers=FOUND), INDEPENDENT, PLANNER)
    assert "without help of others" in refused(replace(OWN, answers=FOUND), INDEPENDENT, PLANNER)
    targets = replace(INDEPENDENT, answers=(replace(ROW, target=3),))
    assert refused(targets, INDEPENDENT, PLANNER) == ""
    assert refused(replace(OWN, assessor="bo"), OWN, OTHER) != ""


@pytest.mark.parametrize("writer", [PLANNER, ASSESSOR, OTHER])
def test_what_was_submitted_stays_for_everybody(writer):
    done = replace(OWN, status="Submitted", answers=FOUND)
    assert refused(done, done, writer) == (
        "Who assesses, or a planner, can enter or change this." if writer is OTHER else ""
    )
    for changed in (replace(done, status="Draft"), replace(done, title="New"), replace(done, answers=(ROW,))):
        assert "was submitted, and stays" in refused(changed, done, writer)
    assert "is not deleted" in str(refuse_deleting_assessment(done))
    assert refuse_deleting_assessment(OWN) is None
    assert not may_answer(done, writer)


def test_who_assesses_does_not_set_the_lines_or_what_is_wanted_of_them():
    for changed in (
        replace(INDEPENDENT, answers=()),
        replace(INDEPENDENT, goal=1),
        replace(INDEPENDENT, levels=("a", "b")),
        replace(INDEPENDENT, answers=(replace(ROW, target=1),)),
        replace(INDEPENDENT, answers=(replace(ROW, weight=9.0),)),
    ):
        assert "Planners set the lines" in refused(changed, INDEPENDENT, ASSESSOR)


def test_a_planner_has_no_hand_in_an_independent_one_by_way_of_its_kind():
    answered, free = replace(OWN, answers=FOUND), replace(INDEPENDENT, answers=FOUND)
    assert "without help of others" in refused(free, None, PLANNER)
    assert "without help of others" in refused(free, answered, PLANNER)
    assert "without help of others" in refused(answered, free, PLANNER)
    assert refused(OWN, INDEPENDENT, PLANNER) == ""


def test_the_page_offers_answers_to_whom_the_server_takes_them_from():
    assert may_answer(OWN, PLANNER) and may_answer(INDEPENDENT, ASSESSOR)
    assert not (may_answer(INDEPENDENT, PLANNER) or may_answer(OWN, OTHER))


def test_who_asked_to_live_with_a_gap_cannot_say_that_another_did():
    asked = GapDecision(id="g", framework="f", code="a", requester="ana")
    both = Writer("ana@example.org", frozenset({"ana"}), plans=True)
    assert "Who did does not take that back" in refused(replace(asked, requester="bo"), asked, both)
    assert refused(replace(asked, requester="bo"), asked, PLANNER) == ""
    assert refused(replace(asked, reason="Later."), asked, ASSESSOR) == ""
    assert "Only whom it is about" in refused(asked, None, OTHER)


def test_nobody_decides_about_living_with_a_gap_for_which_nobody_asked():
    plan = Plan(id="p", plan_owner="bo", executive_sponsor="eve")
    asked = GapDecision(id="g", framework="f", code="a", reason="Later.", expires=date(2027, 12, 31))
    assert "Have entered who asks" in str(
        gaps.refuse_decision(plan, asked, {"bo"}, shown(asked), entered=False)
    )
    known = replace(asked, requester="ana")
    assert gaps.refuse_decision(plan, known, {"bo"}, shown(known), entered=False) is None


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (replace(OWN, status="Submitted"), "was submitted"),
        (SanityCheck(service="s", held_on=date(2027, 3, 1)), "was held"),
    ],
)
def test_files_of_what_was_submitted_or_held_stay_as_they_are(record, told):
    assert told in str(refuse_files(record))
    assert refuse_files(OWN) is None
    assert refuse_files(SanityCheck(service="s")) is None
