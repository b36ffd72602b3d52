"""Gaps: from which assessment they are, what answers them, in which order, and the way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sm_planner.engine.approval import shown, what
from sm_planner.engine.approval.gaps import deciders, refuse_decision
from sm_planner.engine.assessment import answering
from sm_planner.engine.assessment.gaps import State, answered, gap_behind, gaps, improvement_for
from sm_planner.engine.assessment.history import before, newest, track
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.approvals import APPROVE, CLOSE, Approval
from sm_planner.engine.model.assessments import Assessment, AssessmentAnswer, GapDecision
from sm_planner.reports import assessment_history, gap_register

TODAY = date(2027, 1, 10)


def row(code, score=None, target=2, **rest) -> AssessmentAnswer:
    return AssessmentAnswer(code=code, title=code.upper(), group="G", score=score, target=target, **rest)


def assessment(id, day, *answers, **rest) -> Assessment:
    values = {"framework": "f", "levels": ("a", "b", "c"), "status": "Submitted", **rest}
    return Assessment(id=id, title=id, as_of=day, answers=answers, **values)


OLD = assessment("old", date(2026, 1, 5), row("a", 0), row("b", 1), row("c", 1))
NOW = assessment("now", date(2027, 1, 5), row("a", 1), row("b", 2), row("c"), row("d", not_applicable="No"))
DRAFT = assessment("draft", date(2027, 1, 9), row("a", 0), row("b", 0), status="Draft")
PLAN = Plan(id="p", plan_owner="ann", executive_sponsor="eve", assessments=(DRAFT, NOW, OLD))


def action(id="i", code="a", **rest) -> Improvement:
    return Improvement(id=id, title=id, source_kind="Gap", source_record=f"f / {code}", **rest)


def decision(**rest) -> GapDecision:
    return GapDecision(id="g", framework="f", code="a", reason="Later", requester="bob", **rest)


def state(plan: Plan, code="a") -> State:
    return next(one.state for one in answered(plan, TODAY) if one.gap.answer.code == code)


def test_the_newest_submitted_assessment_tells_the_gaps_and_the_one_before_the_last_levels():
    assert newest(PLAN) == (NOW,)
    assert before(PLAN, NOW) == OLD and before(PLAN, OLD) is None
    assert [(one.id, one.last, one.size) for one in gaps(PLAN)] == [("f / a", 0, 1), ("f / c", 1, None)]
    assert [one.score for _, one in track(PLAN, "f", "a")] == [0, 1]


def test_another_scale_is_not_compared():
    other = replace(OLD, levels=("x", "y"))
    assert before(replace(PLAN, assessments=(NOW, other)), NOW) is None


def test_of_one_day_the_independent_one_counts():
    self_made = replace(NOW, id="z")
    independent = replace(NOW, id="a", kind="Independent")
    assert newest(replace(PLAN, assessments=(self_made, independent))) == (independent,)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (action(), State.IN_HAND),
        (action(status="Rejected"), State.NOBODY),
        (action(kind="Suggestion"), State.NOBODY),
        (action(code="b"), State.NOBODY),
        (replace(action(), source_kind="Other"), State.NOBODY),
        (action(status="Closed", due=date(2027, 1, 6)), State.DONE),
        (action(status="Closed"), State.DONE),
        (action(status="Closed", due=date(2027, 1, 4)), State.NOBODY),
    ],
)
def test_an_improvement_answers_while_it_is_worked_on_or_was_not_judged_yet(made, wanted):
    assert state(replace(PLAN, improvements=(made,))) is wanted


def test_when_an_improvement_was_closed_is_what_was_decided():
    made = action(status="Closed", due=date(2026, 1, 1))
    closed = Approval(register="improvements", entry="i", number=1, act=CLOSE, person="ann", what=what(made))
    plan = replace(PLAN, improvements=(made,), approvals=(replace(closed, day=date(2027, 1, 8)),))
    assert state(plan) is State.DONE


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (decision(status="Approved", expires=TODAY), State.ACCEPTED),
        (decision(status="Approved", expires=date(2027, 1, 9)), State.EXPIRED),
        (decision(status="Approved"), State.NOBODY),
        (decision(expires=date(2028, 1, 1)), State.ASKED),
        (decision(status="Rejected", expires=date(2028, 1, 1)), State.NOBODY),
    ],
)
def test_a_decision_answers_while_it_is_in_force(made, wanted):
    assert state(replace(PLAN, gap_decisions=(made,))) is wanted


def test_on_a_site_what_counts_is_what_was_approved_and_not_what_it_became():
    made = decision(expires=date(2028, 1, 1))
    given = Approval(
        register="gap_decisions", entry="g", number=1, act=APPROVE, person="ann", what=what(made)
    )
    plan = replace(PLAN, gap_decisions=(made,), approvals=(replace(given, until=made.expires),))
    assert state(plan) is State.ACCEPTED
    changed = replace(made, reason="Another", status="Approved")
    assert state(replace(plan, gap_decisions=(changed,))) is State.NOBODY


def test_what_nobody_answers_comes_first_and_what_was_not_assessed_before_the_rest():
    plan = replace(PLAN, improvements=(action(),))
    assert [one.gap.answer.code for one in answered(plan, TODAY)] == ["c", "a"]
    assert [one.gap.answer.code for one in answered(PLAN, TODAY)] == ["c", "a"]


def test_a_gap_becomes_an_improvement_that_leads_back_to_it():
    made = improvement_for(gaps(PLAN)[0])
    assert (made.title, made.source_record) == ("A: 1 → 2", "f / a")
    assert (made.benefit_baseline, made.benefit_target, made.benefit_baseline_date) == (1, 2, NOW.as_of)
    assert gap_behind(PLAN, made) == ("f", "a")
    assert gap_behind(PLAN, replace(made, source_kind="Other")) is None
    assert state(replace(PLAN, improvements=(replace(made, id="i"),))) is State.IN_HAND


def test_who_asks_does_not_decide_and_nobody_decides_about_what_he_has_not_read():
    asked = decision(expires=date(2028, 1, 1))
    assert deciders(PLAN, asked) == {"ann", "eve"}
    assert deciders(PLAN, replace(asked, requester="eve")) == {"ann"}
    told = str(refuse_decision(PLAN, asked, {"bob"}, "", entered=False))
    assert told == "You asked to live with this gap. Somebody else decides about it."
    assert "has changed" in str(refuse_decision(PLAN, asked, {"ann"}, "", entered=False))
    told = str(refuse_decision(PLAN, asked, {"ann"}, shown(asked), entered=True))
    assert told == "You entered this. Somebody else decides about it."


def test_others_are_seen_once_one_has_answered_oneself():
    mine = replace(DRAFT, id="mine", answers=(row("a", 1), row("b")))
    said = answering.others(replace(PLAN, assessments=(mine, DRAFT, NOW, OLD)), mine)
    assert {code: [(one.assessment.id, one.is_last) for one in told] for code, told in said.items()} == {
        "a": [("draft", False), ("now", True)]
    }


def test_the_state_of_a_line_is_what_its_assessor_said():
    first = answering.state_of(NOW, "a")
    assert first == answering.state_of(replace(NOW, title="Other"), "a")
    assert first != answering.state_of(replace(NOW, answers=(row("a", 2),)), "a")
    assert answering.state_of(OLD, "a") != answering.state_of(replace(OLD, answers=(row("a"),)), "a")


def test_the_register_shows_last_time_now_and_target_and_what_has_closed():
    plan = replace(
        PLAN, improvements=(action(verdict="Missed"), action("k", "b", status="Closed", verdict="Reached"))
    )
    table = gap_register.report(plan, TODAY)
    assert [(one["title"], one["last"], one["now"], one["target"]) for one in table.rows] == [
        ("C", 1, None, 2),
        ("A", 0, 1, 2),
    ]
    (closed,) = gap_register.report(plan, TODAY, show="Closed").rows
    assert (closed["title"], closed["last"], closed["now"], str(closed["verdict"])) == ("B", 1, 2, "Reached")
    assert [one.values for one in table.chart.datasets] == [(0.5,), (1.5,), (2.0,)]
    assert [one["title"] for one in gap_register.report(plan, TODAY, show="All lines").rows] == [
        "A",
        "B",
        "C",
        "D",
    ]
    assert [one["title"] for one in gap_register.report(plan, TODAY, show="Nobody answers").rows] == ["C"]
    assert [one["title"] for one in gap_register.report(plan, TODAY, show="Answered").rows] == ["A"]


def test_a_chart_of_levels_leaves_out_what_nobody_knows():
    first = gap_register.report(replace(PLAN, assessments=(NOW,)), TODAY).chart
    assert [(str(one.name), one.values) for one in first.datasets] == [("Now", (1.5,)), ("Target", (2.0,))]
    no_target = replace(NOW, answers=(*NOW.answers, replace(row("e", 1, None), group="H")))
    chart = gap_register.report(replace(PLAN, assessments=(no_target, OLD)), TODAY).chart
    assert [(str(one.name), one.values) for one in chart.datasets] == [("Now", (1.5, 1.0))]
    assert len(chart.colors) == 1


def test_a_gap_is_accepted_for_a_time_and_counted_so():
    plan = replace(PLAN, gap_decisions=(decision(status="Approved", expires=TODAY),))
    table = gap_register.report(plan, TODAY, show="Answered").as_dict()
    assert [one["state"] for one in table["rows"]] == ["Accepted for a time"]
    assert {one["label"]: one["value"] for one in table["summary"]}["Accepted for a time"] == 1


def test_the_history_of_one_framework_names_no_assessment_of_another():
    other = replace(DRAFT, framework="g")
    plan = replace(PLAN, assessments=(other, NOW, OLD))
    assert str(assessment_history.report(plan, TODAY, framework="f").message).startswith("Submitted assess")
    assert "“draft” is not submitted yet" in str(assessment_history.report(plan, TODAY).message)


def test_the_history_tells_progress_and_result_apart():
    table = assessment_history.report(PLAN, TODAY)
    assert [
        (one["title"], one["progress"], one["mean"], one["minimum"], one["below"]) for one in table.rows
    ] == [
        ("now", 75.0, 1.5, 1, 1),
        ("old", 100.0, 0.67, 0, 3),
    ]
    assert str(table.chart.reading) == "The mean went from 0.7 in “old” to 1.5 in “now”."
    assert "“draft” is not submitted yet" in str(table.message)
    assert assessment_history.report(Plan(id="p"), TODAY).chart is None
