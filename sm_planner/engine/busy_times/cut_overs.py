"""Days on which something changes hands or begins, which the plan says elsewhere than in the business calendar.

They have no hours: only what takes the whole day is in their way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.terms import Scope
from sm_planner.engine.busy_times.conflicts import AHEAD_MONTHS
from sm_planner.engine.busy_times.standing import with_dependents
from sm_planner.engine.model import Plan, Service, Supplier
from sm_planner.engine.model.roadmap import BusyTime, Phase
from sm_planner.engine.model.vocabulary import BLACKOUT, OPERATE, PEAK, ROLL_OUT
from sm_planner.engine.rhythm.busy import is_whole_days, services_in
from sm_planner.engine.rhythm.months import months_after
from sm_planner.engine.rhythm.recurrence import days

GOES_LIVE = (ROLL_OUT, OPERATE)
"""The kinds of phases with whose first day something goes live."""


@dataclass(frozen=True)
class CutOver:
    """field: of the record, which says the day. services: those that it touches, and all that stand on them."""

    record: Phase | Supplier | Service
    field: str
    day: date
    services: tuple[Service, ...]


def cut_overs(plan: Plan, today: date) -> tuple[CutOver, ...]:
    """The phases with which something goes live, suppliers that come or leave, and services that are accepted, in the next
    twelve months."""
    until = months_after(today, AHEAD_MONTHS)
    return tuple(
        CutOver(record, field, day, with_dependents(plan, named))
        for record, field, named in _dated(plan)
        if (day := getattr(record, field)) and today <= day <= until
    )


def met_by(plan: Plan, one: CutOver) -> Iterator[tuple[BusyTime, tuple[Service, ...]]]:
    """The peaks and blackouts of whole days in which it lies, each with the services that it hurts."""
    for entry in plan.busy_times:
        if entry.kind in (PEAK, BLACKOUT) and is_whole_days(entry) and days(entry, one.day, one.day):
            about = services_in(plan, entry)
            if hurt := tuple(service for service in one.services if service.id in about):
                yield entry, hurt


def _dated(plan: Plan) -> Iterator[tuple[Phase | Supplier | Service, str, set[str]]]:
    for phase in plan.phases:
        if phase.kind in GOES_LIVE:
            yield phase, "start_date", {one.id for one in plan.services}
    for supplier in plan.suppliers:
        named = _carried(plan, supplier)
        yield supplier, "start_date", named
        yield supplier, "exit_date", named
    for service in plan.services:
        yield service, "accepted_on", {service.id}


def _carried(plan: Plan, supplier: Supplier) -> set[str]:
    """The services that stand on what a supplier runs, or for which it has a contract."""
    run = {id for one in plan.components if one.supplier == supplier.id for id in one.services}
    return run | Scope.of(*(one for one in promising(plan) if one.supplier == supplier.id)).services
