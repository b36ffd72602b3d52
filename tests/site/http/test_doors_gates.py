"""Doors past the gates, and to workarounds: technology that begins before its gates, a report in another's name, an answer by the
wrong person.

Of the plan ``planner`` is the owner, who owns its service too. ``service-owner`` carries the improvement out, and plans nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import API, Client, assert_unchanged, fresh, lineage, says, told

from sm_planner.install import BOARD

pytestmark = pytest.mark.commits

IMPROVEMENT, WORKAROUND = "SM Improvement", "SM Workaround"
OWNER, CARRIER = "planner", "service-owner"
BEFORE = "brings technology, but these gates are not reached"
NO_PART = "You have no part in a plan in force here."


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str]) -> str:
    """A plan in force with somebody who carries improvements out and plans nothing."""
    name = make_plan("Active")
    frappe.db.set_value("SM Person", f"{name}-omar", "user", people[CARRIER])
    frappe.db.commit()
    fresh()
    return name


@pytest.fixture
def technology(plan: str) -> Iterator[str]:
    """Approved technology that waits for people who have not begun to practise; its name."""
    fresh()
    values = {"title": "A computer", "dimension": "Technology", "improvement_owner": f"{plan}-omar"}
    document = frappe.get_doc({"doctype": IMPROVEMENT, "lineage": lineage(plan), **values}).insert()
    document.db_set("status", "Approved")
    frappe.db.commit()
    yield document.name
    fresh()
    frappe.db.delete(IMPROVEMENT, {"name": document.name})
    frappe.db.commit()


Send = Callable[[Client, str], requests.Response]

STARTS: dict[str, Send] = {
    "PUT": lambda client, name: client.put(IMPROVEMENT, name, status="In Progress"),
    "API v2": lambda client, name: client.session.patch(
        f"{client.address}/api/v2/document/{IMPROVEMENT}/{name}", json={"status": "In Progress"}
    ),
    "set_value": lambda client, name: client.call(
        "frappe.client.set_value", doctype=IMPROVEMENT, name=name, fieldname="status", value="In Progress"
    ),
    "the workflow": lambda client, name: client.call(
        "frappe.model.workflow.apply_workflow",
        doc=client.get(f"/api/resource/{IMPROVEMENT}/{name}").json()["data"],
        action="Start",
    ),
    "the board": lambda client, name: client.call(
        "frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card",
        board_name=BOARD,
        docname=name,
        from_colname="Approved",
        to_colname="In Progress",
        old_index=0,
        new_index=0,
    ),
}
"""Ways to begin an improvement."""


@pytest.mark.parametrize("who", [OWNER, CARRIER])
@pytest.mark.parametrize("way", STARTS)
def test_technology_does_not_begin_before_its_gates(client, plan, technology, way, who):
    """Z91"""
    with assert_unchanged(plan):
        answer = STARTS[way](client(who), technology)
    assert (answer.status_code, says(answer, BEFORE)) == (403, True), told(answer)


def test_a_report_on_my_part_begins_no_technology_before_its_gates(client, plan, technology):
    """Z91"""
    id = technology.removeprefix(f"{lineage(plan)}-")
    with assert_unchanged(plan):
        answer = client(CARRIER).call(
            f"{API.removeprefix('/api/method/')}.report_progress",
            lineage=lineage(plan),
            improvement=id,
            note="Unpacked",
            status="In Progress",
        )
    assert (answer.status_code, says(answer, BEFORE)) == (403, True), told(answer)


def test_what_cannot_wait_says_why_and_begins(client, plan, technology):
    """Z91: the one way"""
    answer = client(CARRIER).put(
        IMPROVEMENT, technology, status="In Progress", before_gates="The old one smokes."
    )
    assert answer.status_code == 200, told(answer)


@pytest.fixture
def workaround(plan: str) -> Iterator[str]:
    """A workaround that somebody else reported; its name."""
    fresh()
    values = {"title": "Slips", "why": "The list is slow.", "reported_by": f"{plan}-nadia"}
    document = frappe.get_doc(
        {"doctype": WORKAROUND, "lineage": lineage(plan), "service": f"{plan}-lending", **values}
    ).insert()
    frappe.db.commit()
    yield document.name
    fresh()
    frappe.db.delete(WORKAROUND, {"lineage": lineage(plan), "id": ("like", "WRK-%")})
    frappe.db.commit()


def test_nobody_reports_a_workaround_in_anothers_name(client, plan, people):
    """Z92"""
    values = {"lineage": lineage(plan), "title": "Slips", "why": "Slow.", "reported_by": f"{plan}-nadia"}
    with assert_unchanged(plan):
        answer = client(CARRIER).create(WORKAROUND, **values)
    assert (answer.status_code, says(answer, "in your own name")) == (403, True), told(answer)


@pytest.mark.parametrize(
    ("values", "told_why"),
    [
        ({"answer": "Fine."}, "who owns the tool or the service, answer"),
        ({"answered_on": "2026-01-01"}, "Only whom it is about, or a planner"),  # which the site keeps anyway
    ],
)
def test_who_owns_neither_tool_nor_service_answers_no_workaround(client, plan, workaround, values, told_why):
    """Z93"""
    with assert_unchanged(plan):
        answer = client(CARRIER).put(WORKAROUND, workaround, **values)
    assert (answer.status_code, says(answer, told_why)) == (403, True), told(answer)


@pytest.mark.parametrize("values", [{"why": "They are lazy."}, {"service": ""}, {"title": "Nothing"}])
def test_what_another_reported_is_not_changed(client, plan, workaround, values):
    """Z94"""
    with assert_unchanged(plan):
        answer = client(CARRIER).put(WORKAROUND, workaround, **values)
    assert (answer.status_code, says(answer, "is changed by who reported it")) == (403, True), told(answer)


@pytest.mark.parametrize("who", ["nobody", "guest"])
def test_who_has_no_part_in_the_plan_reports_nothing_to_it(client, plan, who):
    """Z95"""
    with assert_unchanged(plan):
        answer = client(who).call(
            f"{API.removeprefix('/api/method/')}.report_workaround",
            lineage=lineage(plan),
            title="Slips",
            why="Slow.",
        )
    assert answer.status_code == 403, told(answer)
