"""AGR: what came of the targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.targets import UNITS_OF, figure, looseness, name
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.checks.conditions import first_names, months_after, named, nothing_in
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, AgreementMeasurement, Plan
from sm_planner.engine.model.values import show

PERIODS = 3
"""The measurements of a target that are looked at: the latest."""


@rule(
    "AGR-13",
    Severity.WARNING,
    title=N_("Targets were met in the last three periods, or an improvement is under way"),
    why=N_("A target that is missed again and again without any action is no longer a promise."),
    fix=N_("Add an improvement that names the agreement, or agree on a target that can be met."),
    source="Ten steps",
)
def reached(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    improved = {action.agreement for action in plan.improvements if action.status != "Closed"}
    day, silent = day_of_plan(plan, today), []
    for agreement in plan.agreements:
        if not (agreement.targets and in_force(agreement, day)):
            continue
        if not agreement.measurements:
            if agreement.start_date is None or months_after(agreement.start_date, 1) < today:
                silent.append(agreement)  # its first month is over
        elif agreement.id not in improved:
            yield from _missed(agreement, today)
    if silent:
        yield unknown(
            plan,
            N_("Agreements in force without a measurement: {0}."),
            first_names(silent),
            field="agreements",
            count=len(silent),
            fix=N_("Enter a measurement of each target for each past period."),
        )


def _missed(agreement: Agreement, today: date) -> Iterator[Fault]:
    measured: dict[tuple[str, str], list[AgreementMeasurement]] = {}
    for row in sorted(agreement.measurements, key=lambda row: row.day):
        if row.day <= today:
            measured.setdefault((row.metric, row.priority), []).append(row)
    for target in agreement.targets:
        if looseness(target) is None:
            continue
        missed = [
            row
            for row in measured.get((target.metric, target.priority), ())[-PERIODS:]
            if _worse(row.value, target.value, target.metric)
        ]
        if missed:
            yield fault(
                agreement,
                N_("“{0}”: {1} of {2} was missed in {3} of the last periods; it was {4} on {5}."),
                named(agreement),
                name(target),
                figure(target),
                len(missed),
                show(missed[-1].value),
                missed[-1].day,
                field="measurements",
                count=len(missed),
            )


def _worse(measured: float, promised: float, metric: str) -> bool:
    """Shares are promised at least, times at most."""
    return measured < promised if UNITS_OF[metric] == ("Percent",) else measured > promised


RULES = (reached,)
