"""BUD: what the plan costs, who pays, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sm_planner.engine.agreements.measurements import Period, periods_due
from sm_planner.engine.checks.conditions import lacking, missing, named, nothing_in, wanted
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, idle, rule
from sm_planner.engine.effort import staffing
from sm_planner.engine.model import Improvement, Plan
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.vocabulary import BUDGET_CATEGORIES, BUDGET_KINDS, GRANTED, REJECTED
from sm_planner.engine.money import committed, course, exact, lacking as unsaid, request, total
from sm_planner.engine.money.course import shown
from sm_planner.engine.rhythm.occurrences import PLAN_REVIEW, held
from sm_planner.engine.texts import Text

OBLIGATION = BUDGET_CATEGORIES[-1]

IMPROVED_BY = BUDGET_CATEGORIES[:-1]
"""What each budget has proposals for: obligations are paid in any case."""

LOOK_AT_MONEY = (PLAN_REVIEW, "Planning Slot")
"""Kinds of reviews that have resources among their topics."""


@rule(
    "BUD-01",
    Severity.ERROR,
    GROWN,
    title=N_("Time and cost are known of each improvement, and of each budget line what it costs in all"),
    why=N_("A plan that leaves out a part of its cost is stopped when that part comes due."),
    fix=N_(
        "Say when it begins and what it costs: enter a budget line for it, or a cost of 0 where it needs no money."
    ),
    source="Pollock 2017; ISO 6.3 e",
)
def parameters(plan: Plan, today: date) -> Iterator[Fault]:
    open_ones = [one for one in wanted(plan) if one.is_open]
    if not (open_ones or plan.budget_lines):
        yield from nothing_in(plan, "budget_lines")
    if plan.budget_lines:
        yield from missing(plan, "currency")
    for line in plan.budget_lines:
        yield from missing(line, *unsaid(plan, line))
    paid = {line.improvement for line in plan.budget_lines}
    for improvement in open_ones:
        yield from missing(improvement, "start_date")
        if improvement.id not in paid:
            yield from _unpaid(improvement)


def _unpaid(improvement: Improvement) -> Iterator[Fault]:
    """That nobody knows what an improvement costs, or that its cost stands in no budget line."""
    yield from missing(improvement, "cost")
    if improvement.cost:
        yield fault(
            improvement,
            N_("“{0}” costs {1}, which stands in no budget line."),
            named(improvement),
            shown(exact(improvement.cost)),
            field="cost",
        )


@rule(
    "BUD-02",
    Severity.ERROR,
    GROWN,
    title=N_("The budget has what it takes to begin, and what it takes to keep running"),
    why=N_("Money to begin is found easily; what runs without money stops in its second year."),
    fix=N_("Enter a budget line for what is paid once, and one for what is paid again and again."),
    source="Mainville 2018",
)
def both_kinds(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "budget_lines")
    for kind in BUDGET_KINDS if plan.budget_lines else ():
        if not any(line.kind == kind for line in plan.budget_lines):
            yield fault(plan, N_("No budget line is of this kind: {0}."), Text(kind), field="budget_lines")


@rule(
    "BUD-03",
    Severity.ERROR,
    GROWN,
    title=N_("It is known when value comes, and when the plan has paid for itself, within its horizon"),
    why=N_("Who gives money without knowing when it comes back stops giving it when patience ends."),
    fix=N_(
        "Say of values and improvements what they bring a year and from when on. Where that does not pay the cost, spend less."
    ),
    source="Mainville 2018",
)
def pays_back(plan: Plan, today: date) -> Iterator[Fault]:
    """What has to be paid in any case need not pay back."""
    if all(line.category == OBLIGATION for line in plan.budget_lines):
        yield from nothing_in(plan, "budget_lines")
        return
    found = course(plan, today)
    if found.no_value_date:
        yield _told(plan, found.no_value_date)
    if found.unknown_lines:
        yield from _unsaid(plan, plan.budget_lines)
    elif found.no_payback:
        yield _told(plan, found.no_payback)


def _unsaid(plan: Plan, lines: Iterable[BudgetLine]) -> Iterator[Fault]:
    """The check cannot be decided while lines do not say what they cost, which BUD-01 tells."""
    for line in lines:
        yield from lacking(line, *unsaid(plan, line))


def _told(plan: Plan, why: Text) -> Fault:
    return fault(plan, why.template, *why.args, field="value_statements")


@rule(
    "BUD-04",
    Severity.WARNING,
    COMPLETE,
    title=N_("Each budget line says which improvement, objective or service it is for"),
    why=N_(
        "Money that is for nothing in particular is the first to be cut, and nobody knows what goes with it."
    ),
    fix=N_("Name the improvement, the objective or the service. Take out what is no longer wanted."),
    source="ISO 8.4.1",
)
def linked(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "budget_lines")
    for line in plan.budget_lines:
        if not (line.improvement or line.objective or line.service):
            yield fault(
                line,
                N_("“{0}” is for no improvement, objective or service."),
                named(line),
                field="improvement",
            )
        improvement, service = (
            plan.get("improvements", line.improvement),
            plan.get("services", line.service),
        )
        if improvement and improvement.status == REJECTED:
            yield fault(
                line,
                N_("“{0}” pays for “{1}”, which was rejected."),
                named(line),
                named(improvement),
                field="improvement",
            )
        if service and service.status == "Retired":
            yield fault(
                line,
                N_("“{0}” pays for “{1}”, which is retired."),
                named(line),
                named(service),
                field="service",
            )


@rule(
    "BUD-05",
    Severity.ERROR,
    GROWN,
    title=N_("What is approved of the budget is granted"),
    why=N_("Approved work without money is a promise that somebody else has to pay for."),
    fix=N_("Enter the money that was granted, or make the lines beyond it proposals again."),
    source="Pollock 2017; HDI",
)
def granted(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "budget_lines")
    approved = [line for line in plan.budget_lines if line.status == GRANTED]
    yield from _unsaid(plan, approved)
    need = total(flow for flow in committed(plan) if flow.line.status == GRANTED)
    money = request.granted(plan)
    if need > (money or 0):
        yield fault(
            plan,
            N_("The approved lines come to {0}, and {1} was granted.")
            if money is not None
            else N_("The approved lines come to {0}, and nobody is named who granted money."),
            *map(shown, (need, money) if money is not None else (need,)),
            field="funding",
        )


@rule(
    "BUD-06",
    Severity.WARNING,
    COMPLETE,
    title=N_(
        "The budget has proposals for customer experience, for lower cost, and for more work at the same cost"
    ),
    why=N_("Who only asks for what breaks next is given less each year."),
    fix=N_("Say what each line is for, and enter a proposal for each purpose that has none."),
    source="HDI",
)
def proposals(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "budget_lines")
    for line in plan.budget_lines:
        yield from missing(line, "category")
    there = {line.category for line in plan.budget_lines}
    for category in IMPROVED_BY if plan.budget_lines else ():
        if category not in there:
            yield fault(
                plan, N_("No budget line is of this category: {0}."), Text(category), field="budget_lines"
            )


@rule(
    "BUD-07",
    Severity.WARNING,
    COMPLETE,
    title=N_("Budget and actual are compared each quarter"),
    why=N_("An overspent budget that is noticed in December cannot be mended any more."),
    fix=N_("Enter what was spent of each line, and look at it in a plan review or a planning slot."),
    source="ISO 8.4.1",
)
def compared(plan: Plan, today: date) -> Iterator[Fault]:
    """Of the last quarter of which figures can be there."""
    yield from nothing_in(plan, "budget_lines")
    quarter = periods_due("Quarterly", today, 1)[0]
    due = {flow.line.id for flow in committed(plan) if flow.line.status == GRANTED and flow.day in quarter}
    for line in plan.budget_lines:
        if line.id in due and not _told_of(plan, line, quarter):
            yield fault(
                line,
                N_("“{0}”: nobody said what was spent in the quarter to {1}."),
                named(line),
                quarter.last,
                field="actuals",
            )
    reviews = [review for kind in LOOK_AT_MONEY for review in held(plan, kind)]
    if due and not any(quarter.first <= review.held_on <= today for review in reviews):
        yield fault(
            plan,
            N_("No review was held since {0} that could have looked at the budget."),
            quarter.first,
            field="reviews",
        )


def _told_of(plan: Plan, line: BudgetLine, quarter: Period) -> bool:
    return any(one.day >= quarter.first for one in plan.facts("actuals", "budget_lines", line.id))


@rule(
    "BUD-08",
    Severity.ERROR,
    GROWN,
    title=N_("All teams together have as many people as their rosters need, or more are being hired"),
    why=N_("Somebody who fills a place in two rosters leaves one of them empty."),
    fix=N_("Plan an improvement that hires or trains people and names the team, or use a smaller roster."),
    source="Prakash 2016; HDI; ISO 6.3 e",
)
def enough_people(plan: Plan, today: date) -> Iterator[Fault]:
    """Beside MOD-06, which looks at each team by itself: places that are filled twice by the same people."""
    staff = staffing(plan)
    if staff.teams == staff.silent:
        yield idle(plan, N_("No team of our own says how many people its roster needs."), field="teams")
        return
    twice = staff.needed - staff.had - staff.missing
    hires = any(one.is_open and one.team for one in wanted(plan))
    if twice > 0 and not hires:
        yield fault(
            plan,
            N_(
                "The rosters need {0} people together, and the teams have {1}: some fill places in several teams, and no improvement adds more."
            ),
            staff.needed,
            staff.had,
            field="teams",
        )


RULES = (parameters, both_kinds, pays_back, linked, granted, proposals, compared, enough_people)
