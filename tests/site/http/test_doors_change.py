"""Doors to engagements and change impacts: what somebody else said, a relationship made up, a signed plan changed.

Of the plan ``planner`` is the owner, and ``sponsor`` signs it.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
import pytest
from http_kit import Client, fresh, lineage, told

pytestmark = pytest.mark.commits

ENGAGEMENT, IMPACT = "SM Engagement", "SM Change Impact"


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str]) -> str:
    return make_plan("Active")


def engagement(plan: str, **values: object) -> dict[str, object]:
    fresh()
    owner = frappe.db.get_value("SM Plan", plan, "plan_owner")
    sponsor = frappe.db.get_value("SM Plan", plan, "executive_sponsor")
    return {"lineage": lineage(plan), "person": owner, "spoke_with": sponsor, "day": "2026-11-02", **values}


def count(plan: str) -> int:
    fresh()
    return frappe.db.count(ENGAGEMENT, {"lineage": lineage(plan)})


@pytest.mark.parametrize(
    "user", ["service-owner", "sponsor", "other-sponsor", "auditor", "stakeholder", "nobody"]
)
def test_nobody_says_that_somebody_else_spoke(client, plan, user):
    """CH1"""
    before = count(plan)

    answer = client(user).create(ENGAGEMENT, **engagement(plan))

    assert answer.status_code == 403, told(answer)
    assert count(plan) == before


def test_nobody_puts_his_own_in_the_name_of_another_later(client, plan):
    """CH1"""
    sponsor = engagement(plan)["spoke_with"]
    own = engagement(plan, person=sponsor, spoke_with=engagement(plan)["person"], day="2026-11-03")
    made = client("sponsor").create(ENGAGEMENT, **own)
    assert made.status_code == 200, told(made)
    name = made.json()["data"]["name"]

    answer = client("other-sponsor").put(ENGAGEMENT, name, outcome="It was agreed.")
    gone = client("other-sponsor").delete(ENGAGEMENT, name)

    assert (answer.status_code, gone.status_code) == (403, 403), told(answer)
    fresh()
    assert not frappe.db.get_value(ENGAGEMENT, name, "outcome")


def test_who_enters_it_for_another_is_named_by_the_server(client, plan):
    """CH2"""
    sponsor = engagement(plan)["spoke_with"]
    values = engagement(
        plan, person=sponsor, spoke_with=engagement(plan)["person"], day="2026-11-04", entered_by=""
    )

    answer = client("planner").create(ENGAGEMENT, **values)

    assert answer.status_code == 200, told(answer)
    assert answer.json()["data"]["entered_by"]


@pytest.mark.parametrize("user", ["author", "planner", "boss"])
def test_what_changes_for_whom_is_not_changed_once_it_was_signed(client, plan, user):
    """CH3"""
    fresh()
    name = frappe.get_all(IMPACT, {"plan": plan}, pluck="name")[0]
    before = frappe.db.get_value(IMPACT, name, ["impact", "what_changes"])

    answers = [
        client(user).put(IMPACT, name, impact="None"),
        client(user).delete(IMPACT, name),
        client(user).create(IMPACT, plan=plan, title="More", unit="Elsewhere", impact="Low"),
    ]

    assert all(answer.status_code in (403, 417) for answer in answers), [told(answer) for answer in answers]
    fresh()
    assert frappe.db.get_value(IMPACT, name, ["impact", "what_changes"]) == before


def test_a_guest_writes_nothing(server, plan):
    """CH4"""
    before = count(plan)

    answer = Client(server).create(ENGAGEMENT, **engagement(plan))

    assert answer.status_code in (401, 403), told(answer)
    assert count(plan) == before
