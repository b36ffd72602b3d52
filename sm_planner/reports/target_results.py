"""Target Results: what the targets of agreements came to, which were missed, and what is done about it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import TargetResult, measured_over, period_name, results
from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.agreements.terms import day_of_plan, in_force
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("agreement", Text(N_("Agreement")), width=200, collection="agreements", key="id"),
    Column("target", Text(N_("Target")), width=120),
    Column("state", Text(N_("State")), width=110),
    Column("promised", Text(N_("Promised")), width=100),
    Column("latest", Text(N_("Latest")), "Float", width=90),
    Column("measured_on", Text(N_("Measured On")), "Date", width=100),
    Column("measured", Text(N_("Measured")), "Int", width=90),
    Column("met", Text(N_("Met")), "Int", width=80),
    Column("in_a_row", Text(N_("Missed in a Row")), "Int", width=110),
    Column("breached", Text(N_("Breached Since")), width=110),
    Column("improvements", Text(N_("Open Improvements")), width=220),
)
MET, MISSED, NOT_MEASURED, NOT_MEASURABLE = map(
    Text, (N_("Met"), N_("Missed"), N_("Not measured"), N_("Not measurable"))
)


def report(plan: Plan, today: date, *, kind: str = "") -> Table:
    """A row for each target of the agreements in force. kind: only of agreements of that kind."""
    day = day_of_plan(plan, today)
    found = [
        result
        for agreement in promising(plan)
        if kind in ("", agreement.kind) and in_force(agreement, day)
        for result in results(plan, agreement, today)
    ]
    states = Counter(str(state_of(result)) for result in found)
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, result) for result in found],
        summary=_summary(states, len(found)),
        chart=_chart(found),
        message=_message(states, found),
    )


def state_of(result: TargetResult) -> Text:
    """Whether a target was met when it was measured last, or why that is not known."""
    if not result.is_comparable:
        return NOT_MEASURABLE
    if result.is_kept is None:
        return NOT_MEASURED
    return MET if result.is_kept else MISSED


def _row(plan: Plan, result: TargetResult) -> dict[str, Any]:
    agreement, latest = result.agreement, result.latest
    actions = (action for action in plan.improvements if action.agreement == agreement.id and action.is_open)
    return {
        "id": agreement.id,
        "agreement": agreement.title or agreement.id,
        "target": name(result.target),
        "state": state_of(result),
        "promised": figure(result.target),
        "latest": latest and latest.value,
        "measured_on": latest and latest.day,
        "measured": len(result.measured),
        "met": len(result.measured) - len(result.missed) if result.is_comparable else None,
        "in_a_row": result.missed_in_a_row,
        "breached": breached_since(result),
        "improvements": ", ".join(action.title or action.id for action in actions),
    }


def breached_since(result: TargetResult) -> str:
    """The first period of the breach that lasts; empty where the target is not breached, or that is not known."""
    breach = result.breach
    return period_name(measured_over(result.target), breach.since) if breach.is_breached else ""


def _summary(states: Counter[str], count: int) -> tuple[Figure, ...]:
    missed = states[str(MISSED)]
    return (
        Figure(Text(N_("Targets")), count),
        Figure(MET, states[str(MET)], "Green"),
        Figure(MISSED, missed, "Red" if missed else "Green"),
        Figure(Text(N_("Without a measurement")), states[str(NOT_MEASURED)] + states[str(NOT_MEASURABLE)]),
    )


def _chart(found: list[TargetResult]) -> Chart | None:
    """How often each target was met and missed, where it was measured."""
    measured = [result for result in found if result.measured and result.is_comparable]
    if not measured:
        return None
    missed = [len(result.missed) for result in measured]
    met = [len(result.measured) - count for result, count in zip(measured, missed, strict=True)]
    return Chart(
        title=Text(N_("How often each target was met")),
        labels=tuple(
            say(N_("{0}: {1}"), result.agreement.title or result.agreement.id, name(result.target))
            for result in measured
        ),
        datasets=(Dataset(MET, tuple(met)), Dataset(MISSED, tuple(missed))),
        colors=("#1d6b3a", "#a3151f"),
        reading=say(N_("Of {0} measurements, {1} met their target."), sum(met) + sum(missed), sum(met)),
        stacked=True,
    )


def _message(states: Counter[str], found: list[TargetResult]) -> Text:
    if not found:
        return Text(N_("No agreement in force has a target. Agree on what can be measured."))
    if states[str(MISSED)]:
        worst = max(found, key=lambda result: result.missed_in_a_row)
        return say(
            N_("{0} of {1} targets were missed when they were measured last. Begin with {2}."),
            states[str(MISSED)],
            len(found),
            listed((worst.agreement.title or worst.agreement.id, name(worst.target)), ", "),
        )
    if states[str(MET)] < len(found):
        return say(
            N_("It is not known whether {0} of {1} targets are met. Measure them."),
            len(found) - states[str(MET)],
            len(found),
        )
    return Text(N_("All targets were met when they were measured last."))
