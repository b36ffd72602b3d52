"""The table in which several records are added to a plan: its columns, in words, and what cells can name."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.utils import get_system_timezone

from sm_planner import __version__
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents.several import sheet_of
from sm_planner.adapters.site.doctypes import DOCTYPES, SHARED
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.service_time.week_line import EXAMPLE
from sm_planner.engine.texts import N_
from sm_planner.engine.typed.several import MOST
from sm_planner.engine.typed.sheets import WEEK, Column, Sheet
from sm_planner.engine.typed.written import NO, YES

STYLE = f"/assets/sm_planner/css/typing.css?v={__version__}"
OFFERED = 1_000
"""Records outside of the plan that a column offers. Others are found by their titles all the same."""


def sheet(plan_name: str, collection: str) -> dict[str, Any]:
    """Title, address of the style, columns and the most rows of the table in which records of a kind are added.

    A column: ``name``, ``label``, ``english``, ``help``, ``example``, ``kind``, ``needed``, ``several``, ``makes`` (what is made of a title that leads
    to nothing, in words), ``offers`` (texts).
    """
    plan, table = plan_reader.load(plan_name), sheet_of(collection)
    one = COLLECTIONS[table.collection]
    title = N_("Targets") if table.table else one.several
    return {
        "title": _(title),
        "style": STYLE,
        "most": MOST,
        "holders": [{"value": held.id, "label": held.title or held.id} for held in getattr(plan, one.name)]
        if table.table
        else [],
        "columns": [_column(plan, table, column) for column in table.columns],
    }


def _column(plan: Plan, table: Sheet, column: Column) -> dict[str, Any]:
    spec = table.spec(column)
    may_make = column.makes and frappe.has_permission(DOCTYPES[spec.target], "create")
    return {
        "name": column.name,
        "label": _(table.label(column)),
        "english": table.label(column),
        "help": _(spec.help) if spec.help else "",
        "example": _example(column),
        "kind": spec.kind,
        "needed": table.is_needed(column),
        "several": table.several(column),
        "makes": _(COLLECTIONS[spec.target].label) if may_make else "",
        "offers": _offers(plan, table, column),
    }


def _example(column: Column) -> str:
    """What stands in an empty cell, where that helps."""
    if column.name == WEEK:
        return _("Such as {0}.").format(EXAMPLE)
    return _("If empty, {0}.").format(get_system_timezone()) if column.name == "timezone" else ""


def _offers(plan: Plan, table: Sheet, column: Column) -> list[str]:
    """What a cell can say, the records of the plan first."""
    spec = table.spec(column)
    if spec.kind == "choice":
        return [_(choice) for choice in spec.choices]
    if spec.kind == "flag":
        return [_(YES), _(NO)]
    if column.name == "timezone":
        return sorted(available_timezones())
    if column.name == "business_goal":
        return [row.goal for row in plan.business_goals]
    if spec.kind not in ("link", "links"):
        return []
    inside = {one.title or one.id: None for one in getattr(plan, spec.target)}
    doctype = DOCTYPES[spec.target]
    if spec.target in SHARED and frappe.has_permission(doctype, "read"):
        found = frappe.get_list(
            doctype, fields=["title"], order_by="title asc", limit_page_length=OFFERED, pluck="title"
        )
        inside.update(dict.fromkeys(filter(None, found)))
    return list(inside)
