"""Doors to the decision about a waiver: by others, in another's place, by a link, by hand, and after the fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import API, Client, fresh, lineage, says, taken_over, told, verify, with_key

pytestmark = pytest.mark.commits

WAIVER, APPROVAL = "SM Waiver", "SM Approval"
REQUESTER, SPONSOR = "planner", "sponsor"
OWN_LOG_IN = "You decide after a log-in of your own"
NOT_YOURS = "decides about waivers"
BY_SITE = ("The site alone writes this.", "does not have doctype access via role permission")


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str]) -> str:
    return make_plan("Active")


@pytest.fixture
def waiver(plan: str) -> Iterator[str]:
    """A waiver that the owner of the plan asks for; its name."""
    fresh()
    signed = frappe.get_doc("SM Plan", plan)
    made = frappe.get_doc(
        {
            "doctype": WAIVER,
            "lineage": signed.lineage,
            "title": "For now",
            "rule": "SVC-05",
            "reason": "Known, and to be put right within a month.",
            "requester": signed.plan_owner,
            "approver": signed.executive_sponsor,
            "expires": "2099-01-01",
        }
    ).insert()
    frappe.db.commit()
    yield made.name
    fresh()
    frappe.db.delete(APPROVAL, {"lineage": made.lineage})
    for log, kind, name in (
        ("Version", "ref_doctype", "docname"),
        ("Comment", "reference_doctype", "reference_name"),
    ):
        frappe.db.delete(log, {kind: WAIVER, name: made.name})
    frappe.db.delete(WAIVER, {"name": made.name})
    frappe.db.commit()


def decide(client: Client, waiver: str, act: str = "Approve", **more: str) -> requests.Response:
    """Decide by what the form shows the client, or would show if it told."""
    form = client.get("/api/method/frappe.desk.form.load.getdoc", doctype=WAIVER, name=waiver)
    shown = form.json()["docs"][0]["__onload"]["decision"]["shown"] if form.ok else "0" * 64
    return client.call("sm_planner.api.decide_waiver", waiver=waiver, act=act, shown=shown, **more)


def stored(waiver: str) -> tuple[str, list]:
    """The state of a waiver, and what was decided about it."""
    fresh()
    held = frappe.db.get_value(WAIVER, waiver, ["status", "lineage", "id"], as_dict=True)
    of_waiver = {"lineage": held.lineage, "entry": held.id}
    return held.status, frappe.get_all(APPROVAL, of_waiver, ["*"], order_by="number asc")


def approved(client: Callable[[str], Client], waiver: str) -> str:
    """What the sponsor decided about a waiver; the name of the approval."""
    answer = decide(client(SPONSOR), waiver)
    assert (answer.status_code, answer.json().get("message")) == (200, "Approved"), told(answer)
    (kept,) = stored(waiver)[1]
    return kept.name


@pytest.mark.parametrize(
    "way", [pytest.param(with_key, id="a key"), pytest.param(taken_over, id="a session that was taken over")]
)
def test_nobody_decides_in_the_place_of_the_sponsor(server, client, plan, waiver, people, way):
    """Z51"""
    answer = decide(way(server, people[SPONSOR]), waiver)
    assert (answer.status_code, says(answer, OWN_LOG_IN)) == (403, True), told(answer)
    assert stored(waiver) == ("Requested", [])
    assert approved(client, waiver)
    assert verify(client("auditor"), plan)["intact"]


@pytest.mark.parametrize("who", [REQUESTER, "author", "boss", "other-sponsor", "auditor", "system-manager"])
@pytest.mark.parametrize("act", ["Approve", "Reject"])
def test_who_does_not_sign_the_plan_decides_about_none_of_its_waivers(client, waiver, who, act):
    """Z52"""
    answer = decide(client(who), waiver, act, reason="x")
    assert (answer.status_code, says(answer, NOT_YOURS)) == (403, True), told(answer)
    assert stored(waiver) == ("Requested", [])


@pytest.mark.parametrize("who", ["nobody", "stakeholder", "guest"])
def test_who_may_not_read_a_waiver_does_not_decide(client, waiver, who):
    """Z52"""
    assert decide(client(who), waiver).status_code == 403
    assert stored(waiver) == ("Requested", [])


def test_a_link_decides_nothing(client, waiver):
    """Z53"""
    answer = client(SPONSOR).get(f"{API}.decide_waiver", waiver=waiver, act="Approve", shown="0" * 64)
    assert answer.status_code == 403
    assert stored(waiver) == ("Requested", [])


@pytest.mark.parametrize("who", [REQUESTER, "author"])
def test_a_waiver_is_not_approved_by_writing_that_it_is(client, waiver, who):
    """Z54"""
    one = client(who)
    for send in (
        lambda: one.put(WAIVER, waiver, status="Approved"),
        lambda: one.call(
            "frappe.client.set_value", doctype=WAIVER, name=waiver, fieldname="status", value="Approved"
        ),
    ):
        answer = send()
        assert answer.status_code == 200, told(answer)
        assert stored(waiver) == ("Requested", [])


@pytest.mark.parametrize("who", [REQUESTER, "author", SPONSOR, "boss", "system-manager"])
def test_a_decision_is_made_by_no_other_function(client, plan, waiver, who):
    """Z55"""
    fresh()
    values = {
        "lineage": lineage(plan),
        "register": "waivers",
        "entry": frappe.db.get_value(WAIVER, waiver, "id"),
        "number": 1,
        "act": "Approve",
        "person": frappe.db.get_value("SM Plan", plan, "executive_sponsor"),
        "day": "2026-11-01",
        "what": "0" * 64,
    }
    for answer in (
        client(who).create(APPROVAL, **values),
        client(who).call("frappe.client.insert", doc={"doctype": APPROVAL, **values}),
    ):
        assert (answer.status_code, says(answer, BY_SITE)) == (403, True), told(answer)
    assert stored(waiver) == ("Requested", [])


@pytest.mark.parametrize("who", [SPONSOR, "author", "system-manager"])
def test_what_was_decided_stays(client, waiver, who):
    """Z56"""
    name = approved(client, waiver)
    before = stored(waiver)
    one = client(who)
    for answer in (
        one.put(APPROVAL, name, act="Reject"),
        one.call(
            "frappe.client.set_value", doctype=APPROVAL, name=name, fieldname="until", value="2100-01-01"
        ),
        one.delete(APPROVAL, name),
    ):
        assert answer.status_code == 403, told(answer)
        assert stored(waiver) == before


def test_a_request_moves_the_end_of_a_waiver_and_not_of_its_approval(client, waiver):
    """Z57"""
    approved(client, waiver)
    decisions = stored(waiver)[1]
    answer = client("author").put(WAIVER, waiver, expires="2100-01-01", status="Approved")
    assert answer.status_code == 200, told(answer)
    assert stored(waiver) == ("Requested", decisions)
