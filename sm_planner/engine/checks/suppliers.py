"""SUP: suppliers and partners. That a plan names no supplier at all is told by SUP-01 alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import agreed
from sm_planner.engine.agreements.term import ENDED, ends_on
from sm_planner.engine.checks.conditions import missing, named, nothing_in, overdue, wanted
from sm_planner.engine.checks.depths import COMPLETE, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.checks.raci.cells import cells_by_role
from sm_planner.engine.model import Agreement, Improvement, Plan, Role, Supplier
from sm_planner.engine.raci.effective import supplier_of


@rule(
    "SUP-01",
    Severity.ERROR,
    GROWN,
    title=N_("Each supplier has a manager, a contact and a scope"),
    why=N_("A partner whom nobody manages goes its own way."),
    fix=N_("Fill in status, supplier manager, contact and scope."),
    source="Prakash 2016; FitSM PR1.4, PR8.2",
)
def managed(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "suppliers")
    for supplier in plan.suppliers:
        yield from missing(supplier, "status", "manager", "contact", "scope")


@rule(
    "SUP-02",
    Severity.ERROR,
    GROWN,
    title=N_("Leaving a supplier is planned to the end"),
    why=N_(
        "Work and contracts that last longer than the partnership have to be paid for, or are left undone."
    ),
    fix=N_(
        "Set the exit date, plan an improvement for the exit that names the supplier, and end its "
        "agreements and RACI letters by then."
    ),
    source="Prakash 2016",
)
def parted(plan: Plan, today: date) -> Iterator[Fault]:
    actions, contracts, at_work = _actions(plan), _contracts(plan), _roles_at_work(plan)
    for supplier in plan.suppliers:
        if supplier.status != "Drop":
            continue
        yield from missing(supplier, "exit_date")
        if supplier.id not in actions:
            yield fault(supplier, N_("“{0}” is leaving, but no improvement plans the exit."), named(supplier))
        if supplier.exit_date:
            for agreement in contracts.get(supplier.id, ()):
                yield from _outlives(supplier, agreement)
            for role in at_work.get(supplier.id, ()):
                yield from _works_on(supplier, role, today)


def _outlives(supplier: Supplier, agreement: Agreement) -> Iterator[Fault]:
    end = ends_on(agreement)
    if end is None or end > supplier.exit_date:
        yield fault(
            supplier,
            N_("“{0}” leaves on {1}, but the agreement “{2}” runs longer."),
            named(supplier),
            supplier.exit_date,
            named(agreement),
            field="exit_date",
        )


def _works_on(supplier: Supplier, role: Role, today: date) -> Iterator[Fault]:
    """A role works on if the supplier is gone already, or if somebody holds it beyond the exit."""
    last = supplier.exit_date
    if last < today or any(holder.to_date is None or holder.to_date > last for holder in role.holders):
        yield fault(
            supplier,
            N_("“{0}” leaves on {1}, but the role “{2}” is responsible beyond that day."),
            named(supplier),
            last,
            named(role),
            field="exit_date",
        )


@rule(
    "SUP-03",
    Severity.ERROR,
    GROWN,
    title=N_("A new supplier is on board before its work begins"),
    why=N_("A partner who starts without access, contacts and instructions starts with a failure."),
    fix=N_(
        "Plan an improvement for the on-boarding that names the supplier and is due before its first day of work."
    ),
    source="Prakash 2016",
)
def on_board_in_time(plan: Plan, today: date) -> Iterator[Fault]:
    actions, at_work = _actions(plan), _roles_at_work(plan)
    for supplier in plan.suppliers:
        if supplier.status != "On-board":
            continue
        if supplier.id not in actions:
            yield fault(
                supplier, N_("“{0}” is new, but no improvement plans the on-boarding."), named(supplier)
            )
            continue
        begins = _first_day(supplier, at_work.get(supplier.id, ()))
        for action in actions[supplier.id]:
            if begins is None or action.due is None:
                yield unknown(
                    supplier,
                    N_("“{0}”: it is not known when its work begins, or when “{1}” is due."),
                    named(supplier),
                    named(action),
                    field="start_date",
                )
            elif action.due >= begins:
                yield fault(
                    supplier,
                    N_("“{0}” starts work on {1}, but “{2}” is due only on {3}."),
                    named(supplier),
                    begins,
                    named(action),
                    action.due,
                    field="start_date",
                )


def _first_day(supplier: Supplier, roles: list[Role] | tuple[()]) -> date | None:
    """When the first of its roles with an R is held, or else when it is said to deliver."""
    days = [holder.from_date for role in roles for holder in role.holders if holder.from_date]
    return min(days, default=supplier.start_date)


@rule(
    "SUP-04",
    Severity.ERROR,
    GROWN,
    title=N_("Each supplier has a channel for normal times and one for emergencies"),
    why=N_("When a partner fails to deliver, it is too late to look for somebody there who can decide."),
    fix=N_("Fill in communication channel and escalation."),
    source="FitSM PR8.3",
)
def reachable(plan: Plan, today: date) -> Iterator[Fault]:
    for supplier in plan.suppliers:
        yield from missing(supplier, "channel", "escalation")


@rule(
    "SUP-05",
    Severity.WARNING,
    COMPLETE,
    title=N_("No evaluation of a supplier is overdue"),
    why=N_("You know what a partner really delivers only if you look."),
    fix=N_("Evaluate the supplier and enter the day, or change the months between evaluations."),
    source="FitSM PR8.4; ISO 8.3.4.1",
)
def evaluated(plan: Plan, today: date) -> Iterator[Fault]:
    for supplier in plan.suppliers:
        yield from overdue(
            supplier,
            N_("“{0}”: its evaluation was due on {1}."),
            every="evaluation_months",
            last="last_evaluation",
            since="start_date",
            today=today,
        )


@rule(
    "SUP-06",
    Severity.ERROR,
    COMPLETE,
    title=N_("For each contract with a supplier, it is decided how to deal with the remaining risk"),
    why=N_("What a contract does not cover is the organisation's own risk, whether it knows it or not."),
    fix=N_("See what the chain says about the contract, and enter the decision under Remaining Risk."),
    source="ISO 8.3.4.1",
)
def risk_decided(plan: Plan, today: date) -> Iterator[Fault]:
    """The result of the chain is as fresh as this check: both are computed from the same plan."""
    contracts = _contracts(plan)
    for supplier in plan.suppliers:
        if supplier.id in contracts:
            yield from missing(supplier, "risk_decision")


@rule(
    "SUP-07",
    Severity.ERROR,
    COMPLETE,
    title=N_("The plan says how the organisation works with other parties"),
    why=N_("Without an approach, every contract is negotiated from scratch by whoever happens to sign it."),
    fix=N_("Describe who may engage a party, and how it is chosen, managed and integrated."),
    source="ISO 6.3 f",
)
def approach_described(plan: Plan, today: date) -> Iterator[Fault]:
    yield from missing(plan, "party_approach")


def _actions(plan: Plan) -> dict[str, list[Improvement]]:
    """Supplier → the improvements that bring it on board or part with it."""
    found: dict[str, list[Improvement]] = {}
    for action in wanted(plan):
        if action.supplier:
            found.setdefault(action.supplier, []).append(action)
    return found


def _contracts(plan: Plan) -> dict[str, list[Agreement]]:
    """Supplier → its contracts that have not ended."""
    found: dict[str, list[Agreement]] = {}
    for agreement in agreed(plan):
        if agreement.supplier and agreement.status != ENDED:
            found.setdefault(agreement.supplier, []).append(agreement)
    return found


def _roles_at_work(plan: Plan) -> dict[str, list[Role]]:
    """Supplier → the roles that it fills and that hold an R in some cell."""
    responsible = cells_by_role(plan, lambda letter: "R" in letter)
    found: dict[str, list[Role]] = {}
    for role in plan.roles:
        if responsible[role.id]:
            found.setdefault(supplier_of(role, plan), []).append(role)
    return found


RULES = (
    managed,
    parted,
    on_board_in_time,
    reachable,
    evaluated,
    risk_decided,
    approach_described,
)
