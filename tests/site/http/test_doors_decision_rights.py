"""Doors to a decision by a right that one does not have: another's, above its limit, of a draft, after its end, taken by oneself.

Of the plan, ``boss`` stands for Nadia, who leads the desk and decides about small improvements; the right of ``service-owner``,
who stands for Omar, has ended. ``planner`` owns the plan, and has no right by it. ``sponsor`` signs it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import frappe
import pytest
import requests
from http_kit import Client, assert_unchanged, fresh, says, told
from test_doors_improvements import IMPROVEMENT, decide, decisions, forget, made, refused, settled, stands_for

from sm_planner.engine.model import Plan
from sm_planner.engine.model.office import DecisionRight

pytestmark = pytest.mark.commits

HOLDER, ENDED, OWNER, SPONSOR = "boss", "service-owner", "planner", "sponsor"
NO_RIGHT = "The plan gives you no right to decide about this."
ABOVE = "This is above the limit of your decision right."
NOT_TODAY = "Your decision right does not hold today."
RIGHTS = (
    DecisionRight(what="Improvements", role="desk-lead", up_to_days=10, up_to_amount=500),
    DecisionRight(
        what="Improvements",
        person="omar",
        up_to_days=99,
        up_to_amount=9_999,
        to_date=frappe.utils.getdate("2026-01-31"),
    ),
)


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str], people: dict[str, str], minimal: Plan) -> str:
    """A plan in force that says who decides about improvements."""
    name = make_plan("Active", written=dataclasses.replace(minimal, decision_rights=RIGHTS))
    stands_for(f"{name}-nadia", people[HOLDER])
    stands_for(f"{name}-omar", people[ENDED])
    return name


@pytest.fixture
def improvement(plan: str) -> Iterator[str]:
    """An improvement within the limits that waits for a decision; its name."""
    yield made(plan, improvement_owner=f"{plan}-edith", effort_days=10, cost=500)
    forget(plan)


def test_who_has_the_right_decides_up_to_its_limit(client, improvement):
    settled(decide(client(HOLDER), improvement), "Approved")
    assert decisions(improvement) == ["Approve"]


@pytest.mark.parametrize("who", [OWNER, "author", "other-sponsor", "auditor", "system-manager"])
@pytest.mark.parametrize("act", ["Approve", "Reject"])
def test_who_has_no_right_does_not_decide_whatever_else_he_is(client, plan, improvement, who, act):
    """Z131: the owner of the plan too, who decides by the settings where the plan states no rights"""
    with assert_unchanged(plan):
        answer = decide(client(who), improvement, act, reason="x")
    refused(answer, NO_RIGHT)


@pytest.mark.parametrize("values", [{"effort_days": 10.5}, {"cost": 500.5}])
def test_above_the_limit_the_sponsor_decides(client, plan, values):
    """Z132"""
    name = made(plan, **{"effort_days": 10, "cost": 500, **values})
    try:
        with assert_unchanged(plan):
            answer = decide(client(HOLDER), name)
        refused(answer, ABOVE)
        settled(decide(client(SPONSOR), name), "Approved")
    finally:
        forget(plan)


def test_what_was_approved_within_the_limit_and_grows_beyond_it_is_decided_anew(client, plan, improvement):
    """Z132"""
    holder = client(HOLDER)
    settled(decide(holder, improvement), "Approved")
    answer = client("author").put(IMPROVEMENT, improvement, cost=501)
    assert (answer.status_code, answer.json()["data"]["status"]) == (200, "Assess"), told(answer)
    refused(decide(holder, improvement), ABOVE)


def test_a_right_that_has_ended_decides_nothing(client, plan, improvement):
    """Z133"""
    with assert_unchanged(plan):
        answer = decide(client(ENDED), improvement)
    refused(answer, NOT_TODAY)


@pytest.mark.parametrize("field", ["improvement_owner", "suggested_by"])
def test_no_right_lets_anybody_decide_about_his_own(client, plan, field):
    """Z134"""
    name = made(plan, **{"effort_days": 1, field: f"{plan}-nadia"})
    try:
        with assert_unchanged(plan):
            answer = decide(client(HOLDER), name)
        refused(answer, ("You carry out this improvement.", "You suggested this improvement."))
    finally:
        forget(plan)


def test_a_role_that_one_takes_after_the_signature_gives_no_right(client, plan, improvement, minimal):
    """Z135: roles are shared by plans, and changed by who plans"""
    role = f"{plan}-desk-lead"
    fresh()
    before = [row.person for row in frappe.get_doc("SM Role", role).holders]
    rows = [{"person": person} for person in (*before, f"{plan}-paula")]
    answer = client("author").put("SM Role", role, holders=rows)
    assert answer.status_code == 200, told(answer)
    try:
        with assert_unchanged(plan):
            answer = decide(client(OWNER), improvement)
        refused(answer, NO_RIGHT)
    finally:
        client("author").put("SM Role", role, holders=[{"person": person} for person in before])


def revised(client: Client, plan: str, **values: object) -> requests.Response:
    started = client.call("sm_planner.api.start_revision", plan=plan)
    assert started.status_code == 200, told(started)
    return client.put("SM Plan", started.json()["message"], **values)


def test_a_draft_gives_nobody_a_right(client, plan, improvement):
    """Z136: nor does it take one away"""
    rights = [{"what": "Improvements", "person": f"{plan}-paula", "up_to_days": 999, "up_to_amount": 10**9}]
    answer = revised(client("author"), plan, decision_rights=rights)
    assert (answer.status_code, answer.json()["data"]["state"]) == (200, "Draft"), told(answer)
    with assert_unchanged(plan):
        refused(decide(client(OWNER), improvement), NO_RIGHT)
    settled(decide(client(HOLDER), improvement), "Approved")


@pytest.mark.parametrize("way", ["PUT", "the row", "set_value"])
def test_rights_that_were_signed_stay_as_they_are(client, plan, way):
    """Z137"""
    fresh()
    row = frappe.db.get_value("SM Decision Right", {"parent": plan, "role": f"{plan}-desk-lead"})
    one = client("author")
    wanted = {"what": "Improvements", "person": f"{plan}-paula", "up_to_days": 999}
    with assert_unchanged(plan):
        answer = {
            "PUT": lambda: one.put("SM Plan", plan, decision_rights=[wanted]),
            "the row": lambda: one.put("SM Decision Right", row, up_to_days=999),
            "set_value": lambda: one.call(
                "frappe.client.set_value",
                doctype="SM Decision Right",
                name=row,
                fieldname={"up_to_days": 999},
            ),
        }[way]()
    assert answer.status_code in (403, 404, 417), told(answer)


def test_nobody_gives_the_own_account_to_who_has_a_right(client, plan, people, improvement):
    """Z138"""
    author = client("author")
    with assert_unchanged(plan):
        changed = author.put("SM Person", f"{plan}-nadia", user=people["author"])
        cannot = "You cannot decide whether your own account stands for"
        assert (changed.status_code, says(changed, cannot)) == (417, True), told(changed)
        refused(decide(author, improvement), NO_RIGHT)


def scorecards(client: Client, plan: str, **filters: str) -> requests.Response:
    return client.call(
        "frappe.desk.query_report.run",
        report_name="Owner Scorecard",
        filters={"plan": plan, **filters},
        ignore_prepared_report=True,
    )


def owners(answer: requests.Response, plan: str) -> list[str]:
    assert answer.status_code == 200, told(answer)
    return sorted(row["id"].removeprefix(f"{plan}-") for row in answer.json()["message"]["result"])


def test_an_owner_sees_the_own_scorecard_and_no_other(client, plan):
    """Z139: not by a filter either"""
    one = client(ENDED)
    assert owners(scorecards(one, plan), plan) == ["omar"]
    assert owners(scorecards(one, plan, owner=f"{plan}-paula"), plan) == []


@pytest.mark.parametrize("who", ["author", OWNER, SPONSOR, "auditor", "system-manager"])
def test_who_plans_sponsors_or_audits_sees_the_scorecards_of_all(client, plan, who):
    assert owners(scorecards(client(who), plan), plan) == ["nadia", "omar", "paula"]


@pytest.mark.parametrize("who", ["nobody", "stakeholder", "guest"])
def test_who_reads_no_plan_sees_no_scorecard(client, plan, who):
    """Z139"""
    answer = scorecards(client(who), plan)
    assert answer.status_code == 403, told(answer)
