"""The letters of a RACI that somebody wrote on the sheet: all of them are written, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards.request_parts import parsed
from sm_planner.adapters.site import doctypes, locks, stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import called, full_name, refuse, told_html
from sm_planner.engine.model import Plan, RaciEntry
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.values import ValueProblem, parse
from sm_planner.engine.raci import sheet
from sm_planner.engine.raci.sheet import Change, Said, Spot
from sm_planner.engine.sign_off import refusals

ENTRY = DOCTYPES["raci"]
MOST = 2000
"""Letters that are written at once."""
TOLD = 20
"""Refusals that are told at once."""


@dataclass(frozen=True)
class Conflict:
    """A cell that says something else by now than its writer saw; by whom and when, where that is known."""

    change: Change
    stored: Said
    by: str
    at: str


def why_read_only(plan: str, state: str) -> str:
    """Why the user cannot write letters of a plan, as HTML; empty where he can. Each letter is asked about again."""
    if refusal := refusals.refuse_change(called(PLAN, plan), state):
        return told_html(refusal)
    if not all(frappe.has_permission(ENTRY, right) for right in ("write", "create", "delete")):
        return _("Your roles let you read these letters, but not write them.")
    return ""


def read(given: Any) -> tuple[Change, ...]:
    """The changes that the sheet sends: a list, or JSON, of ``process``, ``service``, ``component``, ``role``, ``letter``,
    ``task``, and what the writer saw, ``seen_letter`` and ``seen_task``. What is missing is empty."""
    listed = parsed(given)
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        frappe.throw(_("The letters cannot be read. Reload the sheet."))
    if len(listed) > MOST:
        frappe.throw(_("Write at most {0} letters at once.").format(MOST))
    return tuple(map(_change, listed))


def _change(given: dict[str, Any]) -> Change:
    spot = Spot(*(str(given.get(field) or "") for field in Spot._fields))
    now = Said(str(given.get("letter") or ""), _task(given.get("task")) if given.get("letter") else "")
    return Change(spot, now, Said(str(given.get("seen_letter") or ""), _task(given.get("seen_task"))))


def _task(value: Any) -> str:
    try:
        return parse(specs(RaciEntry)["task"], str(value or ""))
    except ValueProblem as problem:
        frappe.throw(f"{told_html(problem.message)} {told_html(problem.fix)}")


def refuse_impossible(plan: Plan, changes: tuple[Change, ...]) -> None:
    found = list(sheet.refusals(plan, changes))
    if found:
        refuse(found[:TOLD], _("Nothing was saved"))


def save(plan_name: str, given: Any) -> tuple[int, tuple[Conflict, ...]]:
    """Write the letters as the user, who needs the right to write each; how many, and the conflicts.

    With a conflict nothing is written: who wrote decides about each cell first. given: as :func:`read` takes it.
    """
    changes = read(given)
    found = locks.plan(plan_name, "state")  # the first that is read, so that nobody writes in between
    frappe.has_permission(ENTRY, "write", throw=True)
    plan = plan_reader.load(plan_name)
    if refusal := refusals.refuse_change(called(PLAN, plan_name), found.state):
        frappe.throw(told_html(refusal))
    refuse_impossible(plan, changes)
    documents = {
        sheet.spot_of(entry): name for name, entry in stored_records.parts("raci", plan_name).items()
    }
    if overtaken := sheet.conflicts(plan, changes):
        return 0, _told(plan, overtaken, documents)
    due = sheet.due(plan, changes)
    with locks.all_or_nothing():
        for change in due:
            _write(plan, change, documents.get(change.spot, ""))
    return len(due), ()


def _write(plan: Plan, change: Change, name: str) -> None:
    """Write one letter; the guards of its document ask by themselves."""
    if not change.now.letter:
        frappe.delete_doc(ENTRY, name)
        return
    entry = RaciEntry(**change.spot._asdict(), **change.now._asdict())
    values = doctypes.write(doctypes.with_names(entry, plan.id, plan.lineage))
    if name:
        doc = frappe.get_doc(ENTRY, name)
        doc.update(values)
        doc.save()
    else:
        frappe.get_doc({"doctype": ENTRY, "plan": plan.id, **values}).insert()


def _told(plan: Plan, changes: tuple[Change, ...], documents: dict[Spot, str]) -> tuple[Conflict, ...]:
    entries = sheet.own(plan)
    names = [documents[change.spot] for change in changes if change.spot in documents]
    last = {
        row.name: row
        for row in frappe.get_all(
            ENTRY, {"name": ("in", names)}, ["name", "modified_by", "modified"], order_by="name asc"
        )
    }
    users = {user: full_name(user) for user in {row.modified_by for row in last.values()}}
    found = []
    for change in changes:
        row = last.get(documents.get(change.spot, ""))
        by, at = (users[row.modified_by], str(row.modified)) if row else ("", "")
        found.append(Conflict(change, sheet.said(entries.get(change.spot)), by, at))
    return tuple(found)
