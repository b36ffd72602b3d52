"""PLN: what the plan stands in: vision, limits, obligations, strategy, surroundings, plans that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import (
    missing,
    missing_in_rows,
    named,
    no_rows,
    not_set,
)
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import DRIVERS, BusinessGoal, Plan, RelatedPlan
from sm_planner.engine.model.values import folded
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.texts import Text


@rule(
    "PLN-05",
    Severity.ERROR,
    COMPLETE,
    title=N_("The plan says whether it builds, improves or transforms"),
    why=N_("Building from nothing takes other pieces and another pace than changing what already runs."),
    fix=N_("Choose the context: from scratch, improve or transform."),
    source="HDI",
)
def context_chosen(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "context_type")


@rule(
    "PLN-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("The plan has a vision, and says how far it looks"),
    why=N_("People who know where things are going can decide small matters well without asking."),
    fix=N_("Write the vision, and set a horizon that is not before the end of the period."),
    source="HDI",
)
def vision(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "vision", "horizon")
    if plan.horizon and plan.period_end and plan.horizon < plan.period_end:
        yield fault(
            plan,
            N_("The horizon {0} is before the end of the period on {1}."),
            plan.horizon,
            plan.period_end,
            field="horizon",
        )


@rule(
    "PLN-08",
    Severity.ERROR,
    GROWN,
    title=N_("Known limitations are listed"),
    why=N_("A limit that everybody knows but nobody wrote down surprises every new promise."),
    fix=N_("Write down what limits the services and their management; write “none known” if nothing does."),
    source="ISO 6.3 b",
)
def limits_listed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "limitations")


@rule(
    "PLN-09",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each obligation says what it binds and how it is met"),
    why=N_("Without a service that answers for it, a law or contract is kept only by chance."),
    fix=N_(
        "List laws, standards, policies and contracts, each with its kind and how it is met: for a "
        "service in the scope, or for service management as a whole."
    ),
    source="ISO 6.3 c; FitSM GR3.1",
)
def obligations_mapped(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_rows(plan, "obligations")
    yield from missing_in_rows(plan, "obligations", "title", "kind", "how")
    for obligation in plan.obligations:
        service = plan.get("services", obligation.service)
        if service and service.status == "Retired":
            yield fault(
                plan,
                N_("The obligation “{0}” is mapped to “{1}”, which is retired."),
                obligation.title,
                named(service),
                field="obligations",
            )


@rule(
    "PLN-13",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each related plan lies within the period of this plan"),
    why=N_("Plans that are not aligned make promises that do not fit together."),
    fix=N_("Enter the process, start and end of the related plan, within the period of this plan."),
    source="FitSM GR4.2; ISO 6.3",
)
def related_plans_aligned(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing_in_rows(plan, "related_plans", "title", "process", "start_date", "end_date")
    for related in plan.related_plans:
        if related.start_date and related.end_date:
            yield from _within_period(plan, related)


def _within_period(plan: Plan, related: RelatedPlan) -> Iterator[Fault]:
    start, end = related.start_date, related.end_date
    if start >= end:
        yield fault(
            plan,
            N_("The plan “{0}” ends on {2}, which is not after its start on {1}."),
            related.title,
            start,
            end,
            field="related_plans",
        )
    elif not (plan.period_start and plan.period_end):
        yield unknown(
            plan,
            N_("The plan has no period to compare the plan “{0}” with."),
            related.title,
            field="related_plans",
        )
    elif not plan.period_start <= start <= end <= plan.period_end:
        yield fault(
            plan,
            N_("The plan “{0}” runs from {1} to {2}, outside the period from {3} to {4}."),
            related.title,
            start,
            end,
            plan.period_start,
            plan.period_end,
            field="related_plans",
        )


@rule(
    "PLN-14",
    Severity.ERROR,
    GROWN,
    title=N_("Business goals, IT strategy and objectives fit together"),
    why=N_(
        "An objective without a business goal is activity; a business goal without an objective is left to chance."
    ),
    fix=N_(
        "Fill in the strategy map: for each business goal the IT strategy, and an objective that "
        "names the goal in the same words, or the reason for having none."
    ),
    source="Ten steps; Mainville 2018; HDI",
)
def strategy_mapped(plan: Plan, today: date) -> Iterator[Fault]:
    yield from no_rows(plan, "business_goals")
    if not plan.business_goals:
        return
    yield from missing_in_rows(plan, "business_goals", "goal", "it_strategy")
    mapped = {folded(row.goal) for row in plan.business_goals}
    served = {folded(objective.business_goal) for objective in plan.objectives}
    for row in plan.business_goals:
        yield from _unserved(plan, row, served)
    for objective in plan.objectives:
        if objective.business_goal and folded(objective.business_goal) not in mapped:
            yield fault(
                objective,
                N_("“{0}” serves the goal “{1}”, which is not in the strategy map."),
                named(objective),
                objective.business_goal,
                field="business_goal",
            )


def _unserved(plan: Plan, row: BusinessGoal, served: set[str]) -> Iterator[Fault]:
    if folded(row.goal) not in served and not row.no_objective:
        yield fault(
            plan,
            N_("The business goal “{0}” has neither an objective nor a reason for having none."),
            row.goal,
            field="business_goals",
        )


@rule(
    "PLN-15",
    Severity.WARNING,
    COMPLETE,
    title=N_("The plan knows what changes around it"),
    why=N_("Customers, technology, the market and competitors move on while the plan stands still."),
    fix=N_(
        "Write down what changes at each of the four drivers, and look again when the scan is out of date."
    ),
    source="HDI; ISO 4.1",
)
def surroundings_scanned(plan: Plan, today: date) -> Iterator[Fault]:
    oldest = plan.settings.scan_months
    if oldest is None:
        yield not_set(plan, N_("The settings do not say how old a context scan may be."))
        return
    yield from missing_in_rows(plan, "context_scan", "driver", "finding", "scanned")
    latest: dict[str, date] = {}
    for row in plan.context_scan:
        latest[row.driver] = max(latest.get(row.driver, date.min), row.scanned or date.min)
    for driver in DRIVERS:
        day = latest.get(driver)
        if day is None:
            yield fault(plan, N_("The context says nothing about {0}."), Text(driver), field="context_scan")
        elif day > date.min and not day <= today <= months_after(day, oldest):
            yield fault(
                plan,
                N_("What the context says about {0} is dated {1}, not within the last {2} months."),
                Text(driver),
                day,
                oldest,
                field="context_scan",
            )


RULES = (
    context_chosen,
    vision,
    limits_listed,
    obligations_mapped,
    related_plans_aligned,
    strategy_mapped,
    surroundings_scanned,
)
