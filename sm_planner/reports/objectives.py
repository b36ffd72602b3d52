"""Objectives: what is to be reached, how far it is, and which ones fall behind."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sm_planner.engine.agreements.objectives import Progress, State, progress
from sm_planner.engine.model import Objective, Plan
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("title", Text(N_("Objective")), width=220, collection="objectives", key="id"),
    Column("state", Text(N_("State")), width=110),
    Column("share", Text(N_("Reached (%)")), "Percent", width=90),
    Column("kpi", Text(N_("KPI")), width=200),
    Column("baseline", Text(N_("Baseline")), "Float", width=90),
    Column("latest", Text(N_("Latest")), "Float", width=90),
    Column("measured_on", Text(N_("Measured On")), "Date", width=100),
    Column("target", Text(N_("Target")), "Float", width=90),
    Column("unit", Text(N_("Unit")), width=90),
    Column("due", Text(N_("Due")), "Date", width=100),
    Column("category", Text(N_("Category")), width=120),
    Column("owner", Text(N_("Owner")), width=140),
    Column("business_goal", Text(N_("Business Goal")), width=200),
)
STATES = {
    State.REACHED: Text(N_("Reached")),
    State.ON_TRACK: Text(N_("On track")),
    State.BEHIND: Text(N_("Behind")),
    State.OVERDUE: Text(N_("Overdue")),
    State.NOT_MEASURED: Text(N_("Not measured")),
    State.NOT_MEASURABLE: Text(N_("Not measurable")),
}


def report(plan: Plan, today: date, *, category: str = "", service: str = "") -> Table:
    """The objectives of a plan in its order. category, service: only those of that category, for that service."""
    found = [
        (objective, progress(objective, plan.measured(objective), today))
        for objective in plan.objectives
        if category in ("", objective.category) and service in ("", *objective.services)
    ]
    states = Counter(how.state for _, how in found)
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, objective, how) for objective, how in found],
        summary=_summary(states),
        chart=_chart(found),
        message=_message(states),
    )


def _row(plan: Plan, objective: Objective, how: Progress) -> dict[str, Any]:
    return {
        "id": objective.id,
        "title": objective.title or objective.id,
        "state": STATES[how.state],
        "share": None if how.share is None else round(how.share, 1),
        "kpi": objective.kpi,
        "baseline": objective.baseline,
        "latest": how.latest and how.latest.value,
        "measured_on": how.latest and how.latest.day,
        "target": objective.target,
        "unit": objective.unit,
        "due": objective.due,
        "category": objective.category and Text(objective.category),
        "owner": plan.title_of("people", objective.objective_owner),
        "business_goal": objective.business_goal,
    }


def _summary(states: Counter[State]) -> tuple[Figure, ...]:
    late = states[State.BEHIND] + states[State.OVERDUE]
    blind = states[State.NOT_MEASURED] + states[State.NOT_MEASURABLE]
    return (
        Figure(Text(N_("Objectives")), states.total()),
        Figure(Text(N_("Reached")), states[State.REACHED], "Green"),
        Figure(Text(N_("On track")), states[State.ON_TRACK], "Green"),
        Figure(Text(N_("Behind or overdue")), late, "Red" if late else "Green"),
        Figure(Text(N_("Without a measurement")), blind),
    )


def _chart(found: list[tuple[Objective, Progress]]) -> Chart | None:
    """How much of the way each objective has come, where that is known."""
    measured = [(objective, how.share) for objective, how in found if how.share is not None]
    if not measured:
        return None
    last, share = min(measured, key=lambda pair: pair[1])
    return Chart(
        title=Text(N_("How much of the way is done (%)")),
        labels=tuple(objective.title or objective.id for objective, _ in measured),
        datasets=(Dataset(Text(N_("Reached (%)")), tuple(round(share) for _, share in measured)),),
        colors=("#0b5c6e",),
        reading=say(
            N_("{0} of {1} objectives are measured; “{2}” has made the least progress, {3} %."),
            len(measured),
            len(found),
            last.title or last.id,
            round(share),
        ),
    )


def _message(states: Counter[State]) -> Text:
    late = states[State.BEHIND] + states[State.OVERDUE]
    blind = states[State.NOT_MEASURED] + states[State.NOT_MEASURABLE]
    if not states:
        return Text(N_("There are no objectives here yet. Enter what the plan wants to achieve."))
    if late:
        return say(
            N_("{0} of {1} objectives are behind or overdue. Check their actions."), late, states.total()
        )
    if blind:
        return say(
            N_("It is not known how far {0} of {1} objectives are. Measure them."), blind, states.total()
        )
    return Text(N_("All objectives are reached or on track."))
