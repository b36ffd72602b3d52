"""Who reads a report, and to whom a monthly progress sheet goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sm_planner.engine.communication import audience
from sm_planner.engine.model import Plan, Stakeholder
from sm_planner.engine.model.reporting import ReportSpec
from sm_planner.engine.model.values import folded


def has_audience(spec: ReportSpec) -> bool:
    return audience.has_audience(spec) or bool(spec.people)


def of_group(plan: Plan, group: Stakeholder) -> tuple[str, ...]:
    """The ids of the people of a group of stakeholders: those of its unit."""
    unit = folded(group.unit)
    return tuple(one.id for one in plan.people if unit and folded(one.unit) == unit)


def readers(plan: Plan, spec: ReportSpec, day: date) -> tuple[str, ...]:
    """The ids of the people for whom a report is on a day."""
    groups = audience.groups(plan, spec)
    return _known(
        plan,
        *audience.people(plan, spec, day),
        *(id for group in groups for id in of_group(plan, group)),
        *spec.people,
    )


def sheet_spec(plan: Plan, group: Stakeholder) -> ReportSpec | None:
    """The report spec that plans the progress sheet of a group; None where none does."""
    planned = (one for one in plan.report_specs if one.is_progress_sheet)
    return next((one for one in planned if audience.is_for(one, group)), None)


def sheet_readers(plan: Plan, group: Stakeholder, day: date) -> tuple[str, ...]:
    """The ids of those to whom the sheet of a group goes: its people, who looks after them, and whom the spec names besides."""
    spec = sheet_spec(plan, group)
    named: Iterable[str] = ()
    if spec:
        besides = [one for one in audience.people(plan, spec, day) if not _is_of_units(plan, spec, one)]
        named = (*besides, *spec.people)
    return _known(plan, *of_group(plan, group), group.contact, *named)


def _is_of_units(plan: Plan, spec: ReportSpec, person: str) -> bool:
    """Whether somebody stands in a spec for a unit alone: the sheet of another group is not for him."""
    unit = folded(plan.get("people", person).unit)
    return bool(unit) and unit in map(folded, spec.units)


def _known(plan: Plan, *people: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for id in people if plan.get("people", id)))
