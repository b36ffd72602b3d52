"""What link fields offer in forms, grids and quick entries: nothing that saving would refuse.

Said once, of the model; a form asks for nothing more. Knows no Frappe. The controllers refuse by themselves: what is
offered saves people the way there.
"""

from __future__ import annotations

from typing import Any

from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, LIVING, PARTS, RECORDS
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.plan import NAMES
from sm_planner.engine.model.states import DRAFT, IN_REVIEW, TO_SIGN
from sm_planner.engine.texts import N_

Choice = dict[str, Any]
"""``filters``: field of what is linked → operator and value; a value ``{"of": field}`` is that of the document that
is edited, ``{"user": True}`` the user. ``note``: what is offered, in words, filled with ``noted``. ``query``: a
function that looks for it."""


def choices() -> dict[str, dict[str, Choice]]:
    """DocType, also of rows → field → what it offers. Every DocType of records is there."""
    found: dict[str, dict[str, Choice]] = {doctype: _of_record(doctype) for doctype in RECORDS}
    for record_class in RECORDS.values():
        for spec in doctypes.tables(record_class).values():
            rows = _of_fields(spec.row) if spec.row else {}
            if rows:
                found[doctypes.child_doctype(spec)] = rows
    found[DOCTYPES["people"]]["user"] = _choice("user_type", "=", "System User", N_("Enabled accounts."))
    found[DELEGATION] = {
        "principal": _choice("user", "=", {"user": True}, N_("You yourself.")),
        "deputy": {
            "query": "sm_planner.api.deputies",
            "filters": {"principal": ["=", {"of": "principal"}]},
            "note": N_("People with an enabled account that is allowed to sign."),
        },
        "plan": _choice("state", "in", [DRAFT, IN_REVIEW, TO_SIGN], N_("Plans that are not yet signed.")),
    }
    return found


def _of_record(doctype: str) -> dict[str, Choice]:
    found = _of_fields(RECORDS[doctype])
    if doctype in (DOCTYPES[part] for part in PARTS):
        found["plan"] = _choice("state", "=", DRAFT, N_("Draft plans."))
    return found


def _of_fields(record_class: type) -> dict[str, Choice]:
    return {
        doctypes.fieldname(name): choice
        for name, spec in specs(record_class).items()
        if (choice := _of_field(record_class, spec))
    }


def _of_field(record_class: type, spec: Spec) -> Choice | None:
    if doctypes.is_part(spec):
        return _of_part(record_class, spec)
    if spec.unlike == "id":
        return _choice("name", "!=", {"of": "name"}, N_("All except this record itself."))
    if spec.unlike:
        other = specs(record_class)[spec.unlike].label
        return {**_choice("name", "!=", {"of": spec.unlike}, N_("Not the one under {0}.")), "noted": other}
    return None


def _of_part(record_class: type, spec: Spec) -> Choice:
    """What belongs to the same plan, or to its lineage."""
    note, query = N_("Records of the same plan."), "sm_planner.api.parts_of_lineage"
    if COLLECTIONS[spec.target].is_of_lineage and NAMES.get(record_class) in PARTS:
        return {"query": query, "filters": {"plan": ["=", {"of": "plan"}]}, "note": note}
    if COLLECTIONS[spec.target].is_of_lineage:
        own = {"name": ["!=", {"of": "name"}]} if spec.unlike == "id" else {}
        return {"filters": {"lineage": ["=", {"of": "lineage"}], **own}, "note": note}
    if NAMES.get(record_class) in LIVING:
        return {"query": query, "filters": {"lineage": ["=", {"of": "lineage"}]}, "note": note}
    return _choice("plan", "=", {"of": "plan"}, note)


def _choice(field: str, operator: str, value: Any, note: str) -> Choice:
    return {"filters": {field: [operator, value]}, "note": note}
