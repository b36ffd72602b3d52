"""Availability: how much of the promised time services were up, against what SLAs promise, and what may still be lost.

It needs a list of outages beside the plan, and so it is not among the REPORTS that a plan and a day are enough for.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.agreements.measurements import measured_over, period_name
from sm_planner.engine.agreements.targets import figure
from sm_planner.engine.attainment.outages import Outages
from sm_planner.engine.attainment.uptime import Uptime, uptime
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.table import Column, Figure, Table

COLUMNS = (
    Column("agreement", Text(N_("Agreement")), width=180, collection="agreements", key="id"),
    Column("service", Text(N_("Service")), width=160, collection="services", key="service_id"),
    Column("period", Text(N_("Period")), width=90),
    Column("promised", Text(N_("Promised")), width=150),
    Column("state", Text(N_("State")), width=150),
    Column("percent", Text(N_("Availability (%)")), "Float", width=100),
    Column("hours", Text(N_("Promised Hours")), "Float", width=100),
    Column("down", Text(N_("Minutes Down")), "Int", width=90),
    Column("left", Text(N_("Minutes Left")), "Int", width=90),
)
MET, MISSED, NOT_YET = Text(N_("Met")), Text(N_("Missed")), Text(N_("Not missed so far"))
NO_HOURS = Text(N_("No time was promised in it"))
IN_AVERAGE = Text(N_("Counts for the average"))


def report(plan: Plan, today: date, *, outages: Outages, since: date) -> Table:
    """A row for each promise of availability, each service and each period from ``since`` to ``today``."""
    found = [*uptime(plan, outages, since, today)]
    missed = sum(one.kept is False for one in found)
    return Table(
        columns=COLUMNS,
        rows=[_row(plan, one) for one in found],
        summary=(
            Figure(MET, sum(one.kept is True for one in found), "Green"),
            Figure(MISSED, missed, "Red" if missed else "Green"),
            Figure(Text(N_("Cannot be told yet")), sum(one.kept is None for one in found)),
        ),
        message=_message(found, missed),
    )


def _row(plan: Plan, one: Uptime) -> dict[str, Any]:
    return {
        "id": one.agreement.id,
        "agreement": one.agreement.title or one.agreement.id,
        "service_id": one.service,
        "service": plan.title_of("services", one.service) if one.service else Text(N_("All together")),
        "period": period_name(measured_over(one.target), one.period),
        "promised": figure(one.target),
        "state": _state(one),
        "kept": one.kept,
        "percent": None if one.percent is None else int(one.percent * 1000) / 1000,
        "hours": None if one.so_far is None else round(one.so_far.promised / 3600, 2),
        "down": None if one.so_far is None else -(-one.so_far.down // 60),
        "left": None if one.budget_left is None else one.budget_left // 60,
    }


def _state(one: Uptime) -> Text:
    if one.kept is not None:
        return MET if one.kept else MISSED
    if one.unknown is not None:
        return one.unknown
    if one.so_far is not None and not one.so_far.promised:
        return NO_HOURS
    return IN_AVERAGE if one.promised is None else NOT_YET


def _message(found: list[Uptime], missed: int) -> Text:
    if not found:
        return Text(N_("No SLA promises the availability of a service in these days."))
    if missed:
        return say(N_("{0} promises were missed. Begin with the services of which most was lost."), missed)
    return Text(N_("Nothing was missed. What is left of each period may still be lost."))
