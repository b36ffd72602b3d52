"""Doors to what was said and answered: a run in another's place, its audience forged, feedback in another's name, an answer by the
wrong person.

Of the plan ``service-owner`` says something, and is named in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
from http_kit import API, assert_unchanged, first, fresh, lineage, says, told, with_key

pytestmark = pytest.mark.commits

RUN, FEEDBACK, CONFIRMATION = "SM Communication Run", "SM Feedback", "SM Briefing Confirmation"
SENDER, OTHER = "service-owner", "sponsor"
DAY = "2026-11-20"


def hour(plan: str) -> str:
    """The communication that comes back; its name."""
    return first("SM Communication", plan=plan, frequency="Quarterly")


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str]) -> Iterator[str]:
    """A plan in force in which an hour with readers is held by an account that plans nothing; its name."""
    name = make_plan("Active")
    frappe.db.set_value("SM Person", f"{name}-omar", "user", people[SENDER])
    frappe.db.set_value("SM Communication", hour(name), "sender", f"{name}-omar")
    frappe.db.commit()
    yield name
    fresh()
    for doctype in (RUN, FEEDBACK, CONFIRMATION):
        for one in frappe.get_all(doctype, {"lineage": lineage(name)}, pluck="name"):
            frappe.db.delete("SM Person Link", {"parent": one})
            frappe.db.delete(doctype, {"name": one})
    frappe.db.commit()


@pytest.fixture
def feedback(plan: str) -> str:
    """What somebody else said about the service; its name."""
    fresh()
    values = {"title": "Too slow", "kind": "Complaint", "reported_by": f"{plan}-nadia"}
    document = frappe.get_doc(
        {"doctype": FEEDBACK, "lineage": lineage(plan), "service": f"{plan}-lending", **values}
    ).insert()
    frappe.db.commit()
    return document.name


@pytest.mark.parametrize("values", [{}, {"sender": "edith"}])
def test_nobody_enters_a_run_of_what_another_says(client, plan, values):
    """Z141"""
    given = {key: f"{plan}-{value}" for key, value in values.items()}
    with assert_unchanged(plan):
        answer = client(OTHER).create(RUN, communication=hour(plan), day=DAY, **given)
    assert answer.status_code == 403, told(answer)


def test_a_sender_enters_nothing_in_the_place_of_another(client, plan):
    """Z142"""
    with assert_unchanged(plan):
        answer = client(SENDER).create(RUN, communication=hour(plan), day=DAY, sender=f"{plan}-edith")
    assert (answer.status_code, says(answer, "Only whom it is about")) == (403, True), told(answer)


def test_for_whom_a_run_was_meant_and_who_entered_it_is_not_forged(client, plan):
    """Z143"""
    answer = client(SENDER).create(
        RUN,
        communication=hour(plan),
        day="2026-11-21",
        audience="The whole town",
        entered_by="Edith Marlowe",
    )
    assert answer.status_code == 200, told(answer)
    name = answer.json()["data"]["name"]
    again = client(SENDER).put(RUN, name, audience="The whole town", entered_by="Edith Marlowe")
    assert again.status_code == 200, told(again)
    fresh()
    kept = frappe.db.get_value(RUN, name, ["audience", "entered_by"], as_dict=True)
    assert ("town" in (kept.audience or ""), kept.entered_by or "") == (False, "")


def test_a_run_is_not_changed_or_deleted_by_who_did_not_enter_it(client, plan):
    """Z144"""
    fresh()
    name = first(RUN, lineage=lineage(plan))
    with assert_unchanged(plan):
        for answer in (client(OTHER).put(RUN, name, questions=9), client(OTHER).delete(RUN, name)):
            assert answer.status_code == 403, told(answer)


def test_nobody_gives_feedback_in_anothers_name(client, plan):
    """Z145"""
    with assert_unchanged(plan):
        answer = client(SENDER).create(
            FEEDBACK, lineage=lineage(plan), title="Too slow", reported_by=f"{plan}-nadia"
        )
    assert (answer.status_code, says(answer, "in your own name")) == (403, True), told(answer)


@pytest.mark.parametrize(
    ("values", "told_why"),
    [
        ({"answer": "Fine."}, "Feedback is answered by"),
        ({"title": "Well done"}, "is changed by who reported it"),
        ({"answered_on": "2026-01-01"}, "Only whom it is about, or a planner"),  # which the site keeps anyway
    ],
)
def test_feedback_is_neither_answered_nor_changed_by_whom_it_is_not_about(
    client, plan, feedback, values, told_why
):
    """Z146"""
    with assert_unchanged(plan):
        answer = client(SENDER).put(FEEDBACK, feedback, **values)
    assert (answer.status_code, says(answer, told_why)) == (403, True), told(answer)


def test_feedback_of_another_is_not_deleted(client, plan, feedback):
    """Z147"""
    with assert_unchanged(plan):
        answer = client(SENDER).delete(FEEDBACK, feedback)
    assert answer.status_code == 403, told(answer)


@pytest.fixture
def told_to(plan: str) -> str:
    """The day of a run that reached whoever holds the hour, and nobody else."""
    fresh()
    day = "2026-11-25"
    if not frappe.db.exists(RUN, {"lineage": lineage(plan), "day": day}):
        frappe.get_doc(
            {
                "doctype": RUN,
                "communication": hour(plan),
                "day": day,
                "sender": f"{plan}-nadia",
                "reached": [{"record": f"{plan}-omar"}],
            }
        ).insert()
        frappe.db.commit()
    return day


def confirmation(plan: str, day: str, **values: str) -> dict[str, str]:
    given = {"communication": hour(plan), "held_on": day, "person": f"{plan}-omar", "day": day}
    return {**given, "lineage": lineage(plan), **values}


def test_nobody_confirms_in_the_name_of_another_what_he_heard(client, plan, told_to):
    """Z148"""
    with assert_unchanged(plan):
        answer = client(OTHER).create(CONFIRMATION, **confirmation(plan, told_to))
    assert (answer.status_code, says(answer, "Only whom it is about")) == (403, True), told(answer)


def test_what_was_shown_is_noted_by_the_page_alone(client, plan, told_to):
    """Z149"""
    for name in (SENDER, "planner"):
        with assert_unchanged(plan):
            answer = client(name).create(CONFIRMATION, **confirmation(plan, told_to, shown="0" * 64))
        assert (answer.status_code, says(answer, "noted where it is shown")) == (403, True), told(answer)


def test_a_link_a_forged_hash_and_another_day_confirm_no_briefing(client, plan, told_to):
    """Z150"""
    id = frappe.db.get_value("SM Communication", hour(plan), "id")
    asked = {"lineage": lineage(plan), "communication": id, "shown": "0" * 64}
    with assert_unchanged(plan):
        link = client(SENDER).get(f"{API}.confirm_briefing", **asked, held_on=told_to)
        forged = client(SENDER).call("sm_planner.api.confirm_briefing", **asked, held_on=told_to)
        other = client(SENDER).call("sm_planner.api.confirm_briefing", **asked, held_on="2026-11-24")
    assert link.status_code == 403, told(link)
    assert (forged.status_code, says(forged, "told otherwise now")) == (417, True), told(forged)
    assert (other.status_code, says(other, "Nobody has entered that you heard")) == (403, True), told(other)


def test_a_key_confirms_nothing_that_its_owner_heard(server, plan, told_to, people):
    """Z151"""
    with assert_unchanged(plan):
        answer = with_key(server, people[SENDER]).create(CONFIRMATION, **confirmation(plan, told_to))
    assert (answer.status_code, says(answer, "is confirmed by the person alone")) == (403, True), told(answer)
