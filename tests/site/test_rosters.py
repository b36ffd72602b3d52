"""Rosters on a site: a hole is seen, mended and gone; what is empty stays empty; a signed roster stays as it is."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import getdate
from seeds import account_with, acting

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import script_reports
from sm_planner.engine.checks import check

ROSTER, PLANNER, OWNER = "SM Roster", "roster-planner@example.org", "roster-owner@example.org"


@pytest.fixture
def plan(minimal_on_site) -> str:
    account_with("SM Planner User", name=PLANNER)
    account_with("SM Service Owner", name=OWNER)
    return minimal_on_site


def roster_of(plan: str) -> str:
    return frappe.get_all(ROSTER, {"plan": plan}, pluck="name")[0]


def told(plan: str, *codes: str) -> list[str]:
    found = check(plan_reader.load(plan), getdate()).findings
    return [f"{one.code} {one.text}" for one in found if one.code in codes]


def rows(plan: str, **filters: str) -> list[dict]:
    _columns, found, *_rest = script_reports.run("roster-coverage", {"plan": plan, **filters})
    return found


def test_a_roster_comes_back_from_the_site_as_it_was(plan, minimal):
    loaded = plan_reader.load(plan)
    assert loaded.rosters == minimal.rosters
    assert [shift.there for shift in loaded.rosters[0].shifts] == [None] * 5
    assert loaded.major_incident_lead == "service-owner"


def test_a_hole_is_seen_mended_and_gone(plan):
    assert told(plan, "MOD-12", "MOD-16") == []
    with acting(PLANNER):
        doc = frappe.get_doc(ROSTER, roster_of(plan))
        doc.shifts[4].to_time = "12:00"
        doc.save()
        [row] = [row for row in rows(plan, show="Service Hours") if row["weeks"]]
    assert (row["hole"], row["hours"]) == ("Saturday 12:00 to 14:00", 2)
    assert told(plan, "MOD-12") == [
        "MOD-12 “Lending Desk”, tier 1, Computer Room: nobody is there on Saturday 12:00 to 14:00."
    ]
    with acting(PLANNER):
        doc = frappe.get_doc(ROSTER, roster_of(plan))
        doc.append("shifts", {"days": "Saturday", "from_time": "12:00", "to_time": "14:00", "on_call": 1})
        doc.save()
    assert told(plan, "MOD-12") == []
    [row] = rows(plan, show="Service Hours")
    assert (row["hole"], row["duty"], row["on_call"]) == ("none", 36, 2)


def test_nobody_there_is_not_the_same_as_empty(plan):
    doc = frappe.get_doc(ROSTER, roster_of(plan))
    doc.shifts[4].there = 0
    doc.save()
    assert plan_reader.load(plan).rosters[0].shifts[4].there == 0
    assert told(plan, "MOD-12", "MOD-15") == [
        "MOD-12 “Lending Desk”, tier 1, Computer Room: nobody is there on Saturday 10:00 to 14:00.",
        "MOD-15 “Week of the computer room”, Saturday 10:00 to 14:00: it takes 1 people, and 0 are there.",
    ]


def test_after_hours_and_the_escalation_path_of_a_service(plan):
    service = frappe.get_doc(
        "SM Service", frappe.get_all("SM Service", {"title": "Lending Desk"}, pluck="name")[0]
    )
    service.after_hours_cover = "On Call"
    service.functional_escalation = ""
    service.append("escalation", {"kind": "Functional", "minutes": 0, "note": "Help line of the maker"})
    service.save()
    loaded = plan_reader.load(plan)
    [step] = next(one for one in loaded.services if one.id == "lending").escalation
    assert (step.kind, step.minutes, step.note) == ("Functional", 0, "Help line of the maker")
    [finding] = told(plan, "MOD-08", "MOD-16")
    assert finding.startswith("MOD-16")
    assert any(row["window"] == "after hours: On Call" for row in rows(plan, show="After Hours"))


def test_more_people_than_the_team_has(plan):
    frappe.db.set_single_value("SM Settings", "full_time_hours", 20)
    [row] = rows(plan, show="Teams")
    assert (row["duty"], row["needed"], row["there"]) == (38, 2, 1)
    assert len(told(plan, "MOD-06")) == 1


def test_planners_alone_write_rosters(plan):
    with acting(OWNER):
        assert frappe.has_permission(ROSTER, "read")
        doc = frappe.get_doc({"doctype": ROSTER, "plan": plan, "title": "Mine"})
        with pytest.raises(frappe.PermissionError):
            doc.insert()
