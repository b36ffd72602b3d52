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
    taken,
    text,
)
from sm_planner.engine.model.vocabulary import (
    DIRECTIONS,
    FREQUENCIES,
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
    money_a_year: float | None = number(
        "Money a Year",
        "What it brings a year, in the currency of the plan; not what improvements say already.",
        minimum=0,
    )
    money_from: date | None = day("Money From", "From when it brings that. If empty, from Due on.")
    early_because: str = line(
        "Early Because", "Why it comes sooner than twelve months after the start of the plan."
    )


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
    measures_office: bool = flag(
        "Measures the Office", help="Whether it shows how well the office itself does."
    )
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
    taken_from: str = taken()
