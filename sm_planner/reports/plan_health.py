"""The health of a plan over time: what the checks found, how far it was and what was kept, a line a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sm_planner.engine.checks import check
from sm_planner.engine.health import at_sign_off, line
from sm_planner.engine.model import Plan
from sm_planner.engine.model.health import Health
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

YEAR = timedelta(days=365)

MOST_BARS = 30
"""Days in the chart; of a longer time, days at even distances, the last among them."""

COLUMNS = (
    Column("day", Text(N_("Date")), "Date", width=110),
    Column("version", Text(N_("Version")), "Int", width=80, collection="plan", key="plan"),
    Column("blockers", Text(N_("Blockers")), "Int", width=90),
    Column("errors", Text(N_("Errors")), "Int", width=90),
    Column("warnings", Text(N_("Warnings")), "Int", width=90),
    Column("waived", Text(N_("Waived")), "Int", width=90),
    Column("not_evaluated", Text(N_("Not Evaluated")), "Int", width=110),
    Column("ready", Text(N_("Ready (%)")), "Percent", width=100),
    Column("confirmed", Text(N_("Confirmed (%)")), "Percent", width=110),
    Column("objectives_behind", Text(N_("Objectives Behind")), "Int", width=130),
    Column("objectives_measured", Text(N_("Objectives Measured")), "Int", width=140),
    Column("targets_missed", Text(N_("Targets Missed")), "Int", width=120),
    Column("targets_measured", Text(N_("Targets Measured")), "Int", width=130),
)


def report(plan: Plan, today: date) -> Table:
    """The lines of the last year, and today as it stands now."""
    now = line(plan, today, check(plan, today))
    before = [one for one in plan.health if today - YEAR <= one.day < today]
    lines = [*sorted(before, key=lambda one: one.day), now]
    signed = at_sign_off(plan)
    plans = {**{one.version: one.plan for one in plan.seals}, plan.version: plan.id}
    return Table(
        columns=COLUMNS,
        rows=[{**_row(one), "plan": plans.get(one.version, "")} for one in lines],
        summary=_summary(now, signed),
        chart=_chart(lines),
        message=_message(now, signed),
    )


def _row(one: Health) -> dict[str, Any]:
    return {column.fieldname: getattr(one, column.fieldname) for column in COLUMNS}


def _summary(now: Health, signed: Health | None) -> tuple[Figure, ...]:
    figures = [
        Figure(Text(N_("Blockers")), now.blockers, "Red" if now.blockers else "Green"),
        Figure(Text(N_("Errors")), now.errors, "Red" if now.errors else "Green"),
        Figure(Text(N_("Ready (%)")), now.ready),
    ]
    if signed:
        figures.append(Figure(Text(N_("Errors when it was signed")), signed.errors))
    return tuple(figures)


def _chart(lines: list[Health]) -> Chart:
    step = -(-len(lines) // MOST_BARS)
    shown = lines[::-1][::step][::-1]
    kinds = (("blockers", N_("Blockers")), ("errors", N_("Errors")), ("warnings", N_("Warnings")))
    return Chart(
        title=Text(N_("Open findings over time")),
        labels=tuple(one.day.isoformat() for one in shown),
        datasets=tuple(
            Dataset(Text(label), tuple(getattr(one, name) or 0 for one in shown)) for name, label in kinds
        ),
        colors=("#b3261e", "#d9730d", "#e3b341"),
        reading=_message(lines[-1], lines[0]),
        stacked=True,
    )


def _message(now: Health, before: Health | None) -> Text:
    """What became of the plan since a day before."""
    if before is None or before.day == now.day:
        return say(N_("The first day is counted. Come back tomorrow to see what changes."))
    return say(
        N_(
            "Since {0}: {1} blockers instead of {2}, {3} errors instead of {4}, {5} % ready instead of {6} %."
        ),
        before.day,
        now.blockers,
        before.blockers,
        now.errors,
        before.errors,
        now.ready,
        before.ready,
    )
