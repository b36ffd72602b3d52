"""MON: what is watched and measured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sm_planner.engine.checks.conditions import missing, nothing_in
from sm_planner.engine.checks.finding import N_, Fault, Severity, rule
from sm_planner.engine.model import Plan


@rule(
    "MON-01",
    Severity.ERROR,
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


RULES = (monitored, measured)
