"""What of a plan waits for somebody's answer."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from sm_planner.engine.model import Improvement, Person, Plan
from sm_planner.engine.model.assessments import GapDecision
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.part.asking import asked, unanswered

TODAY = date(2027, 3, 1)

READY = Improvement(
    id="ready", title="Ready", status="Assess", improvement_owner="ann", due=date(2027, 6, 30), effort_days=10
)
DONE = dataclasses.replace(
    READY, id="done", title="Done", status="Verify", benefit_actual=4, verdict="Reached"
)
IDEA = Improvement(id="idea", title="Idea", kind="Suggestion", suggested_by="sue")
PLAN = Plan(
    id="p",
    plan_owner="own",
    executive_sponsor="spo",
    people=tuple(Person(id=id, title=id.title()) for id in ("ann", "own", "spo", "sue")),
    improvements=(READY, DONE, IDEA, dataclasses.replace(IDEA, id="nobody", title="Nobody", suggested_by="")),
)
DECISIONS = ["“Ready” waits for your approval.", "“Done” is done. Close it, or have it taken up again."]
ANSWERS = ["“Idea” was suggested by Sue. Answer it.", "“Nobody” was suggested. Answer it."]


def told(plan: Plan, person: str) -> list[str]:
    return [str(one.text) for one in asked(plan, person, TODAY)]


def test_the_sponsor_decides_and_the_plan_owner_answers_as_well():
    assert told(PLAN, "spo") == DECISIONS
    assert told(PLAN, "own") == DECISIONS + ANSWERS


@pytest.mark.parametrize("person", ["ann", "sue", "", "stranger"])
def test_who_decides_about_nothing_is_asked_nothing(person):
    assert told(PLAN, person) == []


def test_nobody_answers_himself():
    assert told(dataclasses.replace(PLAN, plan_owner="sue"), "sue") == [*DECISIONS, ANSWERS[1]]


def test_each_is_answered_where_it_is_written():
    assert [one.record for one in asked(PLAN, "spo", TODAY)] == [Ref.to(READY), Ref.to(DONE)]


@pytest.mark.parametrize(
    "changes", [{"status": "Assess"}, {"status": "Rejected"}, {"answer": "No."}, {"kind": "Improvement"}]
)
def test_what_was_taken_up_rejected_or_answered_waits_no_longer(changes):
    waiting = dataclasses.replace(PLAN, improvements=(IDEA,))
    answered = dataclasses.replace(PLAN, improvements=(dataclasses.replace(IDEA, **changes),))

    assert unanswered(waiting) == (IDEA,)
    assert unanswered(answered) == ()


def test_a_gap_to_live_with_and_the_funding_request_ask_who_decides():
    gap = GapDecision(id="g", title="Log", reason="Later.", expires=date(2028, 1, 1), requester="own")
    line = BudgetLine(id="l", kind="One-off", amount=1, start_date=TODAY)
    plan = dataclasses.replace(
        PLAN, improvements=(), gap_decisions=(gap,), budget_lines=(line,), currency="EUR"
    )

    assert told(plan, "own") == []
    assert told(plan, "spo") == [
        "“Log” asks to live with a gap. Decide about it.",
        "The funding request waits for your decision.",
    ]
