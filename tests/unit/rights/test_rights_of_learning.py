"""Who may write risks and sanity checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.model.learning import Lesson, SanityAnswer, SanityCheck
from sm_planner.engine.model.risks import Risk
from sm_planner.engine.rights import refuse_write
from sm_planner.engine.rights.learning import refuse_deleting_sanity_check
from sm_planner.engine.rights.writer import Writer

BO, ANA = Writer("bo@x", frozenset({"bo"})), Writer("ana@x", frozenset({"ana"}))
PLANNER = Writer("p@x", plans=True)
RISK = Risk(id="fire", title="Fire", risk_owner="bo", answer="Reduce", likelihood="Rare", impact="Major")
ROW = SanityAnswer(question="Agreement", plan_says="None.", outcome="Otherwise")
AHEAD = SanityCheck(service="desk", day=date(2026, 3, 2), lead="bo", answers=(ROW,))
HELD = replace(AHEAD, held_on=date(2026, 4, 1))


def refused(record, old, writer) -> str:
    return str(refuse_write(record, old, writer, lambda collection, id: None) or "")


@pytest.mark.parametrize("writer", [BO, PLANNER])
def test_an_owner_and_a_planner_write_a_risk(writer):
    assert refused(RISK, None, writer) == refused(replace(RISK, standing="Quiet."), RISK, writer) == ""


def test_others_enter_no_risk_of_somebody_and_nobody_hands_his_own_on():
    assert "Only the owner" in refused(RISK, None, ANA)
    assert "Only the owner" in refused(replace(RISK, risk_owner="ana"), RISK, BO)
    assert "Only the owner" in refused(replace(RISK, risk_owner="ana"), RISK, ANA)


def test_who_decided_is_entered_by_himself_or_a_planner():
    mine, edith = replace(RISK, decided_by="bo"), replace(RISK, decided_by="edith")
    assert refused(mine, RISK, BO) == refused(edith, RISK, PLANNER) == ""
    assert "entered by a planner" in refused(edith, None, BO)
    assert "entered by a planner" in refused(edith, mine, BO)


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "Accept"},
        {"decided_by": ""},
        {"answer_until": date(2030, 1, 1)},
        {"likelihood": "Likely"},
        {"impact": "Minor"},
    ],
)
def test_what_somebody_else_decided_about_stays(change):
    decided = replace(RISK, decided_by="edith")
    assert "Somebody else decided" in refused(replace(decided, **change), decided, BO)
    assert refused(replace(decided, **change), decided, PLANNER) == ""
    assert refused(replace(decided, status="Occurred", standing="It burns."), decided, BO) == ""


def test_who_leads_a_check_and_planners_write_it_until_it_is_held():
    for writer in (BO, PLANNER):
        assert refused(AHEAD, None, writer) == ""
        assert refused(replace(AHEAD, answers=(replace(ROW, happened="One."),)), AHEAD, writer) == ""
        assert "stays as it is" in refused(replace(HELD, what="Another"), HELD, writer)
        assert "stays as it is" in refused(replace(HELD, answers=()), HELD, writer)
        assert refused(replace(HELD, remarks="Later."), HELD, writer) == ""
    assert "Only who leads" in refused(replace(AHEAD, what="Mine"), AHEAD, ANA)
    assert "Only who leads" in refused(replace(AHEAD, lead="ana"), AHEAD, ANA)


def test_that_a_check_was_held_and_what_became_of_it_is_written_by_nobody():
    lesson = replace(AHEAD, answers=(replace(ROW, became="tell"),))
    for writer in (BO, PLANNER):
        for record, old in ((HELD, None), (HELD, AHEAD), (AHEAD, HELD), (lesson, AHEAD), (lesson, None)):
            assert "kept by the site" in refused(record, old, writer)
        assert "not deleted" in str(refuse_deleting_sanity_check(HELD, writer))
        assert refuse_deleting_sanity_check(AHEAD, writer) is None
    assert "Only who leads" in str(refuse_deleting_sanity_check(AHEAD, ANA))


def test_a_lesson_is_its_owners():
    lesson = Lesson(id="tell", title="Tell", lesson_owner="bo")
    assert refused(lesson, None, BO) == refused(lesson, lesson, PLANNER) == ""
    assert "Only whom it is about" in refused(replace(lesson, lesson_owner="ana"), lesson, ANA)
