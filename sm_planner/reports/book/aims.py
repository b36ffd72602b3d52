"""Objectives and improvement actions as the book tells them, and the goals that they serve."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.agreements.objectives import progress
from sm_planner.engine.approval import decided
from sm_planner.engine.improvements.priority import priority
from sm_planner.engine.improvements.results import reached, reports, spent
from sm_planner.engine.model import Improvement, Objective
from sm_planner.engine.model.values import folded
from sm_planner.engine.roadmap import schedule
from sm_planner.engine.roadmap.load import loads
from sm_planner.engine.texts import Text, listed
from sm_planner.reports import (
    improvement_register as register,
    objectives as objectives_report,
    peaks_and_lulls,
    roadmap as roadmap_report,
    roadmap_page,
)
from sm_planner.reports.book import pictures
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.wording import anchor, signed
from sm_planner.reports.quantities import SPACE, number, quantity


def context(material: Material) -> dict[str, Any]:
    """Each business goal with the objectives that name it; letter case and spaces do not matter."""
    serving: dict[str, list[Objective]] = {}
    for objective in material.plan.objectives:
        serving.setdefault(folded(objective.business_goal), []).append(objective)
    return {
        "goals": [
            {"record": row, "objectives": serving.get(folded(row.goal), ())}
            for row in material.plan.business_goals
        ]
    }


def objectives(material: Material) -> dict[str, Any]:
    return {
        "chart": objectives_report.report(material.plan, material.today).chart,
        "objectives": [_objective(material, objective) for objective in material.plan.objectives],
    }


def _objective(material: Material, objective: Objective) -> dict[str, Any]:
    change = pictures.change(objective)
    in_points = objective.unit in pictures.PERCENT
    difference: Text | str = signed(change.difference) if change else ""
    if change and objective.baseline and not in_points:
        share = signed(round(100 * change.difference / objective.baseline))
        difference = listed((difference, " (", share, f"{SPACE}%)"), "")
    benchmark = [
        quantity(objective.benchmark_low, objective.unit),
        quantity(objective.benchmark_high, objective.unit),
    ]
    return {
        "record": objective,
        "state": objectives_report.STATES[
            progress(objective, material.plan.measured(objective), material.today).state
        ],
        "change": change,
        "baseline": quantity(objective.baseline, objective.unit),
        "target": quantity(objective.target, objective.unit),
        "difference": difference,
        "in_points": in_points,
        "benchmark": listed(filter(None, benchmark), " – ") if any(benchmark) else "",
        "actions": [
            improvement for improvement in material.plan.improvements if improvement.objective == objective.id
        ],
    }


def improvements(material: Material) -> list[dict[str, Any]]:
    """The actions, the most urgent first, and what has ended last."""
    return [_improvement(material, action) for action in register.in_order(material.plan)]


def _improvement(material: Material, action: Improvement) -> dict[str, Any]:
    plan, today = material.plan, material.today
    urgency, told = priority(action, plan.settings), reports(plan, action, today)
    return {
        "record": action,
        "priority": "" if urgency is None else quantity(round(urgency), "Percent"),
        "stands_out": register.stands_out(plan, action, today),
        "source": register.source(action),
        "decided": register.what_was_decided(plan, action),
        "reasons": [one.reason for one in decided(plan, action) if one.reason],
        "predecessors": [one for id in action.predecessors if (one := plan.get("improvements", id))],
        "benefit": _benefit(action),
        "spent": spent(plan, action, today),
        "last": told[-1] if told else None,
        "share": reached(action),
    }


def _benefit(action: Improvement) -> Text | str:
    steps = (action.benefit_baseline, action.benefit_target)
    told = [number(step) for step in steps if step is not None]
    return listed(told, " → ") if told else ""


def roadmap(material: Material) -> dict[str, Any]:
    """Phases, quarters and themes, what is late and why, where there is too much at once, and the busy times."""
    plan, today, words = material.plan, material.today, material.wording
    told = schedule.roadmap(plan, today)
    return {
        "message": roadmap_report.message(told),
        "phases": roadmap_page.phases(plan, today),
        "grid": roadmap_page.grid(
            plan,
            today,
            address=lambda one: f"#{anchor('improvements', one.id)}",
            translate=words.translate,
            day=words.day,
        ),
        "late": [(step, roadmap_report.why(plan, step)) for step in roadmap_report.in_order(told.late)],
        "rule": peaks_and_lulls.rule,
        "exception": peaks_and_lulls.exception,
        "whose": lambda entry: peaks_and_lulls.whose(plan, entry),
        "hours": peaks_and_lulls.hours_of_day,
        "overloads": [roadmap_page.overload(load) for load in loads(plan, today) if load.is_overloaded],
    }
