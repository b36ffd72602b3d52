"""Doors to the decision about a funding request, to the money of a signed plan, and to what was spent.

Of the plan ``planner`` is the owner, and ``sponsor`` signs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import API, Client, assert_unchanged, fresh, lineage, says, taken_over, told, with_key

pytestmark = pytest.mark.commits

LINE, ACTUAL, APPROVAL = "SM Budget Line", "SM Budget Actual", "SM Approval"
OWNER, SPONSOR = "planner", "sponsor"
OWN_LOG_IN = "You decide after a log-in of your own"
DECIDES = ("The executive sponsor decides about the funding request.", "You ask for this money.")
BY_SITE = ("The site alone writes this.", "does not have doctype access via role permission")
NOT_YOURS = "Only whom it is about, or a planner, can enter or change this."


@pytest.fixture
def plan(make_plan: Callable[..., str]) -> Iterator[str]:
    """A plan that waits for its sponsor. Afterwards nobody has decided about its money, and it waits no more."""
    name = make_plan("To Sign")
    yield name
    fresh()
    frappe.db.delete(APPROVAL, {"lineage": lineage(name)})
    frappe.db.set_value("SM Plan", name, "state", "Draft", update_modified=False)
    frappe.db.commit()


def decide(client: Client, plan: str, act: str = "Approve", **more: str) -> requests.Response:
    """Decide by what the form shows the client, or would show if it told."""
    request = client.get(f"{API}.funding_request", plan=plan)
    shown = request.json()["message"]["shown"] if request.ok else "0" * 64
    return client.call("sm_planner.api.decide_funding", plan=plan, **{"act": act, "shown": shown, **more})


def decided(plan: str) -> list[str]:
    fresh()
    return frappe.get_all(APPROVAL, {"lineage": lineage(plan), "register": "funding"}, pluck="act")


@pytest.mark.parametrize(
    "way", [pytest.param(with_key, id="a key"), pytest.param(taken_over, id="a session that was taken over")]
)
def test_nobody_decides_about_money_in_the_place_of_the_sponsor(server, client, plan, people, way):
    """Z81"""
    answer = decide(way(server, people[SPONSOR]), plan)
    assert (answer.status_code, says(answer, OWN_LOG_IN)) == (403, True), told(answer)
    assert decided(plan) == []
    answer = decide(client(SPONSOR), plan)
    assert (answer.status_code, decided(plan)) == (200, ["Approve"]), told(answer)


@pytest.mark.parametrize("who", [OWNER, "author", "boss", "other-sponsor", "auditor", "system-manager"])
@pytest.mark.parametrize("act", ["Approve", "Reject"])
def test_who_is_not_the_sponsor_of_the_plan_decides_about_none_of_its_money(client, plan, who, act):
    """Z82"""
    answer = decide(client(who), plan, act, reason="x")
    assert answer.status_code == 403, told(answer)
    assert any(says(answer, words) for words in DECIDES), told(answer)
    assert decided(plan) == []


@pytest.mark.parametrize("who", ["nobody", "stakeholder", "guest"])
def test_who_may_not_read_a_plan_does_not_decide_about_its_money(client, plan, who):
    """Z82"""
    assert decide(client(who), plan).status_code == 403
    assert decided(plan) == []


def test_a_link_approves_no_money(client, plan):
    """Z83"""
    answer = client(SPONSOR).get(f"{API}.decide_funding", plan=plan, act="Approve", shown="0" * 64)
    assert (answer.status_code, decided(plan)) == (403, [])


def test_nothing_is_approved_but_what_was_shown(client, plan):
    """Z84"""
    for shown in ("0" * 64, ""):
        answer = decide(client(SPONSOR), plan, shown=shown)
        assert (answer.status_code, says(answer, "has changed since you opened it")) == (403, True)
    assert decided(plan) == []


@pytest.mark.parametrize("who", [OWNER, "author", SPONSOR, "system-manager"])
def test_a_decision_about_money_is_made_by_no_other_function(client, plan, who):
    """Z85"""
    fresh()
    values = {
        "lineage": lineage(plan),
        "register": "funding",
        "entry": lineage(plan),
        "number": 1,
        "act": "Approve",
        "person": frappe.db.get_value("SM Plan", plan, "executive_sponsor"),
        "day": "2026-11-01",
        "what": "0" * 64,
    }
    answer = client(who).create(APPROVAL, **values)
    assert answer.status_code == 403, told(answer)
    assert any(says(answer, words) for words in BY_SITE), told(answer)
    assert decided(plan) == []


@pytest.mark.parametrize("who", [OWNER, "author", SPONSOR, "system-manager"])
def test_the_money_of_a_plan_that_waits_for_its_sponsor_is_not_changed(client, plan, who):
    """Z86"""
    fresh()
    line = frappe.get_all(LINE, {"plan": plan}, pluck="name", order_by="name asc")[0]
    one = client(who)
    with assert_unchanged(plan):
        for send in (
            lambda: one.put(LINE, line, amount=1),
            lambda: one.call("frappe.client.set_value", doctype=LINE, name=line, fieldname="amount", value=1),
            lambda: one.delete(LINE, line),
        ):
            assert send().status_code in (403, 417)


def test_what_was_spent_of_a_line_is_entered_by_whom_it_is_about_or_by_planners(client, plan):
    """Z87"""
    fresh()
    line = frappe.get_all(LINE, {"plan": plan}, pluck="name", order_by="name asc")[0]
    answer = client("service-owner").create(ACTUAL, budget_line=line, day="2026-11-01", amount=1)
    assert answer.status_code == 403, told(answer)
    assert frappe.db.count(ACTUAL, {"lineage": lineage(plan)}) == 0
