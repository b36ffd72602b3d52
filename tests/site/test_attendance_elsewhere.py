"""Attendance from HRMS and LMS, with throw-away DocTypes in the place of theirs; see ``test_optional_apps``."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
import pytest
from frappe.utils import add_days, getdate
from test_optional_apps import committing, foreign  # noqa: F401

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.integrations import optional_apps

pytestmark = pytest.mark.commits

ATTENDANCE = "SM Training Attendance"
NADIA = "nadia-learns@example.org"
PLANNER = "attendance-planner@example.org"


def field(name: str, kind: str = "Data", **more: object) -> dict:
    return {"fieldname": name, "fieldtype": kind, "label": name.replace("_", " ").title(), **more}


@pytest.fixture
def learning(foreign, minimal, make_user) -> Iterator[str]:  # noqa: F811
    """A draft whose training names an event and a course; omar is an employee, nadia has an account."""
    foreign("Employee")
    foreign(
        "Training Event Employee",
        field("employee", "Link", options="Employee"),
        field("attendance", "Select", options="\nPresent\nAbsent"),
        istable=1,
        autoname="hash",
    )
    foreign(
        "Training Event",
        field("start_time", "Datetime"),
        field("end_time", "Datetime"),
        field("employees", "Table", options="Training Event Employee"),
        is_submittable=1,
    )
    foreign(
        "LMS Certificate",
        field("course"),
        field("member", "Link", options="User"),
        field("issue_date", "Date"),
        field("expiry_date", "Date"),
    )
    optional_apps.link()
    for name in ("EMP-1", "EMP-2"):
        frappe.get_doc({"doctype": "Employee", "name": name}).insert()
    make_user("SM Service Owner", name=NADIA)
    make_user("SM Planner User", name=PLANNER)
    plan = plan_writer.save(minimal)
    frappe.db.delete(ATTENDANCE)
    frappe.db.set_value("SM Person", "omar", "linked_employee", "EMP-1")
    frappe.db.set_value("SM Person", "nadia", "user", NADIA)
    name = f"{plan}-{minimal.trainings[0].id}"
    frappe.db.set_value("SM Training", name, {"training_event": "Desk Day", "course": "desk"})
    frappe.db.commit()
    yield plan
    frappe.set_user("Administrator")
    frappe.delete_doc("SM Plan", plan, force=True)
    frappe.db.delete(ATTENDANCE)
    for account in (NADIA, PLANNER):
        frappe.delete_doc("User", account, force=True)
    frappe.db.commit()


def event(day: str, *rows: tuple[str, str], submitted: bool = True) -> None:
    doc = frappe.get_doc(
        {
            "doctype": "Training Event",
            "name": "Desk Day",
            "start_time": f"{day} 09:00:00",
            "end_time": f"{day} 12:00:00",
            "employees": [{"employee": employee, "attendance": attendance} for employee, attendance in rows],
        }
    ).insert()
    if submitted:
        frappe.db.set_value("Training Event", doc.name, "docstatus", 1)
    frappe.db.commit()


def certificate(day: str, until: str) -> None:
    values = {"course": "desk", "member": NADIA, "issue_date": day, "expiry_date": until}
    frappe.get_doc({"doctype": "LMS Certificate", "name": "CERT-1", **values}).insert()
    frappe.db.commit()


def kept() -> list[tuple]:
    rows = frappe.get_all(
        ATTENDANCE, {}, ["person", "result", "evidence", "valid_until"], order_by="person asc"
    )
    return [(row.person, row.result, row.evidence, row.valid_until) for row in rows]


def test_who_was_there_and_who_passed_becomes_facts_with_their_source_once(learning):
    yesterday, until = add_days(getdate(), -1), add_days(getdate(), 300)
    event(str(yesterday), ("EMP-1", "Present"), ("EMP-2", "Present"))
    certificate(str(yesterday), str(until))
    assert api.take_over_attendance(learning) == {"added": 2, "found": 2}
    assert kept() == [
        ("nadia", "Passed", "LMS: CERT-1", until),
        ("omar", "Attended", "HRMS: Desk Day", None),
    ]
    assert api.take_over_attendance(learning) == {"added": 0, "found": 2}
    facts = {one.person: one for one in plan_reader.load(learning).attendances}
    assert all(one.entered_by for one in facts.values())


def test_what_is_not_submitted_and_what_one_may_not_read_is_left_alone(learning, acting_as):
    yesterday = str(add_days(getdate(), -1))
    event(yesterday, ("EMP-1", "Absent"), submitted=False)
    certificate(yesterday, yesterday)
    with acting_as(PLANNER), pytest.raises(frappe.PermissionError):
        api.take_over_attendance(learning)
    assert kept() == []
    frappe.db.set_value("Training Event", "Desk Day", "docstatus", 1)
    assert api.take_over_attendance(learning) == {"added": 2, "found": 2}
    assert {row[:2] for row in kept()} == {("nadia", "Passed"), ("omar", "Absent")}


def test_without_hrms_and_lms_it_is_said_what_to_do(minimal):
    plan = plan_writer.save(minimal)
    with pytest.raises(frappe.ValidationError, match="Neither HRMS nor LMS"):
        api.take_over_attendance(plan)
