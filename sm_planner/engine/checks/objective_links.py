"""OBJ: how objectives hang together: with each other, with those who answer for them, and with actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import missing, named, not_set, nothing_in, nothing_wanted, wanted
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import OBJECTIVE_CATEGORIES, Objective, Plan
from sm_planner.engine.raci.effective import effective
from sm_planner.engine.raci.load import Holders
from sm_planner.engine.texts import Text

EXPERIENCE = "Customer Experience"


@rule(
    "OBJ-07",
    Severity.ERROR,
    COMPLETE,
    title=N_("The owner of each objective is accountable where it has to be reached"),
    why=N_("An owner of a target who has no say in the work can only watch."),
    fix=N_(
        "Give the objective to somebody with an enabled account who holds an A for one of its "
        "services and processes, or give that A to the owner."
    ),
    source="Pollock 2019; ISO 6.2.2",
)
def owner_accountable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    if plan.objectives:
        yield from nothing_in(plan, "raci")
    accountable, holders = _accountable(plan), Holders(plan, today)
    for objective in plan.objectives:
        yield from missing(objective, "objective_owner")
        owner = plan.get("people", objective.objective_owner)
        if owner is None:
            continue
        if not owner.enabled:
            yield fault(
                objective,
                N_("“{0}”: its owner “{1}” has no enabled account."),
                named(objective),
                named(owner),
                field="objective_owner",
            )
        if not (objective.services or objective.processes):
            yield unknown(
                objective,
                N_("“{0}” names no service or process for which its owner could be accountable."),
                named(objective),
                field="services",
            )
        elif plan.raci and not any(
            owner.id in holders.of(accountable[place]) for place in _places(objective)
        ):
            yield fault(
                objective,
                N_("“{0}”: its owner “{1}” is not accountable for any of its services and processes."),
                named(objective),
                named(owner),
                field="objective_owner",
            )


Place = tuple[str, str]
"""A process and a service, by ids; either may be empty, which means all."""


def _accountable(plan: Plan) -> dict[Place, set[str]]:
    """Place that an objective is about → the roles that hold an A there."""
    found: dict[Place, set[str]] = {
        place: set() for objective in plan.objectives for place in _places(objective)
    }
    for process, service, _, duties in effective(plan).cells:
        for place in ((process, service), (process, ""), ("", service)):
            if place in found:
                found[place].update(duties.accountable)
    return found


def _places(objective: Objective) -> list[Place]:
    """The places that the objective is about: its processes for its services, or all of either."""
    return [
        (process, service)
        for process in objective.processes or ("",)
        for service in objective.services or ("",)
    ]


@rule(
    "OBJ-08",
    Severity.ERROR,
    GROWN,
    title=N_("Each objective has an action with an owner and a date"),
    why=N_("An objective that nobody works towards is for show."),
    fix=N_("Link an improvement action to the objective, and give it an owner and a due date."),
    source="Pollock 2019; ISO 6.2.2",
)
def acted_on(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    acted_on = {
        action.objective for action in wanted(plan) if action.improvement_owner and action.due is not None
    }
    for objective in plan.objectives:
        if objective.id not in acted_on:
            yield fault(objective, N_("“{0}” has no action with an owner and a date."), named(objective))


@rule(
    "OBJ-11",
    Severity.WARNING,
    COMPLETE,
    title=N_("The plan has no more objectives than people can remember"),
    why=N_("If you aim at everything, you hit nothing."),
    fix=N_("Keep the objectives that matter most, and leave the others to a later version."),
    source="Pollock 2019",
)
def few_enough(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    most = plan.settings.most_objectives
    if most is None:
        yield not_set(plan, N_("The settings do not say how many objectives are too many."))
    elif len(plan.objectives) > most:
        yield fault(
            plan,
            N_("The plan has {0} objectives; more than {1} are hard to keep track of."),
            len(plan.objectives),
            most,
            field="objectives",
        )


@rule(
    "OBJ-12",
    Severity.WARNING,
    GROWN,
    title=N_("Each action serves something that the plan aims at"),
    why=N_("Work that nobody can trace to an aim takes time from work that has one."),
    fix=N_("Link the action to the objective, agreement or supplier that it is for, or remove it."),
    source="Pollock 2019",
)
def traceable(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_wanted(plan)
    for action in wanted(plan):
        if not (action.objective or action.agreement or action.supplier):
            yield fault(
                action,
                N_("“{0}” serves no objective, agreement or supplier."),
                named(action),
                field="objective",
            )


@rule(
    "OBJ-13",
    Severity.INFORMATION,
    COMPLETE,
    title=N_("Each category has an objective, or a reason for having none"),
    why=N_(
        "Quality, satisfaction, cost, efficiency and foresight compete; if you leave one out, do so "
        "knowingly."
    ),
    fix=N_("Add an objective of the category, or decline the category with a reason."),
    source="Ten steps; Mainville 2018",
)
def balanced(plan: Plan, today: date) -> Iterator[Fault]:
    """Customer experience has a rule of its own, OBJ-14."""
    yield from nothing_in(plan, "objectives")
    covered = {objective.category for objective in plan.objectives}
    declined = {row.category for row in plan.declined_categories}
    for category in OBJECTIVE_CATEGORIES:
        if plan.objectives and category != EXPERIENCE and category not in covered | declined:
            yield fault(
                plan,
                N_("No objective is of the category {0}, and the category is not declined."),
                Text(category),
                field="declined_categories",
            )


@rule(
    "OBJ-14",
    Severity.WARNING,
    COMPLETE,
    title=N_("At least one objective is about what customers experience"),
    why=N_("Every figure can be on target while the people who use the service are unhappy."),
    fix=N_("Set an objective of the category Customer Experience."),
    source="HDI",
)
def experienced(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    if plan.objectives and all(objective.category != EXPERIENCE for objective in plan.objectives):
        yield fault(plan, N_("No objective is of the category {0}."), Text(EXPERIENCE), field="objectives")


@rule(
    "OBJ-15",
    Severity.ERROR,
    COMPLETE,
    title=N_("Each objective is measured by its outcome"),
    why=N_("Effort can grow while the result does not come."),
    fix=N_("Choose a KPI that shows the result, and set its kind to Outcome."),
    source="Pollock 2019; Mainville 2018; HDI",
)
def by_outcome(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "kpi_kind")
        if objective.kpi_kind == "Effort":
            yield fault(
                objective,
                N_("“{0}” is measured by effort, “{1}”, not by an outcome."),
                named(objective),
                objective.kpi,
                field="kpi_kind",
            )


RULES = (owner_accountable, acted_on, few_enough, traceable, balanced, experienced, by_outcome)
