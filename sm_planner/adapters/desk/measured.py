"""What the forms of objectives and agreements show of what was measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk.readable import in_family, may_read_above, refused
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.adapters.site.presentation import told
from sm_planner.engine import rights
from sm_planner.engine.agreements import measurements, objectives
from sm_planner.engine.agreements.families import in_effect
from sm_planner.engine.agreements.targets import figure, name, unit_of
from sm_planner.engine.model import Agreement, AgreementTarget, Measurement
from sm_planner.reports.objectives import STATES
from sm_planner.reports.table import translated
from sm_planner.reports.target_results import breached_since, state_of

MOST = 60
"""Measurements in a chart: the latest."""


def of_objective(document: str) -> dict[str, Any]:
    """The measurements of an objective, how far it is, and what a new measurement would begin with."""
    held = frappe.db.get_value(DOCTYPES["objectives"], document, ["plan", "id"], as_dict=True)
    plan = plan_reader.load(held.plan)
    objective, today = plan.get("objectives", held.id), getdate()
    measured = plan.measured(objective)
    how = objectives.progress(objective, measured, today)
    series = _series(objective.kpi, objective.unit, objective.target, measured)
    series |= {"state": told(STATES[how.state]), "state_key": how.state.value}
    series |= {"share": None if how.share is None else round(how.share)}
    begin = {
        "lineage": frappe.db.get_value(PLAN, held.plan, "lineage"),
        "objective": document,
        "day": str(measurements.proposed_day(objective.kpi_frequency, today)),
    }
    return {"series": [series], "begin": begin, "may_add": _may_add(Measurement(objective=document))}


def of_agreement(document: str) -> dict[str, Any]:
    """The measurements of each target of an agreement, whether it was kept, and what a new one would begin with; ``refused``: why
    they are not shown."""
    family, written = in_family(document)
    if not may_read_above(family, written):
        return refused()
    facts = stored_records.living_about("measurements", [written.id]).values()
    plan, today = replace(family, measurements=tuple(facts)), getdate()
    agreement, found = in_effect(plan, written), []
    for result in measurements.results(plan, agreement, today):
        target = result.target
        unit = translated(unit_of(target), _)
        series = _series(told(name(target)), unit, target.value, result.measured)
        state = state_of(result)
        series |= {"state": told(state), "state_key": state.template, "promised": told(figure(target))}
        series |= {"breached": _breached(result), "begin": _begin(agreement, target, today)}
        found.append(series)
    begin = {
        "agreement": document,
        "day": str(measurements.proposed_day(measurements.TARGETS, today)),
    }
    if len(agreement.targets) == 1:
        begin = found[0]["begin"]
    return {"series": found, "begin": begin, "may_add": _may_add(Measurement(agreement=document))}


def _begin(agreement: Agreement, target: AgreementTarget, today: date) -> dict[str, Any]:
    """What a measurement of a target begins with: which target it is about, and the period that ended last."""
    about = {
        "metric": target.metric,
        "own_metric": target.own_metric,
        "priority": target.priority,
        "service": target.service,
        "share_of_cases": measurements.share_to_enter(agreement, target),
    }
    day = measurements.proposed_day(measurements.measured_over(target), today)
    return {
        "agreement": agreement.id,
        "day": str(day),
        **{name: value for name, value in about.items() if value},
    }


def _breached(result: measurements.TargetResult) -> str:
    """Since when a target is breached, or that it is not known; empty where it is not breached."""
    if result.measured and result.breach.is_breached is None:
        return _("Not known, because periods were not measured") if result.is_comparable else ""
    return breached_since(result)


def _series(title: str, unit: str, wanted: float | None, measured: Iterable[Measurement]) -> dict[str, Any]:
    shown = [row for row in measured if row.day <= getdate()][-MOST:]
    return {
        "title": title,
        "unit": unit,
        "wanted": wanted,
        "days": [str(row.day) for row in shown],
        "values": [row.value for row in shown],
    }


def _may_add(fact: Measurement) -> bool:
    """Whether the user may enter such a measurement."""
    may_create = frappe.has_permission(DOCTYPES["measurements"], "create")
    return bool(may_create) and not rights.refuse_write(
        fact, None, living_guards.writer(), living_guards.find_in(None)
    )
