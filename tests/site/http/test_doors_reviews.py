"""Doors to reviews and triggers: another's review, forged attendance, what was frozen, decisions of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import API, Client, first, fresh, imported, told, with_key

pytestmark = pytest.mark.commits

REVIEW = "SM Review"
CHAIR, PLANNER, SPONSOR = "service-owner", "planner", "sponsor"
KEPT, NOT_CHAIR, A_DAY = "is kept by the site", "Only the chair of", "within a day"


@pytest.fixture(scope="module")
def plan(make_plan, people) -> Iterator[str]:
    """A plan whose reviews are led by a service owner; its lineage bears the same name."""
    name = make_plan()
    frappe.db.set_value("SM Person", f"{name}-omar", "user", people[CHAIR])
    frappe.db.set_value("SM Review Rhythm", first("SM Review Rhythm", parent=name), "chair", f"{name}-omar")
    frappe.db.commit()
    yield name
    fresh()
    for doctype in (REVIEW, "SM Trigger", "SM Improvement"):
        for one in frappe.get_all(doctype, {"lineage": name}, pluck="name"):
            for table in frappe.get_meta(doctype).get_table_fields():
                frappe.db.delete(table.options, {"parent": one})
            frappe.db.delete("Version", {"ref_doctype": doctype, "docname": one})
            frappe.db.delete(doctype, {"name": one})
    frappe.db.commit()


@pytest.fixture
def review(plan) -> str:
    """A review that is planned, on a day of its own; its name."""
    day = frappe.utils.add_days("2027-01-01", frappe.db.count(REVIEW, {"lineage": plan}))
    planned = {"kind": "Plan Review", "scheduled": day, "chair": f"{plan}-omar"}
    made = frappe.get_doc({"doctype": REVIEW, "lineage": plan, **planned}).insert()
    frappe.db.commit()
    return made.name


@pytest.fixture
def held(client, review) -> str:
    """A review that its chair has held, with a decision; its name."""
    answer = client(CHAIR).call("sm_planner.api.hold_review", review=review)
    assert answer.status_code == 200, told(answer)
    answer = client(CHAIR).put(REVIEW, review, decisions=[{"text": "Train the desk", "kind": "Improve"}])
    assert answer.status_code == 200, told(answer)
    return review


def stored(name: str) -> dict:
    fresh()
    doc = frappe.get_doc(REVIEW, name).as_dict()
    return {key: value for key, value in doc.items() if key != "modified"}


def refused(answer: requests.Response, words: str, status: int = 403) -> None:
    assert (answer.status_code, words in told(answer)) == (status, True), told(answer)


@pytest.mark.parametrize("who", [SPONSOR, "other-sponsor", "auditor"])
def test_nobody_holds_the_review_of_another(client, review, who):
    """Z21"""
    before = stored(review)
    refused(client(who).call("sm_planner.api.hold_review", review=review), NOT_CHAIR)
    assert stored(review) == before


@pytest.mark.parametrize("who", ["nobody", "stakeholder", "guest"])
def test_who_may_not_read_a_plan_does_not_hold_its_reviews(client, review, who):
    """Z21"""
    before = stored(review)
    assert client(who).call("sm_planner.api.hold_review", review=review).status_code == 403
    assert stored(review) == before


@pytest.mark.parametrize("who", [CHAIR, PLANNER, "author"])
@pytest.mark.parametrize(
    "values",
    [
        {"held_on": "2026-01-01"},
        {"inputs": [{"topic": "Risks", "text": "None"}]},
        {"from_rhythm": 1},
        {"decisions": [{"text": "x", "kind": "Improve", "done_on": "2026-01-01"}]},
    ],
    ids=str,
)
def test_a_review_is_not_held_by_writing_that_it_was(client, review, who, values):
    """Z22"""
    before = stored(review)
    refused(client(who).put(REVIEW, review, **values), KEPT)
    assert stored(review) == before


def test_who_held_a_review_is_not_written_by_hand(client, held, people):
    """Z22"""
    answer = client(CHAIR).put(
        REVIEW, held, held_by=people["planner"], held_at="2040-01-01 00:00:00", entered_by=""
    )
    assert answer.status_code == 200, told(answer)
    assert stored(held)["held_by"] == people[CHAIR]


@pytest.mark.parametrize("who", [CHAIR, PLANNER, "author"])
def test_the_attendance_of_the_sponsor_is_not_forged(client, review, plan, who):
    """Z23"""
    rows = [{"person": f"{plan}-edith", "attended": 1, "confirmed": "2026-11-01", "proof": "{}"}]
    before = stored(review)
    refused(client(who).put(REVIEW, review, attendance=rows), KEPT)
    assert stored(review) == before


def test_nobody_confirms_the_attendance_of_another(client, held):
    """Z23"""
    before = stored(held)
    for who, words in (
        (PLANNER, "You are not among those who take part"),
        ("author", "Your account stands for nobody"),
        ("auditor", "Your account stands for nobody"),
    ):
        refused(client(who).call("sm_planner.api.confirm_attendance", review=held), words)
    assert stored(held) == before


def test_a_token_confirms_no_attendance(server, client, held, people):
    """Z24"""
    holder = with_key(server, people[SPONSOR])
    refused(holder.call("sm_planner.api.confirm_attendance", review=held), "Log in yourself")
    answer = client(SPONSOR).call("sm_planner.api.confirm_attendance", review=held)
    assert answer.status_code == 200, told(answer)
    (row,) = [row for row in stored(held)["attendance"] if row["person"].endswith("edith")]
    assert row["confirmed"]
    assert '"way":"browser"' in row["proof"]


FROZEN: tuple[Callable[[Client, str], requests.Response], ...] = (
    lambda client, name: client.put(REVIEW, name, inputs=[]),
    lambda client, name: client.put(REVIEW, name, held_on="2026-01-01"),
    lambda client, name: client.put(REVIEW, name, skip_reason="Not held"),
    lambda client, name: client.call(
        "frappe.client.set_value", doctype=REVIEW, name=name, fieldname="held_on", value="2026-01-01"
    ),
    lambda client, name: client.put("SM Review Input", first("SM Review Input", parent=name), text="Fine"),
    lambda client, name: client.call(
        "frappe.client.set_value",
        doctype="SM Review Input",
        name=first("SM Review Input", parent=name),
        fieldname="text",
        value="Fine",
    ),
    lambda client, name: client.delete("SM Review Input", first("SM Review Input", parent=name)),
)


@pytest.mark.parametrize("who", [CHAIR, PLANNER, "author"])
@pytest.mark.parametrize("number", range(len(FROZEN)))
def test_what_was_frozen_stays(client, held, who, number):
    """Z25"""
    before = stored(held)
    answer = FROZEN[number](client(who), held)
    assert answer.status_code in (403, 417), told(answer)
    assert stored(held) == before


@pytest.mark.parametrize("who", [PLANNER, "author", SPONSOR])
def test_nobody_else_changes_a_decision(client, held, who):
    """Z26"""
    before = stored(held)
    refused(client(who).put(REVIEW, held, decisions=[{"text": "Do nothing", "kind": "No Action"}]), "")
    assert stored(held) == before


def test_not_even_who_held_a_review_changes_a_decision_later(client, held):
    """Z26"""
    a_day_ago(held)
    before = stored(held)
    refused(client(CHAIR).put(REVIEW, held, decisions=[{"text": "Do nothing", "kind": "No Action"}]), A_DAY)
    assert stored(held) == before


def attach(client: Client, review: str) -> requests.Response:
    return client.create(
        "File",
        file_name=f"minutes-{frappe.generate_hash(length=6)}.txt",
        content=frappe.generate_hash(),
        is_private=1,
        attached_to_doctype=REVIEW,
        attached_to_name=review,
    )


def files(review: str) -> list[str]:
    fresh()
    return frappe.get_all("File", {"attached_to_doctype": REVIEW, "attached_to_name": review}, pluck="name")


def a_day_ago(review: str) -> None:
    fresh()
    frappe.db.set_value(REVIEW, review, "held_at", frappe.utils.add_days(frappe.utils.now_datetime(), -2))
    frappe.db.commit()


def test_files_of_a_review_that_is_planned_are_its_chair_s_and_a_planner_s(client, review):
    """Z32"""
    for who in (CHAIR, PLANNER):
        added = attach(client(who), review)
        assert added.status_code == 200, told(added)
        assert client(who).delete("File", added.json()["data"]["name"]).status_code == 202
    assert attach(client(CHAIR), review).status_code == 200
    kept = files(review)
    for who in (SPONSOR, "other-sponsor", "auditor", "nobody", "stakeholder", "guest"):
        assert attach(client(who), review).status_code == 403, who
        assert client(who).delete("File", kept[0]).status_code == 403, who
    assert files(review) == kept


def test_files_of_a_review_that_was_held_are_for_who_held_it_within_a_day(client, held):
    """Z32"""
    assert attach(client(CHAIR), held).status_code == 200
    kept = files(held)
    for who in (PLANNER, "author", SPONSOR):
        answer = attach(client(who), held)
        assert answer.status_code == 403, (who, told(answer))
        assert client(who).delete("File", kept[0]).status_code == 403, who
    a_day_ago(held)
    for who in (CHAIR, PLANNER, "author", "system-manager"):
        refused(attach(client(who), held), A_DAY)
        assert client(who).delete("File", kept[0]).status_code == 403, who
    assert files(held) == kept


@pytest.mark.parametrize("who", [SPONSOR, "auditor"])
def test_nobody_else_says_what_becomes_of_a_decision(client, held, who):
    """Z27"""
    before = stored(held)
    answer = client(who).call("sm_planner.api.decision_becomes", review=held, number="1", outcome="nothing")
    refused(answer, NOT_CHAIR)
    assert stored(held) == before


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("hold_review", {}),
        ("confirm_attendance", {}),
        ("decision_becomes", {"number": "1", "outcome": "nothing"}),
    ],
)
def test_a_link_writes_no_review(client, held, method, more):
    """Z28"""
    before = stored(held)
    for who in (CHAIR, SPONSOR):
        assert client(who).get(f"{API}.{method}", review=held, **more).status_code == 403
    assert stored(held) == before


def test_a_link_plans_no_reviews(client, plan):
    """Z28"""
    assert client("author").get(f"{API}.plan_reviews", lineage=plan).status_code == 403
    refused(client(CHAIR).call("sm_planner.api.plan_reviews", lineage=plan), "")


@pytest.mark.parametrize("who", [CHAIR, PLANNER, "author"])
def test_a_review_that_was_held_is_not_deleted(client, held, who):
    """Z29"""
    before = stored(held)
    refused(client(who).delete(REVIEW, held), "A review that was held is not deleted.")
    assert stored(held) == before


def test_a_data_import_brings_no_review_that_was_held(plan):
    """Z30"""
    fresh()
    rows = [["lineage", "kind", "scheduled", "held_on"], [plan, "Plan Review", "2026-02-02", "2026-02-02"]]
    (entry,) = imported(REVIEW, rows, f"{plan}-reviews")
    assert not entry.success
    assert KEPT in entry.messages
    assert not frappe.db.exists(REVIEW, {"lineage": plan, "scheduled": "2026-02-02"})


def test_a_trigger_is_not_decided_by_who_noticed_it(client, plan):
    """Z31"""
    made = client(CHAIR).create("SM Trigger", lineage=plan, title="New law", kind="Environment")
    assert made.status_code == 200, told(made)
    name = made.json()["data"]["name"]
    for values in (
        {"status": "Version Due"},
        {"status": "Done", "reason": "x"},
        {"decided_on": "2026-01-01"},
    ):
        refused(client(CHAIR).put("SM Trigger", name, **values), "Planners decide")
    refused(
        client(CHAIR).create("SM Trigger", lineage=plan, title="Law", kind="KPI", status="Done", reason="x"),
        "Leave the status as it is",
    )
    refused(client("auditor").create("SM Trigger", lineage=plan, title="Law", kind="KPI"), "")
    answer = client(PLANNER).put("SM Trigger", name, status="Version Due")
    assert answer.status_code == 200, told(answer)
