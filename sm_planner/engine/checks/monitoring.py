"""MON: what is watched and measured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import periods_due, results
from sm_planner.engine.agreements.objectives import behind_in_a_row
from sm_planner.engine.agreements.targets import name
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.checks.conditions import lacking, missing, named, nothing_in, wanted
from sm_planner.engine.checks.depths import GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule
from sm_planner.engine.model import Agreement, Objective, Plan
from sm_planner.engine.texts import Text


@rule(
    "MON-01",
    Severity.ERROR,
    GROWN,
    title=N_("Each critical component is monitored, and its alarms reach somebody"),
    why=N_(
        "Without a threshold there is no alarm, without a route nobody hears it, and without an "
        "owner nobody acts."
    ),
    fix=N_("Fill in monitoring owner, alert route and alarm threshold."),
    source="Prakash 2016",
)
def monitored(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "components")
    for component in plan.components:
        if component.is_critical:
            yield from missing(component, "monitoring_owner", "alert_route", "alarm_threshold")


@rule(
    "MON-02",
    Severity.ERROR,
    GROWN,
    title=N_(
        "Each KPI says where its figures come from, how and how often they are measured, and who owns it"
    ),
    why=N_("Figures that everybody collects in a different way prove whatever one likes."),
    fix=N_("Fill in data source, measurement method, how often it is measured, and the owner."),
    source="Pollock 2019; Ten steps; ISO 9.1",
)
def measured(plan: Plan, today: date) -> Iterator[Fault]:
    """Method and source of a target in an agreement are asked for by AGR-03, its owner by AGR-02."""
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        yield from missing(objective, "kpi_source", "kpi_method", "kpi_frequency", "objective_owner")


LAST = 2
"""The latest periods that are looked at, and the misses after which something has to be done."""


@rule(
    "MON-07",
    Severity.WARNING,
    GROWN,
    title=N_("Each KPI was measured in each of the last two periods"),
    why=N_("Who measures now and then sees a trend only when it is too late to turn it."),
    fix=N_("Enter a measurement of the KPI for the period that is named."),
    source="Pollock 2019; ISO 9.1",
)
def measured_lately(plan: Plan, today: date) -> Iterator[Fault]:
    """A period counts once it lies in the plan's, after the baseline, and its figures had time to be collected."""
    yield from nothing_in(plan, "objectives")
    for objective in plan.objectives:
        if not objective.kpi_frequency:
            yield from lacking(objective, "kpi_frequency")
            continue
        since = max(filter(None, (plan.period_start, objective.baseline_date)), default=None)
        days = [row.day for row in plan.measured(objective)]
        due = periods_due(objective.kpi_frequency, today, LAST, since, objective.due)
        silent = [one for one in due if not any(day in one for day in days)]
        if silent:
            yield fault(
                objective,
                N_("“{0}” was not measured from {1} to {2}, though it is measured: {3}."),
                named(objective),
                silent[0].first,
                silent[0].last,
                Text(objective.kpi_frequency),
                field="measurements",
                count=len(silent),
            )


@rule(
    "MON-08",
    Severity.ERROR,
    GROWN,
    title=N_("What was missed twice in a row has an improvement that is open"),
    why=N_("Once may be chance. Who lets a second miss pass has given the target up without saying so."),
    fix=N_("Add an improvement that names the agreement or the objective, or agree on another target."),
    source="Ten steps; ISO 8.3.3; FitSM PR2.3",
)
def missed_twice(plan: Plan, today: date) -> Iterator[Fault]:
    """Targets of agreements in force, and objectives that were behind. That nothing was measured, MON-07 and AGR-13 say."""
    yield from nothing_in(plan, "agreements")
    improved = {
        id for action in wanted(plan) if action.is_open for id in (action.agreement, action.objective)
    }
    day = day_of_plan(plan, today)
    for agreement in promising(plan):
        if agreement.id in improved or not in_force(agreement, day):
            continue
        for result in results(plan, agreement, today):
            if result.missed_in_a_row >= LAST:
                yield _missed(agreement, name(result.target), result.missed_in_a_row)
    for objective in plan.objectives:
        behind = behind_in_a_row(objective, plan.measured(objective), today)
        if behind >= LAST and objective.id not in improved:
            yield _missed(objective, objective.kpi or Text(N_("KPI")), behind)


def _missed(record: Agreement | Objective, what: str | Text, times: int) -> Fault:
    return fault(
        record,
        N_("“{0}”: {1} was missed {2} times in a row, and no improvement is open."),
        named(record),
        what,
        times,
        field="measurements",
        count=times,
    )


RULES = (monitored, measured, measured_lately, missed_twice)
