"""The example plan between two signatures: who has a part in it reports, confirms, suggests, decides and reviews, and what was
signed stays what it was."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import frappe
import pytest
from frappe.utils import getdate
from seeds import plan_before_sponsor, sign_as_sponsor

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.signing import sign_off
from sm_planner.adapters.site import sessions
from sm_planner.engine import approval
from sm_planner.engine.model.proof import BROWSER
from sm_planner.engine.part.confirmation import State, confirmed
from sm_planner.engine.sealing import seal
from sm_planner.engine.sealing.seal import holds
from sm_planner.engine.sign_off.requests import Request

SPONSOR, PLANNER, OWNER, NURSE = (f"{who}@example.org" for who in ("sponsor", "owner", "service", "nurse"))


@pytest.fixture
def signed(example, make_user) -> str:
    """The example plan in force, with a service owner in the Desk and a nurse without it."""
    make_user("SM Service Owner", name=OWNER)
    make_user("SM Portal Stakeholder", name=NURSE)
    name = plan_before_sponsor(dataclasses.replace(example, id="ardlough-1", lineage="ardlough"))
    sign_as_sponsor(name)
    return name


def person_with(example, wanted: set[str], *others: str) -> str:
    """A person of the plan in these roles of it, who is none of the others."""
    return next(one for one in sorted(wanted) if one and one not in others)


def stand_for(person: str, account: str) -> None:
    frappe.db.set_value("SM Person", person, "user", account)


def read(lineage: str):
    return plan_reader.load(frappe.db.get_value("SM Lineage", lineage, "active"))


def test_what_happens_between_two_signatures_is_kept_on_both_sides_and_touches_neither(
    signed, example, acting_as, monkeypatch
):
    lineage, today = "ardlough", getdate()
    leaders = (example.plan_owner, example.executive_sponsor)
    objective = next(one for one in example.objectives if one.objective_owner not in leaders)
    stand_for(objective.objective_owner, OWNER)
    nurse = person_with(
        example,
        {holder.person for role in example.roles for holder in role.holders},
        *leaders,
        objective.objective_owner,
    )
    stand_for(nurse, NURSE)

    # The owner of an objective measures it, and carries out an improvement.
    action = frappe.get_doc(
        {
            "doctype": "SM Improvement",
            "lineage": lineage,
            "title": "Ask once",
            "improvement_owner": objective.objective_owner,
            "due": today + timedelta(days=90),
            "effort_days": 10,
            "benefit_kpi": "Questions asked twice",
        }
    ).insert()
    with acting_as(OWNER):
        api.add_measurement(lineage, objective.id, str(today), "42")

    # A nurse without the Desk confirms her part and suggests something.
    with acting_as(NURSE):
        api.confirm_my_part(lineage, api.my_part(lineage)["hash"])
        suggested = api.suggest_improvement(lineage, "A bell at the desk", "Nobody hears us.")
    assert confirmed(read(lineage), nurse, today).state is State.CONFIRMED

    # The planner answers it and takes it up; it is approved by whom it should be, and by nobody else.
    idea = frappe.get_doc("SM Improvement", f"{lineage}-{suggested}")
    idea.update(
        {
            "answer": "Good, we try it.",
            "status": "Assess",
            "improvement_owner": objective.objective_owner,
            "due": today + timedelta(days=30),
            "effort_days": 70,
        }
    )
    idea.save()

    def decide(doc, act: str) -> str:
        shown = approval.shown(read(lineage).get("improvements", doc.id))
        return api.decide_improvement(doc.name, act, shown)

    for account, told in ((OWNER, "You carry out"), (NURSE, "You suggested"), (PLANNER, "decided about by")):
        with acting_as(account):
            if frappe.has_permission("SM Improvement", "read", idea.name):
                with pytest.raises(frappe.PermissionError, match=told):
                    decide(idea, "Approve")
    with acting_as(SPONSOR):
        assert decide(idea, "Approve") == "Approved"

    # It is carried out, verified and closed.
    with acting_as(OWNER):
        api.report_progress(lineage, suggested, "Bought", "1", "In Progress")
        api.report_progress(lineage, suggested, "Hung up", "2", "Verify", "3", "Reached")
    with acting_as(PLANNER), pytest.raises(frappe.PermissionError, match="decided about by"):
        decide(idea, "Close")
    with acting_as(SPONSOR):
        assert decide(idea, "Close") == "Closed"

    # A review is held, and its decision becomes an action.
    review = frappe.get_doc(
        {
            "doctype": "SM Review",
            "lineage": lineage,
            "kind": "Plan Review",
            "scheduled": str(today),
            "chair": example.plan_owner,
            "attendance": [{"person": example.executive_sponsor, "attended": 1}],
            "decisions": [
                {
                    "text": "Train the wards",
                    "kind": "Improve",
                    "person": example.plan_owner,
                    "due": str(today + timedelta(days=60)),
                }
            ],
        }
    ).insert()
    with acting_as(PLANNER):
        api.hold_review(review.name)
        became = api.decision_becomes(review.name, 1, "improvement")
    with acting_as(SPONSOR), monkeypatch.context() as patch:
        patch.setattr(sessions, "request", lambda: Request(way=BROWSER, session="mark"))
        api.confirm_attendance(review.name)
    trained = frappe.get_doc("SM Improvement", became["name"])
    assert (trained.source_kind, trained.status) == ("Review Decision", "New")

    # A waiver is renewed.
    waiver = frappe.get_doc("SM Waiver", f"{lineage}-{example.waivers[0].id}")
    waiver.expires = today + timedelta(days=200)
    waiver.save()
    with acting_as(SPONSOR):
        shown = approval.shown(read(lineage).get("waivers", waiver.id))
        assert api.decide_waiver(waiver.name, "Approve", shown) == "Approved"

    # What was signed is what it was, and the home tells what moved.
    plan = read(lineage)
    assert holds(plan.seals[-1], plan.key_ring)
    assert seal.drift(plan.seals[-1], plan) == ()
    moved = api.lineage_home(lineage)["in_force"]["moved"]
    assert "3 new" in moved["told"]

    # A revision is drafted and signed: registers and facts are there on both sides, and nothing was lost.
    revision = sign_off.start_revision(signed)
    old, new = plan_reader.load(signed), plan_reader.load(revision)
    for living in ("improvements", "waivers", "measurements", "approvals", "progress_reports", "reviews"):
        assert getattr(old, living) == getattr(new, living) != (), living
    for state in ("In Review", "To Sign"):
        document = frappe.get_doc("SM Plan", revision)
        document.state = state
        document.save()
    sign_as_sponsor(revision)
    now = plan_reader.load(revision)
    assert now.improvements == old.improvements
    assert [holds(one, now.key_ring) for one in now.seals] == [True, True]
    assert seal.drift(now.seals[-1], now) == ()
    assert action.reload().status == "New"
