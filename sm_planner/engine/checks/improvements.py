"""IMP: improvement actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import missing, nothing_in
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import DIMENSIONS, Plan
from sm_planner.engine.texts import Text


@rule(
    "IMP-01",
    Severity.ERROR,
    title=N_("Each improvement says where it comes from, who does it, and what it brings"),
    why=N_("An improvement without an owner, a date and a measured benefit is soon forgotten."),
    fix=N_("Fill in source, owner, due date and effort, and the benefit with its KPI, baseline and target."),
    source="Mainville 2018; ISO 10.2; ITIL CSI register",
)
def described(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "improvements")
    for improvement in plan.improvements:
        yield from missing(
            improvement,
            "source",
            "improvement_owner",
            "due",
            "effort_days",
            "benefit_kpi",
            "benefit_baseline",
            "benefit_target",
        )


@rule(
    "IMP-06",
    Severity.ERROR,
    title=N_("The improvements work on people, process and technology"),
    why=N_("A tool alone makes bad service faster: people and processes have to change as well."),
    fix=N_("Give each improvement its dimension, and plan one for the dimension that is missing."),
    source="Mainville 2018",
)
def balanced(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "improvements")
    for improvement in plan.improvements:
        yield from missing(improvement, "dimension")
    used = {improvement.dimension for improvement in plan.improvements}
    for dimension in DIMENSIONS:
        if used and dimension not in used:
            yield fault(
                plan, N_("No improvement works on the dimension {0}."), Text(dimension), field="improvements"
            )


RULES = (described, balanced)
