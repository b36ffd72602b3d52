"""AGR: what came of the targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import results
from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.checks.conditions import first_names, named, nothing_in, wanted
from sm_planner.engine.checks.depths import GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.values import show
from sm_planner.engine.rhythm.months import months_after

PERIODS = 3
"""The measurements of a target that are looked at: the latest."""


@rule(
    "AGR-13",
    Severity.WARNING,
    GROWN,
    title=N_("Targets were not breached in the last three periods, or an improvement is under way"),
    why=N_("A target that is missed again and again without any action is no longer a promise."),
    fix=N_("Add an improvement that names the agreement, or agree on a target that can be met."),
    source="Ten steps",
)
def reached(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    improved = {action.agreement for action in wanted(plan) if action.is_open}
    day, silent = day_of_plan(plan, today), []
    for agreement in promising(plan):
        if not (agreement.targets and in_force(agreement, day)):
            continue
        if not plan.measured(agreement):
            if agreement.start_date is None or months_after(agreement.start_date, 1) < today:
                silent.append(agreement)  # its first month is over
        elif agreement.id not in improved:
            yield from _missed(plan, agreement, today)
    if silent:
        yield unknown(
            plan,
            N_("Agreements in force without a measurement: {0}."),
            first_names(silent),
            field="agreements",
            count=len(silent),
            fix=N_("Enter a measurement of each target for each past period."),
        )


def _missed(plan: Plan, agreement: Agreement, today: date) -> Iterator[Fault]:
    """Targets that were breached in the last periods: as often missed as the target says, which is once if it is silent."""
    for result in results(plan, agreement, today):
        last = [row for _, row in result.periods if row][-PERIODS:]
        missed = [row for row in result.breaches if row in last]
        if missed:
            yield fault(
                agreement,
                N_("“{0}”: {1} of {2} was missed in {3} of the last periods; it was {4} on {5}."),
                named(agreement),
                name(result.target),
                figure(result.target),
                len(missed),
                show(missed[-1].value),
                missed[-1].day,
                field="measurements",
                count=len(missed),
            )


RULES = (reached,)
