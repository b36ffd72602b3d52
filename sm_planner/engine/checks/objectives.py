"""OBJ: objectives that are specific, measurable, achievable, relevant and time-bound, each by itself.

How they hang together with each other and with the rest of the plan: ``objective_links``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks import objective_links
from sm_planner.engine.checks.conditions import (
    empty,
    faults,
    lacking,
    missing,
    named,
    not_set,
    nothing_in,
    wanted,
)
from sm_planner.engine.checks.depths import COMPLETE, FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.gates.mandate import no_objective, unmeasurable
from sm_planner.engine.model import Objective, Plan
from sm_planner.engine.model.values import show
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import Text

FEWEST_WORDS = 5
"""Words that it takes to say who does what to what."""


@rule(
    "OBJ-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("The plan has an objective"),
    why=N_("Without an objective, nobody can tell whether the plan worked."),
    fix=N_("Write down what the plan is meant to achieve, with a KPI, a target and a date."),
    source="Pollock 2019; Ten steps",
)
def objective_exists(plan: Plan, today: date) -> Iterator[Fault]:
    yield from faults(no_objective(plan))


@rule(
    "OBJ-02",
    Severity.ERROR,
    GROWN,
    title=N_("Each objective is specific"),
    why=N_("Anybody can claim “better service”, and anybody can deny it."),
    fix=N_(
        "Say in one sentence what is to be achieved, choose a category, and link the services, "
        "processes or stakeholders that it is about."
    ),
    source="Ten steps",
)
def specific(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "statement", "category")
        words = len(objective.statement.split())
        if 0 < words < FEWEST_WORDS:
            yield fault(
                objective,
                N_("“{0}”: its statement has {1} words; it needs at least {2}."),
                named(objective),
                words,
                FEWEST_WORDS,
                field="statement",
            )
        if not (objective.services or objective.processes or objective.stakeholders):
            yield fault(
                objective,
                N_("“{0}” names no service, process or stakeholder."),
                named(objective),
                field="services",
            )


@rule(
    "OBJ-03",
    Severity.BLOCKER,
    FIRST,
    title=N_("Each objective is measurable"),
    why=N_("Progress shows only between a known start and a known target on the same scale."),
    fix=N_("Fill in KPI, unit, direction, baseline and target."),
    source="Pollock 2019; Ten steps; ISO 6.2.1",
)
def measurable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    yield from faults(unmeasurable(plan))


@rule(
    "OBJ-04",
    Severity.ERROR,
    GROWN,
    title=N_("Each objective can be achieved"),
    why=N_("A target that nobody has ever reached, or has time to work for, discourages."),
    fix=N_(
        "Plan an action, confirm the resources, and set a target within what others reach (the "
        "benchmark) or what was measured here before."
    ),
    source="Pollock 2019; Ten steps",
)
def achievable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    acted_on = {action.objective for action in wanted(plan)}
    for objective in plan.objectives:
        if objective.id not in acted_on:
            yield fault(objective, N_("“{0}” has no action."), named(objective))
        if not objective.resources_confirmed:
            yield fault(
                objective,
                N_("“{0}”: its resources are not confirmed."),
                named(objective),
                field="resources_confirmed",
            )
        yield from _within_reach(plan, objective)


def _within_reach(plan: Plan, objective: Objective) -> Iterator[Fault]:
    """Whether others reach the target, or it was reached here before. Less than the best is in reach as well."""
    rising = objective.direction == "Increase"
    best = objective.benchmark_high if rising else objective.benchmark_low
    reached = [row.value for row in plan.measured(objective)]
    known = [value for value in (best, *reached) if value is not None]
    if objective.target is None or not objective.direction:
        yield from lacking(objective, "target", "direction")
        return
    if not known:
        yield unknown(
            objective,
            N_(
                "“{0}” has no benchmark or measurement, so it is not known whether its target can be reached."
            ),
            named(objective),
            field="benchmark_high" if rising else "benchmark_low",
            fix=N_("Enter as the benchmark what others reach, or what was measured here."),
        )
        return
    reach = max(known) if rising else min(known)
    if (objective.target > reach) if rising else (objective.target < reach):
        yield fault(
            objective,
            N_("“{0}” has the target {1}; the best that others or your organisation have reached is {2}."),
            named(objective),
            show(objective.target),
            show(reach),
            field="target",
        )


@rule(
    "OBJ-05",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each objective is relevant to the business"),
    why=N_("As soon as money is short, work that serves no goal of the organisation is cut first."),
    fix=N_("Name the business goal that the objective serves, as the strategy map words it."),
    source="Ten steps; HDI",
)
def relevant(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "business_goal")


@rule(
    "OBJ-06",
    Severity.BLOCKER,
    FIRST,
    title=N_("Each objective is due within the period of the plan or by its horizon"),
    why=N_("A target without a date, or with one that the plan does not cover, is only a wish."),
    fix=N_(
        "Set a due date between the start of the plan period and its end, or its horizon if that is later."
    ),
    source="Ten steps",
)
def time_bound(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "due")
        if objective.due:
            yield from _due_in_time(plan, objective)


def _due_in_time(plan: Plan, objective: Objective) -> Iterator[Fault]:
    if not (plan.period_start and plan.period_end):
        yield from lacking(plan, "period_start", "period_end")
        return
    last = max(plan.period_end, plan.horizon or plan.period_end)
    if not plan.period_start <= objective.due <= last:
        yield fault(
            objective,
            N_("“{0}” is due on {1}, not between {2} and {3}."),
            named(objective),
            objective.due,
            plan.period_start,
            last,
            field="due",
        )


@rule(
    "OBJ-09",
    Severity.WARNING,
    GROWN,
    title=N_("Each baseline is recent"),
    why=N_("Progress counted from an old figure may have happened before the plan."),
    fix=N_("Measure again, and enter the baseline and its day."),
    source="Pollock 2019",
)
def fresh_baseline(plan: Plan, today: date) -> Iterator[Fault]:
    """A baseline has to be fresh on the day on which the plan begins, not for as long as it runs."""
    yield from nothing_in(plan, "objectives")
    oldest = plan.settings.baseline_months
    if oldest is None:
        yield not_set(plan, N_("The settings do not say how old a baseline may be."))
        return
    day = plan.period_start or today
    for objective in plan.objectives:
        yield from missing(objective, "baseline_date")
        taken = objective.baseline_date
        if taken and months_after(taken, oldest) < day:
            yield fault(
                objective,
                N_("“{0}”: its baseline is dated {1}, more than {2} months before {3}."),
                named(objective),
                taken,
                oldest,
                day,
                field="baseline_date",
            )
        elif taken and taken > today:
            yield fault(
                objective,
                N_("“{0}”: its baseline is dated {1}, which is in the future."),
                named(objective),
                taken,
                field="baseline_date",
            )


@rule(
    "OBJ-10",
    Severity.ERROR,
    FIRST,
    title=N_("Each target lies in its direction"),
    why=N_("A target that is already reached, or that is reached by getting worse, steers the wrong way."),
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
        yield from lacking(objective, "baseline", "target", "direction")
    elif target == baseline:
        yield fault(
            objective,
            N_("“{0}” has the target {1}, which is the same as its baseline."),
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
            Text(objective.direction),
            field="direction",
        )


RULES = tuple(
    sorted(
        (
            objective_exists,
            specific,
            measurable,
            achievable,
            relevant,
            time_bound,
            fresh_baseline,
            directed,
            *objective_links.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
