"""What the form of an improvement shows beside its fields: its priority, when it can start, and how far it has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.desk import gate_facts
from sm_planner.adapters.documents import approvals
from sm_planner.adapters.site.doctypes import part_name
from sm_planner.adapters.site.presentation import told
from sm_planner.engine.approval import decided
from sm_planner.engine.approval.improvements import OUTCOMES
from sm_planner.engine.assessment.gaps import gap_behind
from sm_planner.engine.assessment.history import track
from sm_planner.engine.improvements.order import in_circle, waits_for
from sm_planner.engine.improvements.priority import priority
from sm_planner.engine.improvements.results import reached, reports, spent
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.roadmap.schedule import roadmap
from sm_planner.reports.roadmap import why


def facts(doc: Document) -> dict[str, Any]:
    """``decision``: what it takes to decide about it. ``progress``: priority in percent, earliest and levelled dates (from, to)
    and what sets these, what it waits for, person-days spent, share of the benefit, decisions and reports. ``gap``: what it closes.
    ``gates``: how those stand before which technology does not begin.

    Empty for a new one, and for who may not read the plan.
    """
    plan = None if doc.is_new() else approvals.readable_plan(doc)
    if plan is None:
        return {}
    one = plan.get("improvements", doc.id)
    return {
        "decision": approvals.facts_of_improvement(plan, one),
        "gap": _gap(plan, one),
        "gates": gate_facts.of_improvement(plan, one),
        "progress": _progress(plan, one, getdate()),
    }


def _gap(plan: Plan, one: Improvement) -> dict[str, Any]:
    """The gap that it closes: what each submitted assessment said of it, the oldest first. Empty where it closes none."""
    behind = gap_behind(plan, one)
    if behind is None:
        return {}
    found = track(plan, *behind)
    return {
        "title": found[-1][1].title or behind[1],
        "assessment": part_name(plan.lineage, found[-1][0].id),
        "track": [
            {"as_of": assessment.as_of, "score": row.score, "target": row.target} for assessment, row in found
        ],
    }


def _progress(plan: Plan, one: Improvement, today: date) -> dict[str, Any]:
    step = roadmap(plan, today).step(one.id)
    return {
        "priority": priority(one, plan.settings),
        "earliest": (step.earliest_start, step.earliest_end) if step else (None, None),
        "levelled": (step.start, step.end) if step else (None, None),
        "sets_date": told(why(plan, step)) if step else "",
        "in_circle": in_circle(plan, one),
        "waits_for": [other.title or other.id for other in waits_for(plan, one)],
        "spent": spent(plan, one, today),
        "reached": reached(one),
        "decisions": [
            {
                "state": OUTCOMES[decision.act],
                "person": plan.title_of("people", decision.person),
                "day": decision.day,
                "reason": decision.reason,
            }
            for decision in reversed(decided(plan, one))
        ],
        "reports": [
            {"day": report.day, "note": report.note, "effort_days": report.effort_days}
            for report in reversed(reports(plan, one, today))
        ],
    }
