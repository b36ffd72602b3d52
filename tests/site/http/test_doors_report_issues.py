"""Doors to reports to people: an issue of another's report, a reader's word in his name, a progress sheet forged, sent by who may not, or
sent unseen.

Of the plan ``service-owner`` owns a report and reads it, and is named in nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
from http_kit import API, assert_unchanged, first, fresh, lineage, says, told, with_key

pytestmark = pytest.mark.commits

SPEC, ISSUE, WORD, SHEET = (
    "SM Report Spec",
    "SM Report Issue",
    "SM Report Confirmation",
    "SM Progress Sheet",
)
OWNER, OTHER, PLANNER = "service-owner", "sponsor", "planner"
DAY = "2026-11-20"
SENT = {
    "day": "2026-10-31",
    "number": 1,
    "subject": "Progress",
    "content": "All is well.",
    "recipients": "Bo, bo@example.org",
    "sent_on": DAY,
    "sent_by": "Bo",
    "content_hash": "0" * 64,
}


def page(plan: str) -> str:
    return first(SPEC, plan=plan)


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str]) -> Iterator[str]:
    """A plan in force whose report an account owns that plans nothing; its name."""
    name = make_plan("Active")
    frappe.db.set_value("SM Person", f"{name}-omar", "user", people[OWNER])
    frappe.db.set_value(SPEC, page(name), "report_owner", f"{name}-omar")
    frappe.db.commit()
    yield name
    fresh()
    for doctype in (ISSUE, WORD, SHEET):
        frappe.db.delete(doctype, {"lineage": lineage(name)})
    frappe.db.commit()


@pytest.fixture
def issue(plan: str) -> str:
    """An issue with what came of it, entered long ago by who owns the report; its name."""
    fresh()
    values = {
        "report_spec": page(plan),
        "period_end": "2026-10-31",
        "day": "2026-11-05",
        "lineage": lineage(plan),
    }
    found = frappe.db.exists(ISSUE, {"lineage": lineage(plan), "period_end": "2026-10-31"})
    if not found:
        came = {"outcome": "Decided", "decisions": "The desk opens at eight."}
        made = frappe.get_doc({"doctype": ISSUE, **values, **came}).insert()
        found = made.name
        frappe.db.set_value(ISSUE, found, "creation", "2026-11-05 10:00:00", update_modified=False)
        frappe.db.commit()
    return found


def test_nobody_issues_the_report_of_another(client, plan):
    """Z171"""
    with assert_unchanged(plan):
        answer = client(OTHER).create(ISSUE, report_spec=page(plan), period_end=DAY, day=DAY)
    assert (answer.status_code, says(answer, "Only whom it is about")) == (403, True), told(answer)


@pytest.mark.parametrize(
    "values", [{"decisions": "Nothing."}, {"outcome": "No Action Needed"}, {"outcome": ""}]
)
def test_what_came_of_an_issue_stays(client, plan, issue, values):
    """Z172"""
    with assert_unchanged(plan):
        answer = client(OWNER).put(ISSUE, issue, **values)
    assert (answer.status_code, says(answer, "corrected only by who entered it")) == (403, True), told(answer)


def test_nobody_says_something_in_the_name_of_another_reader(client, plan, issue):
    """Z173"""
    about = {"report_spec": page(plan), "period_end": "2026-10-31", "day": DAY, "word": "Makes Sense"}
    with assert_unchanged(plan):
        answer = client(OTHER).create(WORD, person=f"{plan}-nadia", **about)
    assert (answer.status_code, says(answer, "Only whom it is about")) == (403, True), told(answer)


def test_what_a_reader_says_is_not_said_with_a_key(client, server, people, plan, issue):
    """Z174"""
    about = {"report_spec": page(plan), "period_end": "2026-10-31", "day": DAY, "word": "Makes Sense"}
    with assert_unchanged(plan):
        answer = with_key(server, people[OWNER]).create(WORD, person=f"{plan}-omar", **about)
    assert (answer.status_code, says(answer, "after a log-in of his own")) == (403, True), told(answer)


@pytest.mark.parametrize("user", [PLANNER, OWNER, "author", "system-manager"])
def test_a_progress_sheet_is_neither_forged_nor_changed_nor_deleted(client, plan, user):
    """Z175"""
    fresh()
    name = frappe.db.exists(SHEET, {"lineage": lineage(plan)})
    if not name:
        values = {**SENT, "lineage": lineage(plan), "stakeholder": f"{plan}-readers"}
        made = frappe.get_doc({"doctype": SHEET, **values})
        made.flags.kept_by_server = True
        name = made.insert().name
        frappe.db.commit()
    with assert_unchanged(plan):
        for answer in (
            client(user).create(
                SHEET, **{**SENT, "number": 2}, lineage=lineage(plan), stakeholder=f"{plan}-readers"
            ),
            client(user).put(SHEET, name, content="All is lost."),
            client(user).delete(SHEET, name),
            client(user).call(
                "frappe.client.set_value", doctype=SHEET, name=name, fieldname="content", value="All is lost."
            ),
        ):
            assert answer.status_code == 403, told(answer)


@pytest.mark.parametrize("user", [OWNER, OTHER, "auditor"])
def test_a_progress_sheet_is_looked_at_and_sent_by_who_may_alone(client, plan, user):
    """Z176"""
    asked = {"lineage": lineage(plan), "group": f"{plan}-readers", "month": "2026-10-31"}
    with assert_unchanged(plan):
        for answer in (
            client(user).post(f"{API}.preview_progress_sheet", **asked),
            client(user).post(f"{API}.send_progress_sheet", shown="0" * 64, **asked),
        ):
            assert (answer.status_code, says(answer, "sent by planners")) == (403, True), told(answer)


def test_a_progress_sheet_is_not_sent_by_following_a_link(client, plan):
    """Z177"""
    asked = {"lineage": lineage(plan), "group": f"{plan}-readers", "month": "2026-10-31"}
    with assert_unchanged(plan):
        answer = client(PLANNER).get(f"{API}.send_progress_sheet", shown="0" * 64, **asked)
    assert answer.status_code == 403, told(answer)


def test_a_progress_sheet_is_not_sent_unseen(client, plan):
    """Z178"""
    asked = {"lineage": lineage(plan), "group": f"{plan}-readers", "month": "2026-09-30"}
    with assert_unchanged(plan):
        answer = client(PLANNER).post(f"{API}.send_progress_sheet", shown="0" * 64, **asked)
    assert (answer.status_code, says(answer, "not the one any more that you were shown")) == (417, True), (
        told(answer)
    )
