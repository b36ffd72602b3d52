"""New dates for improvements, chosen by somebody on the roadmap: all of them are written, or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.guards.request_parts import parsed
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import DOCTYPES, part_name
from sm_planner.adapters.site.presentation import told_html
from sm_planner.engine.model import Plan
from sm_planner.engine.roadmap.moves import Move, refuse_move

IMPROVEMENT = DOCTYPES["improvements"]
MOST = 500
"""Improvements that are moved at once."""


def read(plan: Plan, moves: Any) -> tuple[Move, ...]:
    """The moves that were asked for. Refuses what is none, and what cannot be moved so."""
    given = parsed(moves)
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        frappe.throw(_("Choose the improvements whose dates are to move."))
    if len(given) > MOST:
        frappe.throw(_("Move at most {0} improvements at once.").format(MOST))
    found = []
    for one in given:
        improvement = plan.get("improvements", str(one.get("improvement") or ""))
        if improvement is None:
            frappe.throw(_("The plan has no such improvement. Open the roadmap again."))
        move = Move(improvement, _day(one.get("start")), _day(one.get("due")))
        seen = (_day(one.get("seen_start")), _day(one.get("seen_due")))
        if refusal := refuse_move(move, seen, getdate()):
            frappe.throw(told_html(refusal))
        found.append(move)
    if len({move.improvement.id for move in found}) < len(found):
        frappe.throw(_("An improvement is named twice."))
    return tuple(found)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        frappe.throw(_("A date is written like 2027-03-31."))


def reschedule(plan_name: str, moves: Any) -> int:
    """Give improvements new dates as the user, who needs the right to write each; how many were moved.

    moves: a list, or JSON, of ``improvement`` (its id), ``start`` and ``due``, and the dates that the user saw, ``seen_start`` and
    ``seen_due``. What was approved is assessed again, as after any other change.
    """
    plan = plan_reader.load(plan_name)
    found = read(plan, moves)
    with locks.all_or_nothing():
        for move in found:
            doc = frappe.get_doc(IMPROVEMENT, part_name(plan.lineage, move.improvement.id), for_update=True)
            if (doc.start_date, doc.due) != (move.improvement.start_date, move.improvement.due):
                locks.refuse_overtaken(doc.name)
            doc.start_date, doc.due = move.start_date, move.due
            doc.save()
    return len(found)
