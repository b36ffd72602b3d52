"""The page RACI Sheet of the Desk: what it shows, what unsaved letters would come to, and what saving them did."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import Any

from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import raci_sheet
from sm_planner.adapters.site import presentation, stored_records
from sm_planner.engine import checks
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.model import Plan, RaciEntry
from sm_planner.engine.raci import sheet
from sm_planner.engine.raci.effective import CELL_LEVELS, Duties, effective, level_of
from sm_planner.engine.raci.sheet import Column

FAMILY = "RAC"
LISTED = 50
"""Findings that the page lists; of the others it tells how many there are."""


def show(plan_name: str) -> dict[str, Any]:
    """All that the sheet of a plan shows. Ids stand for records, titles beside them where a record is first named.

    entries: the letters that are written, each as process, service, component, role, letter, task, template that it was taken
    from, name of its document. effect: see :func:`_effect`. refused: why nothing can be written, as HTML; empty if it can.
    """
    plan = plan_reader.load(plan_name)
    columns = sheet.columns(plan, getdate())
    documents = stored_records.parts("raci", plan_name)
    within = sheet.services(plan)
    parts = {part for components in within.values() for part in components}
    return {
        "plan": plan.id,
        "title": plan.title or plan.id,
        "version": plan.version,
        "refused": raci_sheet.why_read_only(plan.id, plan.state),
        "processes": [_titled(plan, "processes", one.id) for one in plan.processes],
        "services": [[*_titled(plan, "services", id), components] for id, components in within.items()],
        "components": [_titled(plan, "components", one.id) for one in plan.components if one.id in parts],
        "roles": [_role(plan, column) for column in columns],
        "people": _named(plan, "people", {person for column in columns for person in column.people}),
        "suppliers": _named(plan, "suppliers", {column.supplier for column in columns} - {""}),
        "entries": [_row(entry, name) for name, entry in documents.items()],
        "spellings": sheet.SPELLINGS,
        "shown": sheet.SHOWN,
        "most": raci_sheet.MOST,
        "effect": _effect(plan),
    }


def preview(plan_name: str, given: Any) -> dict[str, Any]:
    """What the sheet shows with letters that are not saved, and what the rules say of it; writes nothing.

    given: as the sheet sends them; none for what is stored.
    """
    plan, changes = plan_reader.load(plan_name), raci_sheet.read(given)
    raci_sheet.refuse_impossible(plan, changes)
    plan = sheet.edited(plan, changes)
    return {**_effect(plan), **_judged(plan)}


def save(plan_name: str, given: Any) -> dict[str, Any]:
    """Write letters. saved: how many. conflicts: the cells that others have changed; then nothing was saved. sheet: as
    :func:`show` gives it, where something was."""
    saved, conflicts = raci_sheet.save(plan_name, given)
    return {
        "saved": saved,
        "conflicts": [_conflict(one) for one in conflicts],
        "sheet": None if conflicts else show(plan_name),
    }


def _conflict(one: raci_sheet.Conflict) -> dict[str, Any]:
    return {"spot": list(one.change.spot), **one.stored._asdict(), "by": one.by, "at": one.at}


def _titled(plan: Plan, collection: str, id: str) -> list[str]:
    return [id, plan.title_of(collection, id)]


def _named(plan: Plan, collection: str, ids: set[str]) -> list[list[str]]:
    """Those records, by their titles, for a choice."""
    return sorted((_titled(plan, collection, id) for id in ids), key=lambda one: one[1].casefold())


def _role(plan: Plan, column: Column) -> dict[str, Any]:
    return {
        **asdict(column),
        "title": plan.title_of("roles", column.role),
        "team_title": plan.title_of("teams", column.team),
    }


def _row(entry: RaciEntry, name: str) -> list[str]:
    return [*sheet.spot_of(entry), entry.letter, entry.task, entry.taken_from, name]


def _effect(plan: Plan) -> dict[str, Any]:
    """What the letters come to, but for what the rules say of it.

    duties: the different ones, each as a list: whether they are settled; why the process does not apply, and the level of the entry
    that says so, both None if it does; then role, letter and level of its origin, one after the other. defaults: process →
    its duties, by their number. places: process → the places in it as service, component and duties. gaps: the places that
    are not settled.
    """
    numbers: dict[tuple, int] = {}

    def number(one: Duties) -> int:
        absent = one.not_applicable
        letters = ((held.role, held.letter, CELL_LEVELS.index(held.level)) for held in one.letters)
        told = (
            one.is_settled,
            absent.task if absent else None,
            CELL_LEVELS.index(level_of(absent)) if absent else None,
            *chain.from_iterable(letters),
        )
        return numbers.setdefault(told, len(numbers))

    defaults = {process: number(one) for process, one in effective(plan).defaults.items()}
    places = {
        process: [[*place, number(one)] for place, one in found.items()]
        for process, found in sheet.refined(plan).items()
    }
    return {
        "duties": list(map(list, numbers)),
        "defaults": defaults,
        "places": places,
        "gaps": sheet.gaps(plan),
    }


def _judged(plan: Plan) -> dict[str, Any]:
    """The gravest of what the rules of the family find, as ``findings``, and how much they found."""
    rules = [rule for rule in checks.asked(plan) if rule.family == FAMILY]
    failed = checks.check(plan, getdate(), rules).failed
    listed = failed[:LISTED]
    told = presentation.findings_shown(plan, listed)
    return {
        "findings": [_finding(plan, one, shown) for one, shown in zip(listed, told, strict=True)],
        "found": len(failed),
    }


def _finding(plan: Plan, finding: Finding, shown: dict[str, Any]) -> dict[str, Any]:
    """A finding, and the cell, row or column that it is about as ``spot``; without one, what it ``opens``."""
    return {
        **{part: shown[part] for part in ("code", "severity", "severity_label", "message", "fix", "count")},
        "spot": _spot(plan, finding),
        "opens": shown["opens"],
    }


def _spot(plan: Plan, finding: Finding) -> list[str] | None:
    if finding.cell:
        return [*finding.cell, "", "", ""][:4]
    if finding.record.collection == "roles":
        return ["", "", "", finding.record.id]
    entry = plan.get("raci", finding.record.id) if finding.record.collection == "raci" else None
    if entry and sheet.has_row(plan, sheet.spot_of(entry).place):
        return list(sheet.spot_of(entry))
    return None
