"""The page Roadmap of the Desk, and what it would mean to move dates."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_url_to_form, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_choice
from sm_planner.adapters.documents import rescheduling
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, part_name
from sm_planner.adapters.site.presentation import told, user_day
from sm_planner.engine.model import Plan
from sm_planner.engine.model.states import SUPERSEDED
from sm_planner.engine.rights.improvements import refuse_improvement
from sm_planner.engine.roadmap.moves import applied
from sm_planner.engine.roadmap.schedule import is_pinned, roadmap
from sm_planner.engine.roadmap.themes import DATES, OBJECTIVE, PLANNED, THEMES
from sm_planner.engine.texts import N_, say
from sm_planner.reports.roadmap_page import page

IMPROVEMENT = DOCTYPES["improvements"]


def show(plan_name: str, by: str, dates: str) -> dict[str, Any]:
    """The page of a plan as HTML, or of the one that is proposed; without HTML where there is none."""
    name = plan_name or (plan_choice.default_plan() or {}).get("name")
    if not name:
        return {"html": "", "plan": ""}
    plan = plan_reader.load(name)
    html = page(
        plan,
        getdate(),
        by=by if by in THEMES else OBJECTIVE,
        dates=dates if dates in DATES else PLANNED,
        address=lambda one: get_url_to_form(IMPROVEMENT, part_name(plan.lineage, one.id)),
        movable=_movable(plan),
        plans=_plans(),
        translate=_,
        day=user_day,
    )
    return {"html": html, "plan": name}


def _plans() -> list[dict[str, str]]:
    return frappe.get_list(
        PLAN,
        {"state": ("!=", SUPERSEDED)},
        ["name", "title"],
        order_by="docstatus desc, modified desc",
        limit_page_length=50,
    )


def _movable(plan: Plan) -> frozenset[str]:
    """The improvements whose dates the user may change. Each is asked again when it is written."""
    if not frappe.has_permission(IMPROVEMENT, "write"):
        return frozenset()
    writer, today = living_guards.writer(), getdate()
    open_ones = (step.improvement for step in roadmap(plan, today).steps)
    return frozenset(
        one.id
        for one in open_ones
        if not is_pinned(one, today) and refuse_improvement(one, one, writer) is None
    )


def preview(plan_name: str, moves: Any) -> dict[str, Any]:
    """What moving dates would mean, without writing anything: ``rows`` of title, dates before and after, ``again`` where an
    approval would be asked for once more; and ``says`` how late the roadmap would be.

    moves: as :func:`~sm_planner.adapters.documents.rescheduling.reschedule` takes them.
    """
    plan = plan_reader.load(plan_name)
    found, today = rescheduling.read(plan, moves), getdate()
    after = roadmap(applied(plan, found), today)
    before = roadmap(plan, today)
    return {
        "rows": [
            {
                "title": move.improvement.title or move.improvement.id,
                "before": [move.improvement.start_date, move.improvement.due],
                "after": [move.start_date, move.due],
                "again": move.assessed_again,
            }
            for move in found
        ],
        "says": told(
            say(
                N_(
                    "Late by capacity: {0} improvements now, {1} afterwards. Approvals to be asked for again: {2}."
                ),
                len(before.late),
                len(after.late),
                sum(move.assessed_again for move in found),
            )
        ),
    }
