"""What the plan wants to reach, and what is done for it."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import collected
from sm_planner.engine.model.fields import (
    choice,
    day,
    flag,
    key,
    line,
    link,
    links,
    number,
    record,
    rows,
    text,
)
from sm_planner.engine.model.vocabulary import (
    DIMENSIONS,
    DIRECTIONS,
    FREQUENCIES,
    IMPROVEMENT_KINDS,
    IMPROVEMENT_STATES,
    KPI_KINDS,
    OBJECTIVE_CATEGORIES,
)
from sm_planner.engine.texts import N_


@record
class ValueStatement:
    statement: str = text("Value", "What the organisation gains.", required=True)
    measure: str = line("Measure")
    person: str = link("Owner", "people")
    due: date | None = day("Due")


@record
class BusinessGoal:
    """One line of the strategy map: what the business wants, and what IT does for it."""

    goal: str = line("Business Goal", required=True)
    it_strategy: str = line("IT Strategy")
    no_objective: str = line("No Objective Because")


@record
class DeclinedCategory:
    """A category of objectives in which the plan wants none."""

    category: str = choice("Category", OBJECTIVE_CATEGORIES, required=True)
    reason: str = line("Reason", required=True)


@record
class Measurement:
    day: date | None = day("Date", required=True)
    value: float | None = number("Value", required=True)
    evidence: str = line("Evidence")


@collected(N_("Objective"), N_("Objectives"), series="OBJ", shared=False)
@record
class Objective:
    """What the plan wants to achieve, measured by a KPI."""

    id: str = key()
    title: str = line("Title")
    statement: str = text("Statement")
    category: str = choice("Category", OBJECTIVE_CATEGORIES)
    business_goal: str = line("Business Goal", "The goal of the organisation that it serves.")
    objective_owner: str = link("Owner", "people")
    services: tuple[str, ...] = links("Services", "services")
    processes: tuple[str, ...] = links("Processes", "processes")
    stakeholders: tuple[str, ...] = links("Stakeholders", "stakeholders")
    resources_confirmed: bool = flag("Resources Confirmed")
    kpi: str = line("KPI")
    kpi_kind: str = choice("KPI Kind", KPI_KINDS)
    unit: str = line("Unit")
    direction: str = choice("Direction", DIRECTIONS)
    baseline: float | None = number("Baseline")
    baseline_date: date | None = day("Baseline Date")
    target: float | None = number("Target")
    benchmark_low: float | None = number("Benchmark From", "What others reach, at the low end.")
    benchmark_high: float | None = number("Benchmark To", "What others reach, at the high end.")
    due: date | None = day("Due")
    kpi_source: str = line("Data Source", "Where the figures come from.")
    kpi_method: str = line("Measurement Method")
    kpi_frequency: str = choice("Measured", FREQUENCIES)
    measurements: tuple[Measurement, ...] = rows("Measurements", Measurement, sealed=False)


@collected(N_("Improvement"), N_("Improvements"), series="IMP", shared=False)
@record
class Improvement:
    """An action that closes a gap, reaches an objective or tries something out.

    What is promised is sealed; how far it has come is not.
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", IMPROVEMENT_KINDS, "Improvement")
    status: str = choice("Status", IMPROVEMENT_STATES, "New", sealed=False)
    dimension: str = choice("Dimension", DIMENSIONS)
    source: str = line("Source", "Where it comes from: an assessment, a complaint, an idea.")
    objective: str = link("Objective", "objectives")
    service: str = link("Service", "services")
    agreement: str = link("Agreement", "agreements", "The agreement that it renews or improves.")
    team: str = link("Team", "teams", "The team that it staffs or trains.")
    supplier: str = link("Supplier", "suppliers", "The partner that it brings on board or leaves.")
    improvement_owner: str = link("Owner", "people")
    start_date: date | None = day("Start Date")
    due: date | None = day("Due")
    effort_days: float | None = number("Effort (Person-days)", minimum=0)
    benefit_kpi: str = line("Benefit KPI")
    benefit_baseline: float | None = number("Benefit Baseline")
    benefit_target: float | None = number("Benefit Target")
    benefit_actual: float | None = number("Benefit Reached", sealed=False)
