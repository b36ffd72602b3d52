"""How risks weigh, in which order they stand, and what of them is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sm_planner.engine.learning.risks import (
    acceptance_is_over,
    by_weight,
    criteria,
    is_overdue,
    overdue_since,
    undeclared,
    weight,
)
from sm_planner.engine.model import GRADES, Plan
from sm_planner.engine.model.risks import Risk, RiskCriterion
from sm_planner.engine.model.vocabulary import IMPACTS, LIKELIHOODS
from sm_planner.engine.part.dues import Todo, dues
from sm_planner.engine.part.waiting import waiting

TODAY = date(2026, 6, 1)
FIRE = Risk(id="fire", title="Fire", likelihood="Rare", impact="Severe", risk_owner="bo")


@pytest.mark.parametrize(
    ("likelihood", "impact", "score", "level"),
    [
        ("Rare", "Negligible", 1, "Low"),
        ("Unlikely", "Minor", 4, "Low"),
        ("Rare", "Severe", 5, "Medium"),
        ("Possible", "Moderate", 9, "Medium"),
        ("Unlikely", "Severe", 10, "High"),
        ("Likely", "Major", 16, "Critical"),
        ("Almost Certain", "Severe", 25, "Critical"),
    ],
)
def test_the_level_follows_from_likelihood_and_impact(likelihood, impact, score, level):
    weighed = weight(likelihood, impact)
    assert (weighed.score, weighed.level) == (score, level)


def test_what_grows_never_gets_lighter_and_what_is_not_rated_has_no_level():
    for scale in (LIKELIHOODS, IMPACTS):
        for step, higher in zip(scale, scale[1:], strict=False):
            for other in IMPACTS if scale is LIKELIHOODS else LIKELIHOODS:
                pair = (
                    ((step, other), (higher, other))
                    if scale is LIKELIHOODS
                    else ((other, step), (other, higher))
                )
                below, above = (GRADES.index(weight(*one).level) for one in pair)
                assert below <= above
    assert weight("", "Severe") is weight("Rare", "") is None


def test_unrated_risks_come_first_and_closed_ones_last():
    risks = [
        replace(FIRE, id="closed", status="Closed", likelihood="Almost Certain"),
        replace(FIRE, id="light"),
        replace(FIRE, id="heavy", likelihood="Likely"),
        replace(FIRE, id="unrated", likelihood=""),
    ]
    assert [one.id for one in by_weight(risks)] == ["unrated", "heavy", "light", "closed"]


def test_the_steps_that_open_risks_use_and_the_plan_does_not_explain():
    plan = Plan(
        id="p",
        risk_criteria=(
            RiskCriterion(step="Rare", criterion="Once"),
            RiskCriterion(step="Severe", criterion=" "),
        ),
        risks=(FIRE, replace(FIRE, id="b", status="Closed", likelihood="Likely")),
    )
    assert criteria(plan) == {"Rare": "Once"}
    assert undeclared(plan) == ("Severe",)


def test_a_risk_is_overdue_when_its_look_or_its_answer_is():
    yesterday = TODAY - timedelta(days=1)
    assert is_overdue(replace(FIRE, next_look=yesterday), TODAY)
    assert is_overdue(replace(FIRE, answer_until=yesterday), TODAY)
    assert not is_overdue(replace(FIRE, answer_until=yesterday, status="Answered"), TODAY)
    assert not is_overdue(replace(FIRE, next_look=yesterday, status="Closed"), TODAY)
    assert not is_overdue(replace(FIRE, next_look=TODAY, answer_until=TODAY), TODAY)
    answered = replace(FIRE, answer_until=date(2026, 1, 1), next_look=yesterday, status="Answered")
    assert overdue_since(answered, TODAY) == yesterday
    assert overdue_since(replace(answered, status="Open"), TODAY) == date(2026, 1, 1)
    assert overdue_since(replace(answered, next_look=TODAY), TODAY) is None
    accepted = replace(FIRE, answer="Accept", answer_until=yesterday)
    assert acceptance_is_over(accepted, TODAY)
    assert not acceptance_is_over(replace(accepted, answer="Reduce"), TODAY)


def test_its_owner_is_told_of_the_look_and_of_the_answer(minimal):
    (risk,) = minimal.risks
    told = [(due.what, due.day) for due in dues(minimal, "omar", TODAY) if due.record.collection == "risks"]
    assert told == [(Todo.LOOK_AT_RISK, risk.next_look), (Todo.ANSWER_RISK, risk.answer_until)]
    accepted = replace(minimal, risks=(replace(risk, answer="Accept"),))
    assert {due.what for due in dues(accepted, "omar", TODAY) if due.record.collection == "risks"} == {
        Todo.LOOK_AT_RISK
    }
    closed = replace(minimal, risks=(replace(risk, status="Closed"),))
    assert not [due for due in dues(closed, "omar", TODAY) if due.record.collection == "risks"]


def test_what_waits_with_whom(minimal):
    (risk,) = minimal.risks
    (check,) = minimal.sanity_checks
    late = replace(
        minimal,
        risks=(replace(risk, next_look=date(2026, 1, 1)),),
        lessons=tuple(replace(one, action="") for one in minimal.lessons),
        sanity_checks=(replace(check, held_on=None),),
    )
    told = {str(one.text): one.whom for one in waiting(late, TODAY) if one.record}
    assert told["The risk “The lending system fails for a day” should have been looked at."] == ("omar",)
    assert told[
        "The lesson “Tell the desk before the readers” has neither an action nor a reason for none."
    ] == ("paula",)
    assert [
        (due.what, str(due.record)) for due in dues(late, "paula", TODAY) if due.what is Todo.HOLD_CHECK
    ] == [(Todo.HOLD_CHECK, "Lending Desk")]
    assert told["Sanity check of Lending Desk, 2026-09-14: not held yet."] == ("paula",)
