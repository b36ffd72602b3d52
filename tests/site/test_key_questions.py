"""Key questions on a site: written in their words, stored by their codes, and what in a plan answers them already."""

from __future__ import annotations

import dataclasses

import frappe
import pytest

from sm_planner import api
from sm_planner.adapters.documents import plan_writer, record
from sm_planner.engine.model import Service
from sm_planner.engine.model.questions import QUESTIONS

CRITICAL = "Which of their components are critical?"


def plan_with(*questions: str):
    rows = [{"question": question, "answer": f"So: {question}"} for question in questions]
    return frappe.get_doc({"doctype": "SM Plan", "title": "Our plan", "answers": rows})


@pytest.mark.parametrize("written", ["Q2", "q2", CRITICAL, "which of their COMPONENTS are critical"])
def test_a_question_is_stored_by_its_code_however_it_is_written(written):
    assert plan_with(written).insert().answers[0].question == "Q2"


def test_a_question_is_understood_in_the_language_of_who_writes_it(monkeypatch):
    german = "Welche ihrer Komponenten sind kritisch?"
    monkeypatch.setattr(record, "_", lambda text: german if text == CRITICAL else text)
    assert plan_with(german.upper()).insert().answers[0].question == "Q2"


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (("critical components",), f"There is no Question “critical components”. Write “{CRITICAL}”."),
        (("Q2", CRITICAL), f"“{CRITICAL}” stands here twice."),
    ],
)
def test_what_is_no_question_and_a_second_answer_are_refused_by_their_row(questions, told):
    with pytest.raises(frappe.ValidationError) as refused:
        plan_with(*questions).insert()
    assert told in str(refused.value)
    assert f"Key Questions, row {len(questions)}" in str(refused.value)


def test_all_questions_are_told_with_what_the_plan_holds(minimal, minimal_on_site):
    told = {one["code"]: one for one in api.key_questions(minimal_on_site)}

    assert list(told) == [question.code for question in QUESTIONS]
    (services,) = (one for one in told["Q1"]["held"] if one["opens"]["doctype"] == "SM Service")
    assert services["text"] == f"Services: {len(minimal.services)}"
    first = services["records"][0]
    assert (first["title"], first["opens"]["name"]) == (minimal.services[0].title, minimal.services[0].id)
    assert services["more"] == max(0, len(minimal.services) - 3)


def test_a_plan_that_is_not_saved_yet_is_told_the_questions():
    told = api.key_questions()
    assert [one["text"] for one in told] == [frappe._(question.text) for question in QUESTIONS]
    assert not any(one["held"] or one["is_answered"] for one in told)


def test_who_may_not_read_the_plan_is_told_nothing(minimal_on_site, make_user, acting_as):
    with acting_as(make_user()), pytest.raises(frappe.PermissionError):
        api.key_questions(minimal_on_site)


def test_the_queries_for_the_questions_do_not_grow_with_the_plan(example, example_on_site, count_queries):
    def queries() -> int:
        with count_queries() as asked:
            api.key_questions(example_on_site)
        return len(asked)

    queries()  # what Frappe reads once
    few = queries()
    more = tuple(Service(id=f"more-{number}", title=f"Service {number}") for number in range(20))
    plan_writer.save(dataclasses.replace(example, services=example.services + more))
    queries()

    assert queries() <= few


def test_form_and_signature_show_the_size_of_the_effort(minimal, to_sign):
    days = sum(one.effort_days for one in minimal.improvements if one.is_open)
    for told in (api.check(to_sign), api.sign_off_summary(to_sign)):
        lines = {line["key"]: line for line in told["effort"]}
        assert lines["days"]["value"] == days
        assert {"people_needed", "people_had", "months", "services", "people"} <= lines.keys()
