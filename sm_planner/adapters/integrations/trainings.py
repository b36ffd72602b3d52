"""Who took part in what, as HRMS and LMS keep it where they are installed: read in bulk, as far as the user may read it.

Nothing is written there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.vocabulary import ABSENT, ATTENDED, PASSED
from sm_planner.engine.training.elsewhere import Noted

EVENT, EVENT_EMPLOYEE, CERTIFICATE = "Training Event", "Training Event Employee", "LMS Certificate"
EMPLOYEE = "linked_employee"
"""The field of a person that links to an employee, which is there where employees are."""
RESULTS = {"Present": ATTENDED, "Absent": ABSENT}
"""Attendance in HRMS → result."""


def refuse_missing() -> None:
    """Say that neither is on this site, or that the user may read neither."""
    there = [doctype for doctype in (EVENT, CERTIFICATE) if frappe.db.exists("DocType", doctype)]
    if not there:
        frappe.throw(
            _("Neither HRMS nor LMS is on this site. Enter by hand who took part."),
        )
    if not any(map(_is_readable, there)):
        frappe.has_permission(there[0], "read", throw=True)


def noted(plan: Plan) -> list[Noted]:
    """What HRMS and LMS say of the trainings and people of a plan. The number of queries does not grow with the plan."""
    return [*_events(plan), *_certificates(plan)]


def _events(plan: Plan) -> Iterator[Noted]:
    """Of submitted events, on their last day, who was present and who was absent."""
    named = _named(plan, "training_event")
    people = _people(plan, EMPLOYEE)
    if not (named and people and _is_readable(EVENT)):
        return
    filters = {"name": ("in", sorted(named)), "docstatus": 1}
    events = {row.name: row for row in _list(EVENT, filters, ["name", "start_time", "end_time"])}
    attended = {"parenttype": EVENT, "parent": ("in", sorted(events)), "employee": ("in", sorted(people))}
    fields = ["parent", "employee", "attendance"]
    # Rows are read by who may read the event that holds them.
    rows = frappe.get_all(EVENT_EMPLOYEE, attended, fields, order_by="parent asc, idx asc") if events else ()
    for row in rows:
        event, result = events[row.parent], RESULTS.get(row.attendance)
        ended = event.end_time or event.start_time
        if result and ended:
            for training in named[row.parent]:
                yield Noted(
                    training, people[row.employee], getdate(ended), result, _source("HRMS", row.parent)
                )


def _certificates(plan: Plan) -> Iterator[Noted]:
    """Who holds the certificate of a course has passed it, until it expires."""
    named = _named(plan, "course")
    people = _people(plan, "user")
    if not (named and people and _is_readable(CERTIFICATE)):
        return
    filters = {"course": ("in", sorted(named)), "member": ("in", sorted(people))}
    for row in _list(CERTIFICATE, filters, ["name", "course", "member", "issue_date", "expiry_date"]):
        until = getdate(row.expiry_date) if row.expiry_date else None
        for training in named[row.course] if row.issue_date else ():
            day, source = getdate(row.issue_date), _source("LMS", row.name)
            yield Noted(training, people[row.member], day, PASSED, source, until)


def _is_readable(doctype: str) -> bool:
    return bool(frappe.db.exists("DocType", doctype)) and bool(frappe.has_permission(doctype, "read"))


def _list(doctype: str, filters: dict[str, Any], fields: list[str]) -> list[Any]:
    return frappe.get_list(doctype, filters, fields, order_by="name asc", limit_page_length=0)


def _named(plan: Plan, field: str) -> dict[str, list[str]]:
    """What trainings name in a field → the ids of these trainings."""
    found: dict[str, list[str]] = {}
    for training in plan.trainings:
        if name := getattr(training, field).strip():
            found.setdefault(name, []).append(training.id)
    return found


def _people(plan: Plan, field: str) -> dict[str, str]:
    """Employee or account → the id of the person of the plan. Whoever stands for two people tells of neither."""
    doctype = DOCTYPES["people"]
    if not frappe.get_meta(doctype).has_field(field):
        return {}
    ids = [one.id for one in plan.people]
    rows = frappe.get_all(doctype, {"name": ("in", ids), field: ("is", "set")}, ["name", field])
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row[field], []).append(row.name)
    return {key: names[0] for key, names in found.items() if len(names) == 1}


def _source(app: str, name: str) -> str:
    return f"{app}: {name}"[:LINE_LENGTH]
