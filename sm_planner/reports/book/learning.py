"""Risks, lessons, notes and sanity checks as the book tells them."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.learning.risks import by_weight, weight_of
from sm_planner.engine.learning.transitions import held, subject
from sm_planner.reports import lessons as lesson_report, risks as risk_report
from sm_planner.reports.book.material import Material
from sm_planner.reports.table import Table


def risks(material: Material) -> dict[str, Any]:
    """The matrix, and the risks, the heaviest first."""
    plan, today = material.plan, material.today
    found = by_weight(plan.risks)
    open_ones = [one for one in found if one.is_open]
    return {
        "matrix": Table(risk_report.matrix_columns(), risk_report.matrix_rows(plan, open_ones)),
        "risks": [
            {
                "record": one,
                "weight": weight_of(one),
                "stands_out": risk_report.stands_out(one, today),
                "actions": [action for id in one.actions if (action := plan.get("improvements", id))],
            }
            for one in found
        ],
    }


def learning(material: Material) -> dict[str, Any]:
    """The sanity checks that were held, the last one first; lessons and notes."""
    plan = material.plan
    return {
        "checks": [
            {
                "record": one,
                "about": subject(plan, one),
                "answers": [(row, plan.get("lessons", row.became)) for row in one.answers],
            }
            for one in held(plan)
        ],
        "lessons": [
            {
                "record": one,
                "follows": lesson_report.follows(plan, one),
                "action": plan.get("improvements", one.action),
            }
            for one in plan.lessons
        ],
        "notes": [
            {
                "record": one,
                "figure": lesson_report.figure(one),
                "improvement": plan.get("improvements", one.improvement),
                "objective": plan.get("objectives", one.objective),
            }
            for one in plan.benchmark_notes
        ],
    }
