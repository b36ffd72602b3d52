"""Doors to rosters: who plans not writes none, and those of a signed plan stay as they were signed."""

from __future__ import annotations

import json

import frappe
import pytest
from http_kit import fresh, told

pytestmark = pytest.mark.commits

ROSTER, SHIFT = "SM Roster", "SM Shift"
READERS = ("service-owner", "sponsor", "auditor")
OUTSIDERS = ("stakeholder", "nobody", "guest")


def standing(plan: str) -> list[tuple]:
    """The rosters of a plan, and their shifts, as they stand in the database."""
    fresh()
    names = frappe.get_all(ROSTER, {"plan": plan}, pluck="name", order_by="name")
    fields = ["parent", "idx", "days", "from_time", "to_time", "on_call", "person", "needed", "there"]
    shifts = frappe.get_all(SHIFT, {"parent": ("in", names)}, fields, order_by="parent, idx", as_list=True)
    return [*frappe.get_all(ROSTER, {"plan": plan}, ["name", "title", "team"], as_list=True), *shifts]


def roster(plan: str) -> tuple[str, str]:
    """A roster of a plan, and its first shift."""
    fresh()
    name = frappe.get_all(ROSTER, {"plan": plan}, pluck="name")[0]
    return name, frappe.get_all(SHIFT, {"parent": name, "idx": 1}, pluck="name")[0]


def writes(client, plan: str) -> dict:
    """What is tried: door → answer."""
    name, row = roster(plan)
    whole = {"doctype": ROSTER, "name": name, "plan": plan, "title": "Mine"}
    return {
        "new": client.create(ROSTER, plan=plan, title="Mine"),
        "REST": client.put(ROSTER, name, title="Mine"),
        "rows": client.put(ROSTER, name, shifts=[]),
        "value": client.call(
            "frappe.client.set_value", doctype=ROSTER, name=name, fieldname="title", value="Mine"
        ),
        "row": client.call(
            "frappe.client.set_value", doctype=SHIFT, name=row, fieldname="to_time", value="23:00"
        ),
        "form": client.call("frappe.desk.form.save.savedocs", doc=json.dumps(whole), action="Save"),
        "delete": client.call("frappe.client.delete", doctype=ROSTER, name=name),
        "rename": client.call(
            "frappe.client.rename_doc", doctype=ROSTER, old_name=name, new_name=f"{name}-mine"
        ),
    }


@pytest.mark.parametrize("who", READERS)
def test_who_plans_not_writes_no_roster(client, plan_in, who):
    """RO1"""
    plan = plan_in("Draft")
    before = standing(plan)
    for door, answer in writes(client(who), plan).items():
        assert answer.status_code in (403, 404, 417), (door, told(answer))
        assert standing(plan) == before, door


@pytest.mark.parametrize("who", OUTSIDERS)
def test_who_reads_no_plan_reads_and_writes_no_roster(client, plan_in, who):
    """RO2"""
    plan = plan_in("Draft")
    before = standing(plan)
    name, _ = roster(plan)
    for door, answer in writes(client(who), plan).items():
        assert answer.status_code in (403, 404), (door, told(answer))
    assert client(who).get(f"/api/resource/{ROSTER}/{name}").status_code in (403, 404)
    answer = client(who).call(
        "frappe.desk.query_report.run", report_name="Roster Coverage", filters=json.dumps({"plan": plan})
    )
    assert answer.status_code in (403, 404), told(answer)
    assert standing(plan) == before


@pytest.mark.parametrize("who", ["planner", "author", "system-manager"])
@pytest.mark.parametrize("state", ["To Sign", "Active"])
def test_the_rosters_of_a_plan_that_was_sent_stay_as_they_are(client, plan_in, who, state):
    """RO3"""
    plan = plan_in(state)
    before = standing(plan)
    for door, answer in writes(client(who), plan).items():
        assert answer.status_code in (403, 404, 417), (door, told(answer))
        assert standing(plan) == before, door


def test_a_planner_writes_those_of_a_draft(client, make_plan):
    plan = make_plan()
    name, _ = roster(plan)
    answer = client("planner").put(ROSTER, name, title="The week of the desk")
    assert answer.status_code == 200, told(answer)


def test_a_roster_does_not_move_into_another_plan(client, make_plan, plan_in):
    """RO4"""
    mine, signed = make_plan(), plan_in("Active")
    before = standing(signed)
    name, _ = roster(mine)
    answer = client("planner").put(ROSTER, name, plan=signed)
    assert answer.status_code != 200 or answer.json()["data"]["plan"] == mine
    assert standing(signed) == before
