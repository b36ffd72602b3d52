"""Objectives and improvement actions as the book tells them, and the goals that they serve."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.agreements.objectives import progress
from sm_planner.engine.model import Improvement, Objective
from sm_planner.reports import objectives as objectives_report
from sm_planner.reports.book import pictures
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.wording import signed
from sm_planner.reports.quantities import SPACE, number, quantity


def context(material: Material) -> dict[str, Any]:
    """Each business goal with the objectives that name it; letter case and spaces do not matter."""
    serving: dict[str, list[Objective]] = {}
    for objective in material.plan.objectives:
        serving.setdefault(_words(objective.business_goal), []).append(objective)
    return {
        "goals": [
            {"record": row, "objectives": serving.get(_words(row.goal), ())}
            for row in material.plan.business_goals
        ]
    }


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def objectives(material: Material) -> dict[str, Any]:
    return {
        "chart": objectives_report.report(material.plan, material.today).chart,
        "objectives": [_objective(material, objective) for objective in material.plan.objectives],
    }


def _objective(material: Material, objective: Objective) -> dict[str, Any]:
    change = pictures.change(objective)
    in_points = objective.unit in pictures.PERCENT
    difference = signed(change.difference) if change else ""
    if change and objective.baseline and not in_points:
        share = signed(round(100 * change.difference / objective.baseline))
        difference += f" ({share}{SPACE}%)"
    benchmark = [
        quantity(objective.benchmark_low, objective.unit),
        quantity(objective.benchmark_high, objective.unit),
    ]
    return {
        "record": objective,
        "state": objectives_report.STATES[progress(objective, material.today).state],
        "change": change,
        "baseline": quantity(objective.baseline, objective.unit),
        "target": quantity(objective.target, objective.unit),
        "difference": difference,
        "in_points": in_points,
        "benchmark": " – ".join(filter(None, benchmark)),
        "actions": [
            improvement for improvement in material.plan.improvements if improvement.objective == objective.id
        ],
    }


def improvements(material: Material) -> list[dict[str, Any]]:
    """The actions, the next due first; those without a date last."""
    plan = material.plan
    ordered = sorted(plan.improvements, key=lambda action: (action.due is None, action.due or material.today))
    return [
        {
            "record": action,
            "overdue": action.due is not None and action.due < material.today and action.status != "Closed",
            "benefit": _benefit(action),
        }
        for action in ordered
    ]


def _benefit(action: Improvement) -> str:
    steps = (action.benefit_baseline, action.benefit_target)
    return " → ".join(number(step) for step in steps if step is not None)
