"""Doors for measurements: whose agreement it is not, enters and keeps nothing."""

from __future__ import annotations

import frappe
import pytest
from http_kit import API, first, fresh, told

pytestmark = pytest.mark.commits

LOG = """number,incident_state,sys_updated_at,opened_at,sys_mod_count,priority,assignment_group
INC1,New,01-03-2016 09:00,01-03-2016 09:00,0,1 - Critical,Desk
INC1,Resolved,01-03-2016 10:00,01-03-2016 09:00,1,1 - Critical,Desk
"""
KEPT_FOR_OTHERS = "Only whom it is about, or a planner, can enter or change this."


@pytest.fixture
def plan(plan_in) -> str:
    return plan_in("Draft")


@pytest.fixture
def agreement(plan) -> str:
    return first("SM Agreement", name=("like", f"{plan}-%"))


def measured(agreement: str) -> int:
    fresh()
    return frappe.db.count("SM Measurement", {"agreement": agreement})


@pytest.mark.parametrize("who", ["service-owner", "sponsor", "auditor", "stakeholder", "nobody", "guest"])
def test_nobody_measures_the_agreement_of_another(client, agreement, who):
    """Z41"""
    before = measured(agreement)

    answer = client(who).create(
        "SM Measurement", agreement=agreement, metric="Resolution", day="2026-01-31", value=1
    )

    assert answer.status_code == 403, told(answer)
    assert measured(agreement) == before
    if who in ("service-owner", "sponsor"):
        assert KEPT_FOR_OTHERS in told(answer)


@pytest.mark.parametrize("who", ["service-owner", "sponsor"])
def test_nobody_keeps_attainment_for_the_agreement_of_another(client, plan, agreement, who):
    """Z42: a log that he uploaded himself, about a plan that he may read."""
    file = client(who).create("File", file_name="log.csv", content=LOG, is_private=1)
    before = measured(agreement)

    answer = client(who).call(
        f"{API.removeprefix('/api/method/')}.keep_attainment",
        plan=plan,
        log=file.json()["data"]["name"],
        map="servicenow-incidents",
    )

    assert (answer.json().get("message") or {}).get("kept", 0) == 0, told(answer)
    assert measured(agreement) == before


def test_attainment_is_not_kept_by_following_a_link(client, plan):
    """Z43"""
    answer = client("author").get(f"{API}.keep_attainment", plan=plan, log="x", map="servicenow-incidents")

    assert answer.status_code == 403


def test_a_measurement_about_nothing_is_refused_by_rest(client, plan):
    """Z44"""
    answer = client("author").create("SM Measurement", lineage=plan, day="2026-01-31", value=1)

    assert answer.status_code == 417
    assert "The measurement is about nothing." in told(answer)
