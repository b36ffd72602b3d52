"""Rows of a spreadsheet that somebody pastes into a table of a form: what they mean there, before anything is put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters.documents.several import called_so, rows_of_cells, writing
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, SCOPE, SHARED
from sm_planner.adapters.site.presentation import told
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.texts import N_
from sm_planner.engine.typed.cells import MOST, mentioned, read_cells
from sm_planner.engine.typed.names import Names
from sm_planner.engine.typed.several import CellProblem

_KINDS = {COLLECTIONS[name].label: name for name in SHARED}
"""What a kind of the scope is called → its collection."""


def read(rows_of: str, rows: Any, plan: str, lineage: str) -> dict[str, Any]:
    """What pasted rows mean in a child DocType: ``rows`` (field → value), ``titles`` of what they link to (DocType, name, title), or
    ``problems`` (``row``, ``column``, ``message``).

    plan, lineage: to which the document belongs, for links to what belongs to these.
    """
    written = rows_of_cells(rows, MOST)
    if rows_of == SCOPE:
        values, problems, found = _scope(written)
    else:
        declared = _fields(rows_of)
        found = _named(mentioned(declared, written), plan, lineage)
        values, problems = read_cells(declared, written, Names({}, found), writing())
        values = [_stored(declared, row) for row in values]
    return {
        "rows": [] if problems else values,
        "titles": [
            (DOCTYPES[target], name, title or name)
            for target, names in found.items()
            for name, title in names.items()
        ],
        "problems": [
            {"row": one.row, "column": one.column, "message": f"{told(one.message)} {told(one.fix)}"}
            for one in problems
        ],
    }


def _fields(child: str) -> dict[str, Spec]:
    """The fields of the rows of a child DocType, by their names there."""
    if child in doctypes.HOLDERS and child in doctypes.ROWS:
        declared = specs(doctypes.HOLDERS[child])
        return {doctypes.fieldname(name): spec for name, spec in declared.items()}
    target = doctypes.COLLECTION_OF.get(child.removesuffix(" Link"), "")
    if child not in doctypes.ROWS or not target:
        frappe.throw(_("“{0}” is no table of a form.").format(escape_html(child)))
    return {"record": Spec("link", COLLECTIONS[target].label, target=target)}


def _named(wanted: Mapping[str, set[str]], plan: str, lineage: str) -> dict[str, dict[str, str]]:
    """Collection → name → title of the documents that are called so, of those that the user may read."""
    return {
        target: called_so(target, texts, _held(target, plan, lineage)) for target, texts in wanted.items()
    }


def _held(target: str, plan: str, lineage: str) -> dict[str, str]:
    if target in SHARED:
        return {}
    if not COLLECTIONS[target].is_of_lineage:
        return {"plan": plan}
    return {"lineage": lineage or (frappe.db.get_value(PLAN, plan, "lineage") if plan else "") or ""}


def _stored(declared: Mapping[str, Spec], row: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a form holds them."""
    return {
        field: str(value)
        if declared[field].kind == "date"
        else int(value)
        if isinstance(value, bool)
        else value
        for field, value in row.items()
    }


def _scope(
    rows: list[dict[str, str]],
) -> tuple[list[dict[str, Any]], list[CellProblem], dict[str, dict[str, str]]]:
    """Rows of the scope of a plan: a kind, by its word, and a record of that kind."""
    kind = {"record_type": Spec("choice", N_("Kind"), choices=tuple(_KINDS))}
    nothing = Names({}, {})
    kinds, problems = read_cells(
        kind,
        [{"record_type": row.get("record_type", "").removeprefix("SM ")} for row in rows],
        nothing,
        writing(),
    )
    targets = [_KINDS.get(known.get("record_type", ""), "") for known in kinds]
    named: dict[str, set[str]] = {}
    for row, target in zip(rows, targets, strict=True):
        if target and row.get("record"):
            named.setdefault(target, set()).add(row["record"])
    found = {target: called_so(target, texts, {}) for target, texts in named.items()}
    values: list[dict[str, Any]] = []
    for number, (row, target) in enumerate(zip(rows, targets, strict=True), 1):
        declared = {"record": Spec("link" if target else "rows", N_("Record"), target=target)}
        cells = {"record": row.get("record", "")}
        linked, wrong = read_cells(declared, [cells], Names({}, found), writing())
        problems += [CellProblem(number, one.column, one.message, one.fix) for one in wrong]
        values.append({"record_type": DOCTYPES.get(target, ""), **linked[0]} if target else {})
    return values, problems, found
