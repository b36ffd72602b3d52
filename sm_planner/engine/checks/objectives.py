"""OBJ: objectives that are specific, measurable, achievable, relevant and time-bound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import empty, missing, named, nothing_in
from sm_planner.engine.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Objective, Plan
from sm_planner.engine.values import show


@rule(
    "OBJ-01",
    Severity.BLOCKER,
    title=N_("The plan has an objective"),
    why=N_("Without an objective nobody can tell whether the plan worked."),
    fix=N_("Write down what the plan is to reach, with a KPI, a target and a date."),
    source="Pollock 2019; Ten steps",
)
def objective_exists(plan: Plan, today: date) -> Iterator[Fault]:
    if not plan.objectives:
        yield fault(plan, N_("The plan has no objective."), field="objectives")


@rule(
    "OBJ-03",
    Severity.BLOCKER,
    title=N_("Each objective is measurable"),
    why=N_("Progress shows only between a known start and a known target, on one scale."),
    fix=N_("Fill in KPI, unit, direction, baseline and target."),
    source="Pollock 2019; Ten steps; ISO 6.2.1",
)
def measurable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "kpi", "unit", "direction", "baseline", "target")


@rule(
    "OBJ-06",
    Severity.BLOCKER,
    title=N_("Each objective is due within the period of the plan"),
    why=N_("A target without a date, or with one that the plan does not reach, is a wish."),
    fix=N_("Set a due date between the start and the end of the plan's period."),
    source="Ten steps",
)
def time_bound(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "due")
        if objective.due:
            yield from _due_in_period(plan, objective)


def _due_in_period(plan: Plan, objective: Objective) -> Iterator[Fault]:
    if not (plan.period_start and plan.period_end):
        yield unknown(
            objective,
            N_("“{0}”: the plan has no period to hold its due date against."),
            named(objective),
            field="due",
        )
    elif not plan.period_start <= objective.due <= plan.period_end:
        yield fault(
            objective,
            N_("“{0}” is due on {1}, outside the period from {2} to {3}."),
            named(objective),
            objective.due,
            plan.period_start,
            plan.period_end,
            field="due",
        )


@rule(
    "OBJ-08",
    Severity.ERROR,
    title=N_("Each objective has an action with an owner and a date"),
    why=N_("An objective that nobody works towards is for show."),
    fix=N_("Link an improvement action to the objective, and give it an owner and a due date."),
    source="Pollock 2019; ISO 6.2.2",
)
def acted_on(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    acted_on = {
        action.objective
        for action in plan.improvements
        if action.improvement_owner and action.due is not None
    }
    for objective in plan.objectives:
        if objective.id not in acted_on:
            yield fault(objective, N_("“{0}” has no action with an owner and a date."), named(objective))


@rule(
    "OBJ-10",
    Severity.ERROR,
    title=N_("Each target lies where its direction points"),
    why=N_("A target that is reached already, or by getting worse, steers the wrong way."),
    fix=N_("Correct the baseline, the target or the direction."),
    source="Ten steps",
)
def directed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from _towards_target(objective)


def _towards_target(objective: Objective) -> Iterator[Fault]:
    baseline, target = objective.baseline, objective.target
    if any(map(empty, (baseline, target, objective.direction))):
        yield unknown(
            objective,
            N_("“{0}” needs baseline, target and direction to be compared."),
            named(objective),
            field="direction",
        )
    elif target == baseline:
        yield fault(
            objective,
            N_("“{0}” has the target {1}, which is its baseline."),
            named(objective),
            show(target),
            field="target",
        )
    elif (target > baseline) != (objective.direction == "Increase"):
        yield fault(
            objective,
            N_("“{0}” goes from {1} to {2}, against its direction {3}."),
            named(objective),
            show(baseline),
            show(target),
            objective.direction,
            field="direction",
        )


RULES = (objective_exists, measurable, time_bound, acted_on, directed)
