"""The gates of a plan as forms show them: how each stands, by what it was reached, and what is missing, with where that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import opens, told
from sm_planner.engine.checks.mending import Place, place_of_finding
from sm_planner.engine.gates.choice import failed, result
from sm_planner.engine.gates.early import Early, too_early
from sm_planner.engine.gates.gates import Gate, before, gates
from sm_planner.engine.gates.things import of_action, of_tool
from sm_planner.engine.lacks import Lack
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.vocabulary import TECHNOLOGY
from sm_planner.engine.texts import Text, listed, say
from sm_planner.reports.gates import EARLY

MISSING = 5
"""Things that are missing and are told one by one."""


def of_plan(plan: Plan) -> dict[str, Any]:
    """``gates`` in their order, and what comes too ``early``."""
    today = getdate()
    return {
        "gates": _told(plan, gates(plan, today)),
        "early": [_early(plan, one) for one in too_early(plan, today)],
    }


def of_improvement(plan: Plan, action: Improvement) -> dict[str, Any]:
    """Those of an action that brings technology; nothing for others."""
    if action.dimension != TECHNOLOGY:
        return {}
    return {"gates": _told(plan, before(plan, of_action(plan, action), getdate()))}


def of_tool_document(doc: Document) -> dict[str, Any]:
    """Those of a tool, and how it does by its criteria."""
    if doc.is_new() or not frappe.has_permission(PLAN, "read", doc.plan):
        return {}
    plan = plan_reader.load(doc.plan)
    tool = plan.get("tools", doc.id)
    return {
        "gates": _told(plan, before(plan, of_tool(plan, tool), getdate())),
        "early": [_early(plan, one) for one in too_early(plan, getdate()) if one.record == tool],
        "result": result(tool),
        "failed": [row.criterion for row in failed(tool)],
    }


def _told(plan: Plan, found: Iterable[Gate]) -> list[dict[str, Any]]:
    return [
        {
            "name": _(gate.name),
            "state": gate.state.value,
            "day": str(gate.day or ""),
            "how": told(gate.reached.how) if gate.reached else "",
            "missing": [_lack(plan, one) for one in (*gate.lacks, *gate.unknown)[:MISSING]],
            "more": max(0, len(gate.lacks) + len(gate.unknown) - MISSING),
        }
        for gate in found
    ]


def _lack(plan: Plan, one: Lack) -> dict[str, Any]:
    return {
        "text": told(one.text),
        "opens": opens(plan, place_of_finding(plan, "", one.record, one.field), {}),
    }


def _early(plan: Plan, one: Early) -> dict[str, Any]:
    ref = Ref.to(one.record)
    late = listed(Text(gate.name) for gate in one.gates)
    return {
        "title": str(ref),
        "text": told(say(EARLY[one.field], one.day, late)),
        "opens": opens(plan, Place(ref.collection, ref.id, one.field), {}),
    }
