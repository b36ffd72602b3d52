"""Key questions are named by their words, and stored by their codes; the plan shows what answers them already."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.checks.entry import refusals
from sm_planner.engine.checks.key_answers import answered
from sm_planner.engine.model import COLLECTIONS, Answer, Component, Improvement, Plan, Service
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.plan import RelatedPlan
from sm_planner.engine.model.questions import QUESTIONS, WORDS
from sm_planner.engine.model.values import misnamed, value_of, words_of
from sm_planner.engine.reading.problems import PlanFileError
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sealing.diff import diff_plans

QUESTION = specs(Answer)["question"]
CRITICAL = "Which of their components are critical?"


def file_with(question: str, state: str = "Draft") -> str:
    return f'plan:\n  id: p\n  title: P\n  state: {state}\n  answers:\n    - question: "{question}"\n      answer: Yes.\n'


@given(st.sampled_from(WORDS), st.booleans(), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_a_question_may_be_written_by_its_code_or_in_its_words_in_any_case(pair, by_code, written):
    code, words = pair
    text = written(code if by_code else f"  {words.rstrip('?')} ")
    assert plan_file.loads(file_with(text)).answers[0].question == code


def test_what_is_signed_is_the_same_however_the_question_was_written():
    by_code, in_words = (plan_file.loads(file_with(written)) for written in ("Q2", CRITICAL))
    assert canonical.content(by_code) == canonical.content(in_words)


def test_a_question_may_be_written_in_the_language_of_the_site():
    german = {CRITICAL: "Welche ihrer Komponenten sind kritisch?"}
    assert (
        value_of(QUESTION, "welche ihrer komponenten sind KRITISCH", lambda text: german.get(text, text))
        == "Q2"
    )


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Q12", "What should service management|Which products|What was learned|Which of their components"),
        ("Which of their parts are critical?", "Which of their components are critical?"),
        ("critical components", "Which of their components are critical?"),
    ],
)
def test_an_unknown_question_is_refused_with_the_nearest(written, nearest):
    with pytest.raises(PlanFileError) as refused:
        plan_file.loads(file_with(written), "p.yaml")
    (problem,) = refused.value.problems
    assert str(problem).startswith(f"p.yaml:6:17: There is no Question “{written}”. Write “")
    assert any(str(problem.fix).startswith(f"Write “{one}") for one in nearest.split("|"))


def test_where_nothing_is_near_an_example_is_given():
    assert "Write it in its words, such as “What should" in str(misnamed(QUESTION, "???"))


@pytest.mark.parametrize("state", ["Active", "Superseded"])
def test_what_was_signed_with_another_question_is_still_read(state):
    assert plan_file.loads(file_with("Q99", state)).answers[0].question == "Q99"


def test_who_enters_answers_is_told_of_an_unknown_question_and_of_a_second_answer():
    plan = Plan(id="p", title="P", answers=tuple(Answer(question=one) for one in ("Q1", "Qx", "Q1")))
    told = [(one.row, str(one.message)) for one in refusals(plan)]
    assert told == [
        (2, "There is no Question “Qx”."),
        (3, "“Which products and services are supported?” stands here twice."),
    ]


def test_a_comparison_names_questions_by_their_words():
    def answers(**given: str) -> Plan:
        return Plan(id="p", title="P", answers=tuple(Answer(question=q, answer=a) for q, a in given.items()))

    changes = diff_plans(answers(Q1="E-mail.", Q3="As it is."), answers(Q1="All.", Q2="The server."))

    assert [str(change.text) for change in changes] == [
        "Plan P: Key Questions “Which products and services are supported?”, Answer was “E-mail.” and is “All.”.",
        "Plan P: Key Questions no longer has “How will service and support be organised in the future?, As it is.”.",
        "Plan P: Key Questions now has “Which of their components are critical?, The server.”.",
    ]
    assert [(change.row, change.old) for change in changes][:2] == [("Q1", "E-mail."), ("", "Q3, As it is.")]


def test_rows_without_words_are_told_as_they_are():
    def related(*titles: str) -> Plan:
        return Plan(id="p", related_plans=tuple(RelatedPlan(title=title) for title in titles))

    (change,) = diff_plans(related(), related("Q2, and more"))
    assert "now has “Q2, and more”" in str(change.text)


def test_every_question_has_words_of_its_own_that_fit_into_its_field():
    words = [text for _, text in WORDS]
    assert len(set(words)) == len(QUESTIONS) == 16
    assert max(map(len, words)) <= QUESTION.length
    assert [str(words_of(QUESTION, code)) for code, _ in WORDS] == words


def test_what_the_plan_holds_is_told_counted_and_placed():
    plan = Plan(
        id="p",
        services=(Service(id="mail", title="E-mail"),),
        components=(
            Component(id="a", title="Server", is_critical=True),
            Component(id="b", title="Line"),
        ),
        answers=(Answer(question="Q1", answer="E-mail."),),
    )
    told = {one.question.code: one for one in answered(plan)}

    (critical,) = told["Q2"].held
    assert str(critical.text) == "Critical components: 1 of 2"
    assert (critical.place.collection, critical.place.held, critical.titles) == (
        "components",
        ("a",),
        {"a": "Server"},
    )
    assert [str(one.text) for one in told["Q1"].held] == ["Services: 1"]
    assert told["Q1"].is_answered and not told["Q2"].is_answered
    assert told["Q7"].held == ()


def test_improvements_that_are_rejected_or_only_suggested_answer_nothing():
    plan = Plan(
        id="p",
        improvements=(
            Improvement(id="hire", title="Hire", team="desk", effort_days=3),
            Improvement(id="no", team="desk", effort_days=3, status="Rejected"),
            Improvement(id="idea", team="desk", effort_days=3, kind="Suggestion"),
        ),
    )
    told = {one.question.code: one for one in answered(plan)}

    assert [one.titles for code in ("K1", "Q4") for one in told[code].held] == [{"hire": "Hire"}] * 2


def test_the_full_plan_holds_something_about_every_question(full_plan, minimal):
    assert [one.question for one in answered(minimal)] == list(QUESTIONS)
    for one in answered(full_plan):
        for held in one.held:
            assert held.place.collection in {"plan", *COLLECTIONS}
            assert len(held.place.held) == len(held.titles)


def test_an_answer_that_holds_the_place_of_one_is_no_answer(minimal):
    plan = dataclasses.replace(minimal, answers=(Answer(question="K1", answer="TBD"),))
    assert not answered(plan)[0].is_answered
    assert answered(plan)[0].answer.answer == "TBD"
