"""Sanity checks, lessons, notes and risks on a site: what is held, what comes of it, who may, and who may not."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import getdate
from seeds import account_with, acting

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine.model.vocabulary import SANITY_QUESTIONS

OWNER, PLANNER, OTHER = (f"{name}@example.org" for name in ("owner", "planner", "other"))
CHECK, LESSON, RISK, IMPROVEMENT = "SM Sanity Check", "SM Lesson", "SM Risk", "SM Improvement"


@pytest.fixture
def plan(minimal) -> str:
    """A draft whose service was accepted ten days ago; omar and nadia own things, and are no planners."""
    account_with("SM Service Owner", name=OWNER)
    account_with("SM Service Owner", name=OTHER)
    account_with("SM Planner User", name=PLANNER)
    accounts = {"omar": OWNER, "nadia": OTHER}
    people = tuple(dataclasses.replace(one, user=accounts.get(one.id, "")) for one in minimal.people)
    (service,) = minimal.services
    accepted = dataclasses.replace(service, accepted_on=getdate() - timedelta(days=10))
    return plan_writer.save(dataclasses.replace(minimal, people=people, services=(accepted,)))


@pytest.fixture
def lineage(plan) -> str:
    return frappe.db.get_value("SM Plan", plan, "lineage")


@pytest.fixture
def check(lineage) -> str:
    """A sanity check that omar has begun; its name."""
    with acting(OWNER):
        return api.begin_sanity_check(lineage)


def answer(name: str, user: str = OWNER, **outcomes: str) -> None:
    """Enter what happened: as planned, but for the questions that are given by the beginning of their names."""
    with acting(user):
        doc = frappe.get_doc(CHECK, name)
        for row in doc.answers:
            row.happened = "It was so."
            row.outcome = outcomes.get(row.question.split()[0], "As Planned")
        doc.save()


@pytest.fixture
def held(check) -> str:
    answer(check, Who="Otherwise")
    with acting(OWNER):
        api.hold_sanity_check(check)
    return check


def test_one_step_begins_the_check_of_the_last_transition_with_what_the_plan_says(check, lineage):
    doc = frappe.get_doc(CHECK, check)
    assert (doc.service, doc.day, doc.lead, doc.held_on, doc.entered_by or "") == (
        "lending",
        getdate() - timedelta(days=10),
        "omar",
        None,
        "",
    )
    assert [row.question for row in doc.answers] == list(SANITY_QUESTIONS)
    assert doc.answers[0].plan_says == "Lending Desk: Computer Room, by Phone."
    with acting(OWNER):
        assert api.begin_sanity_check(lineage) == check  # which was begun before


def test_it_begins_from_a_service_or_a_customer_and_says_where_that_is_not_in_the_plan(lineage):
    with acting(PLANNER):
        for about in ({"service": "lending"}, {"customer": "readers"}):
            doc = frappe.get_doc(CHECK, api.begin_sanity_check(lineage, **about))
            assert {key: doc.get(key) for key in about} == about
        with pytest.raises(frappe.ValidationError, match="does not have that"):
            api.begin_sanity_check(lineage, service="nothing")


def test_what_the_plan_says_follows_the_plan_until_the_check_is_held(check):
    frappe.db.set_value("SM Team", "computer-room", "title", "The Cellar")
    answer(check)
    said = frappe.get_doc(CHECK, check).answers[0].plan_says
    assert said == "Lending Desk: The Cellar, by Phone."
    with acting(OWNER):
        api.hold_sanity_check(check)
    frappe.db.set_value("SM Team", "computer-room", "title", "Computer Room")
    with acting(OWNER):
        doc = frappe.get_doc(CHECK, check)
        doc.remarks = "Nadia told us the rest."
        doc.save()
    doc.reload()
    assert (doc.held_on, doc.remarks, doc.answers[0].plan_says) == (
        getdate(),
        "Nadia told us the rest.",
        said,
    )


def test_a_check_is_not_held_before_each_question_has_an_outcome(check):
    with acting(OWNER), pytest.raises(frappe.ValidationError, match="Who Is Told"):
        api.hold_sanity_check(check)
    with acting(OWNER):
        told = api.sanity_check_steps(check)
    assert not told["may_hold"]
    assert "First Contact" in told["lacks"]


def test_a_difference_becomes_a_lesson_and_that_an_improvement(held, lineage):
    with acting(OWNER):
        assert api.sanity_check_steps(held)["differences"] == [5]
        lesson = api.make_lesson(held, 5, "Tell the desk first.\nBefore the readers.")
        action = api.act_on_lesson(lesson, "Write to the desk", "omar", "2027-12-01")

    doc = frappe.get_doc(LESSON, lesson)
    assert (doc.title, doc.source_kind, doc.service, doc.lesson_owner, doc.action) == (
        "Tell the desk first.",
        "Sanity Check",
        "lending",
        "omar",
        action,
    )
    assert doc.what_happened == "It was so."
    done = frappe.get_doc(IMPROVEMENT, action)
    assert (done.source_kind, done.source, done.source_record, done.improvement_owner, done.status) == (
        "Lesson",
        doc.title,
        doc.id,
        "omar",
        "New",
    )
    with acting(OWNER):
        told = api.sanity_check_steps(held)
    assert told["differences"] == []
    assert told["lessons"] == {doc.id: {"name": lesson, "title": doc.title, "action": action}}
    with acting(OWNER), pytest.raises(frappe.ValidationError, match="This became"):
        api.make_lesson(held, 5, "Again")
    plan = plan_reader.load(frappe.db.get_value("SM Plan", {"lineage": lineage}))
    (known,) = [one for one in plan.sanity_checks if one.day == doc_day(held)]
    assert known.answers[4].became == doc.id
    assert plan.get("lessons", doc.id).action == done.id


def doc_day(name: str) -> date:
    return frappe.db.get_value(CHECK, name, "day")


@pytest.mark.parametrize("act", ["hold", "learn", "write", "delete"])
def test_nobody_else_holds_a_check_or_makes_something_of_it(held, lineage, act):
    acts = {
        "hold": lambda: api.hold_sanity_check(held),
        "learn": lambda: api.make_lesson(held, 5, "Mine"),
        "write": lambda: frappe.get_doc(CHECK, held).update({"remarks": "Mine"}).save(),
        "delete": lambda: frappe.delete_doc(CHECK, held),
    }
    with acting(OTHER), pytest.raises(frappe.PermissionError):
        acts[act]()
    assert frappe.db.exists(CHECK, held)
    assert not frappe.get_doc(CHECK, held).remarks


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"held_on": "2020-01-01"}, "kept by the site"),
        ({"day": "2020-01-01"}, "was held, and stays as it is"),
        ({"lead": "nadia"}, "was held, and stays as it is"),
    ],
)
def test_what_was_held_stays_as_it_is_even_to_planners(held, change, told):
    with acting(PLANNER), pytest.raises(frappe.PermissionError, match=told):
        frappe.get_doc(CHECK, held).update(change).save()


def test_answers_of_what_was_held_are_written_by_nobody(held):
    for field, value in (("outcome", "As Planned"), ("plan_says", "Mine"), ("became", "tell-the-desk-first")):
        with acting(PLANNER), pytest.raises(frappe.PermissionError):
            doc = frappe.get_doc(CHECK, held)
            doc.answers[4].set(field, value)
            doc.save()
    with acting(OWNER), pytest.raises(frappe.PermissionError, match="not deleted"):
        frappe.delete_doc(CHECK, held)


def test_a_planner_who_holds_it_for_its_lead_is_noted(check):
    answer(check, user=PLANNER)
    with acting(PLANNER):
        api.hold_sanity_check(check)
    assert frappe.get_doc(CHECK, check).entered_by == frappe.db.get_value("User", PLANNER, "full_name")


def risk(lineage: str, **values: str) -> frappe.model.document.Document:
    return frappe.get_doc(
        {"doctype": RISK, "lineage": lineage, "title": "Fire", "kind": "Availability", **values}
    )


def test_an_owner_enters_risks_and_decides_what_is_his(lineage):
    with acting(OWNER):
        doc = risk(lineage, answer="Reduce", decided_by="omar").insert()
        assert (doc.risk_owner, doc.status) == ("omar", "Open")
        with pytest.raises(frappe.PermissionError, match="entered by a planner"):
            doc.update({"decided_by": "edith"}).save()
    with acting(PLANNER):
        frappe.get_doc(RISK, doc.name).update({"decided_by": "edith", "answer": "Accept"}).save()
    with acting(OWNER):
        frappe.get_doc(RISK, doc.name).update({"standing": "Quiet.", "next_look": "2027-12-01"}).save()
        with pytest.raises(frappe.PermissionError, match="Somebody else decided"):
            frappe.get_doc(RISK, doc.name).update({"answer": "Avoid"}).save()
        with pytest.raises(frappe.PermissionError):  # registers are deleted by planners
            frappe.delete_doc(RISK, doc.name)
    with acting(OTHER), pytest.raises(frappe.PermissionError):
        frappe.get_doc(RISK, doc.name).update({"standing": "Mine"}).save()


def test_a_risk_becomes_an_action_and_its_form_knows_its_level(lineage):
    doc = risk(lineage, likelihood="Possible", impact="Moderate", risk_owner="omar").insert()
    with acting(OWNER):
        action = api.act_on_risk(doc.name, "Buy a second machine", "omar")
    doc.reload()
    assert [row.record for row in doc.actions] == [action]
    made = frappe.get_doc(IMPROVEMENT, action)
    assert (made.source_kind, made.source_record, made.due) == ("Risk", doc.id, None)
    doc.run_method("onload")
    shown = doc.get_onload("weights")
    assert shown["levels"]["Possible / Moderate"] == {"score": 9, "level": "Medium"}
    assert shown["criteria"]["Possible"] == "Once in two or three years"
    doc.update({"status": "Closed"}).save()
    with acting(OWNER), pytest.raises(frappe.ValidationError, match="This risk is closed"):
        api.act_on_risk(doc.name, "Too late", "omar")


@pytest.mark.parametrize(
    ("doctype", "owner", "day"),
    [(LESSON, "lesson_owner", "learned_on"), ("SM Benchmark Note", "noted_by", "noted_on")],
)
def test_who_writes_a_lesson_or_a_note_is_its_owner_and_it_is_of_today(lineage, doctype, owner, day):
    with acting(OWNER):
        doc = frappe.get_doc({"doctype": doctype, "lineage": lineage, "title": "Look first"}).insert()
        assert (doc.get(owner), getdate(doc.get(day))) == ("omar", getdate())
        with pytest.raises(frappe.PermissionError):
            frappe.get_doc({"doctype": doctype, "lineage": lineage, "title": "No", owner: "nadia"}).insert()
    with acting(OTHER), pytest.raises(frappe.PermissionError):
        frappe.get_doc(doctype, doc.name).update({"title": "Mine"}).save()


def test_a_plan_file_brings_what_was_held_and_learned(plan, minimal):
    stored = plan_reader.load(plan)
    assert [one.became for one in stored.sanity_checks[0].answers if one.became] == ["tell-the-desk-first"]
    registers = (minimal.risks, minimal.lessons, minimal.benchmark_notes)
    assert (stored.risks, stored.lessons, stored.benchmark_notes) == registers
    assert [dataclasses.replace(one, entered_by="") for one in stored.sanity_checks] == list(
        minimal.sanity_checks
    )
    assert stored.risk_criteria == minimal.risk_criteria


def test_my_part_tells_the_risks_and_lessons_that_wait(lineage):
    risk(lineage, risk_owner="omar", next_look=getdate() - timedelta(days=1)).insert()
    frappe.get_doc(
        {"doctype": LESSON, "lineage": lineage, "title": "Look first", "lesson_owner": "omar"}
    ).insert()
    home = api.lineage_home(lineage)
    told = [line["text"] for line in home["waiting"]]
    assert any("Fire" in line for line in told)
    assert any("Look first" in line for line in told)
