"""Doors to the dates of improvements by the roadmap, and to the acceptance of phases.

Of the plan ``planner`` is the owner, and ``sponsor`` signs it and accepts its phase. ``service-owner`` carries nothing out.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import pytest
from http_kit import API, Client, fresh, lineage, says, told

pytestmark = pytest.mark.commits

IMPROVEMENT, ACCEPTANCE, PHASE = "SM Improvement", "SM Phase Acceptance", "SM Phase"
NOT_YOURS = "Only whom it is about, or a planner, can enter or change this."


@pytest.fixture(scope="module")
def plan(make_plan: Callable[..., str]) -> str:
    return make_plan("Active")


def names(plan: str) -> dict[str, str]:
    """Id → name of the open improvements that came with a plan."""
    fresh()
    of_plan = {"lineage": lineage(plan), "status": ("not in", ("Closed", "Rejected"))}
    return {row.id: row.name for row in frappe.get_all(IMPROVEMENT, of_plan, ["id", "name"])}


def id_of(plan: str, ending: str) -> str:
    return next(id for id in names(plan) if id.endswith(ending))


def dates(plan: str) -> dict[str, tuple[str, str, str]]:
    found = {
        id: frappe.db.get_value(IMPROVEMENT, name, ["start_date", "due", "status"])
        for id, name in names(plan).items()
    }
    return {id: tuple(map(str, values)) for id, values in found.items()}


def moves(plan: str, *ids: str) -> str:
    before = dates(plan)
    return json.dumps(
        [
            {
                "improvement": id,
                "start": "2027-03-01",
                "due": "2027-03-31",
                "seen_start": start,
                "seen_due": due,
            }
            for id, (start, due, _) in before.items()
            if not ids or id in ids
        ]
    )


@pytest.mark.parametrize("user", ["service-owner", "sponsor", "auditor", "other-sponsor", "stakeholder"])
def test_who_may_not_write_them_moves_no_dates(client, plan, user):
    """Z101"""
    before = dates(plan)

    answer = client(user).call("sm_planner.api.reschedule", plan=plan, moves=moves(plan))

    assert answer.status_code == 403, told(answer)
    assert dates(plan) == before


def test_all_stay_where_one_of_them_is_carried_out_by_another(client, people, plan):
    """Z101"""
    own, other = id_of(plan, "second-computer"), id_of(plan, "practice")
    carrier = frappe.db.get_value(IMPROVEMENT, names(plan)[own], "improvement_owner")
    frappe.db.set_value("SM Person", carrier, "user", people["service-owner"])
    frappe.db.commit()
    before = dates(plan)

    answer = client("service-owner").call(
        "sm_planner.api.reschedule", plan=plan, moves=moves(plan, own, other)
    )

    assert says(answer, NOT_YOURS)
    assert dates(plan) == before


def test_what_was_approved_and_moves_is_assessed_again(client, plan):
    """Z102"""
    id = id_of(plan, "emergency-card")
    frappe.db.set_value(IMPROVEMENT, names(plan)[id], "status", "Approved")
    frappe.db.commit()

    answer = client("planner").call("sm_planner.api.reschedule", plan=plan, moves=moves(plan, id))

    assert answer.status_code == 200, told(answer)
    assert dates(plan)[id] == ("2027-03-01", "2027-03-31", "Assess")


def test_a_link_moves_nothing(client, plan):
    """Z103"""
    before = dates(plan)

    answers = [
        client("planner").get(f"{API}.reschedule", plan=plan, moves=moves(plan)),
        client("planner").get("/", cmd="sm_planner.api.reschedule", plan=plan, moves=moves(plan)),
    ]

    assert [
        answer.status_code
        for answer in answers
        if answer.status_code == 200 and "message" in answer.text[:20]
    ] == []
    assert dates(plan) == before


def acceptance(plan: str, **values: str) -> dict[str, str]:
    fresh()
    phase = frappe.get_all(PHASE, {"plan": plan}, pluck="name")[0]
    return {"lineage": lineage(plan), "phase": phase, "day": "2026-11-02", "result": "Accepted", **values}


def accept(user: Client, values: dict[str, str]):
    return user.post(f"/api/resource/{ACCEPTANCE}", **values)


@pytest.mark.parametrize("user", ["service-owner", "other-sponsor", "auditor", "stakeholder"])
def test_nobody_else_accepts_a_phase(client, plan, user):
    """Z104"""
    answer = accept(client(user), acceptance(plan))

    assert answer.status_code == 403, told(answer)
    fresh()
    assert frappe.db.count(ACCEPTANCE, {"lineage": lineage(plan)}) == 0


def test_a_planner_who_accepts_in_his_place_is_named(client, plan):
    """Z104"""
    answer = accept(client("planner"), acceptance(plan, entered_by=""))

    assert answer.status_code == 200, told(answer)
    assert answer.json()["data"]["entered_by"]
