"""Doors to sanity checks, lessons and risks: another's check, forged answers, what was held, decisions of others."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
import pytest
from http_kit import API, first, fresh, told

pytestmark = pytest.mark.commits

CHECK, LESSON, RISK = "SM Sanity Check", "SM Lesson", "SM Risk"
LEAD, PLANNER, SPONSOR = "service-owner", "planner", "sponsor"
KEPT = "kept by the site"


@pytest.fixture(scope="module")
def plan(make_plan, people) -> Iterator[str]:
    """A plan of which a service owner is one of the people; its lineage bears the same name."""
    name = make_plan()
    frappe.db.set_value("SM Person", f"{name}-omar", "user", people[LEAD])
    frappe.db.commit()
    yield name
    fresh()
    for doctype in (CHECK, LESSON, RISK, "SM Improvement"):
        for one in frappe.get_all(doctype, {"lineage": name}, pluck="name"):
            for table in frappe.get_meta(doctype).get_table_fields():
                frappe.db.delete(table.options, {"parent": one})
            frappe.db.delete("Version", {"ref_doctype": doctype, "docname": one})
            frappe.db.delete(doctype, {"name": one})
    frappe.db.commit()


@pytest.fixture
def check(plan, client) -> str:
    """A sanity check that was begun and not held, on a day of its own; its name."""
    day = frappe.utils.add_days("2020-01-01", frappe.db.count(CHECK, {"lineage": plan}))
    values = {
        "lineage": plan,
        "service": f"{plan}-lending",
        "day": str(day),
        "what": "A new desk",
        "lead": f"{plan}-omar",
    }
    answer = client(LEAD).create(CHECK, **values)
    assert answer.status_code == 200, told(answer)
    return answer.json()["data"]["name"]


@pytest.fixture
def held(check, client) -> str:
    """The same, held, with a difference."""
    fresh()
    rows = frappe.get_all("SM Sanity Answer", {"parent": check}, ["name", "idx"], order_by="idx asc")
    outcomes = ["Otherwise", *["As Planned"] * (len(rows) - 1)]
    answers = [{"name": row.name, "outcome": one} for row, one in zip(rows, outcomes, strict=True)]
    for row in answers:
        row |= frappe.db.get_value("SM Sanity Answer", row["name"], ["question", "plan_says"], as_dict=True)
    answer = client(LEAD).put(CHECK, check, answers=answers)
    assert answer.status_code == 200, told(answer)
    answer = client(LEAD).call("sm_planner.api.hold_sanity_check", check=check)
    assert answer.status_code == 200, told(answer)
    return check


def stored(name: str) -> dict:
    fresh()
    doc = frappe.get_doc(CHECK, name).as_dict()
    return {key: value for key, value in doc.items() if key not in ("modified", "modified_by")}


@pytest.mark.parametrize("who", [LEAD, PLANNER])
@pytest.mark.parametrize("values", [{"held_on": "2020-01-01"}, {"held_on": "2020-01-01", "lead": ""}])
def test_nobody_writes_that_a_check_was_held(client, check, who, values):
    before = stored(check)
    answer = client(who).put(CHECK, check, **values)
    assert answer.status_code == 403, told(answer)
    assert stored(check) == before


def test_what_the_plan_says_is_not_forged_before_it_is_held(client, check):
    fresh()
    row = first("SM Sanity Answer", parent=check, question="Agreement")
    says = frappe.db.get_value("SM Sanity Answer", row, "plan_says")
    answer = client(LEAD).put(
        CHECK, check, answers=[{"name": row, "question": "Agreement", "plan_says": "All was agreed."}]
    )
    assert answer.status_code == 200, told(answer)
    fresh()
    assert (
        frappe.db.get_value("SM Sanity Answer", {"parent": check, "question": "Agreement"}, "plan_says")
        == says
    )


def test_a_lesson_is_not_claimed_by_hand(client, check):
    fresh()
    row = first("SM Sanity Answer", parent=check, question="Agreement")
    answer = client(LEAD).put(
        CHECK, check, answers=[{"name": row, "question": "Agreement", "became": "tell-the-desk-first"}]
    )
    assert (answer.status_code, KEPT in told(answer)) == (403, True)


@pytest.mark.parametrize("who", [LEAD, PLANNER])
def test_a_held_check_stays_as_it_is(client, held, who):
    before = stored(held)
    for values in ({"day": "2019-01-01"}, {"lead": ""}, {"answers": []}, {"held_on": None}):
        answer = client(who).put(CHECK, held, **values)
        assert answer.status_code == 403, (values, told(answer))
    assert client(who).delete(CHECK, held).status_code == 403
    assert stored(held) == before


@pytest.mark.parametrize("function", ["hold_sanity_check", "make_lesson"])
def test_somebody_else_makes_nothing_of_it(client, held, function):
    values = {"number": 1, "learned": "Mine"} if function == "make_lesson" else {}
    answer = client(SPONSOR).call(f"sm_planner.api.{function}", check=held, **values)
    assert answer.status_code == 403, told(answer)
    fresh()
    assert not frappe.db.exists(LESSON, {"learned": "Mine"})


def test_an_action_is_made_for_oneself_alone_and_of_an_own_lesson(client, plan, held):
    answer = client(LEAD).call("sm_planner.api.make_lesson", check=held, number=1, learned="Sign first")
    assert answer.status_code == 200, told(answer)
    lesson = answer.json()["message"]
    mine, paula = f"{plan}-omar", f"{plan}-paula"
    for who, owner in ((LEAD, paula), (SPONSOR, mine)):
        answer = client(who).call("sm_planner.api.act_on_lesson", lesson=lesson, doing="Do it", owner=owner)
        assert answer.status_code == 403, (who, told(answer))
        fresh()
        assert not frappe.db.get_value(LESSON, lesson, "action")
        assert not frappe.db.exists("SM Improvement", {"description": "Do it"})
    answer = client(LEAD).call("sm_planner.api.act_on_lesson", lesson=lesson, doing="Do it", owner=mine)
    assert answer.status_code == 200, told(answer)


def test_nobody_enters_that_the_sponsor_accepted_a_risk(client, plan):
    values = {
        "lineage": plan,
        "title": "Fire",
        "risk_owner": f"{plan}-omar",
        "answer": "Accept",
        "decided_by": f"{plan}-edith",
    }
    answer = client(LEAD).create(RISK, **values)
    assert (answer.status_code, "entered by a planner" in told(answer)) == (403, True)
    answer = client(LEAD).create(RISK, **{**values, "decided_by": f"{plan}-omar"})
    assert answer.status_code == 200, told(answer)
    answer = client(LEAD).put(RISK, answer.json()["data"]["name"], decided_by=f"{plan}-edith")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "function", ["begin_sanity_check", "hold_sanity_check", "make_lesson", "act_on_risk"]
)
def test_a_guest_is_let_through_no_door(client, function):
    assert client("guest").post(f"{API}.{function}").status_code == 403
