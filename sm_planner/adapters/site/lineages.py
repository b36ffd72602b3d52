"""Lineages as documents: the home of a plan in all its versions.

The server makes and keeps them: what they say of the plan follows from its versions.
"""

from __future__ import annotations

from typing import Any

import frappe

from sm_planner.adapters.site import bulk
from sm_planner.adapters.site.doctypes import LINEAGE, OF_LINEAGE, PLAN, SEAL
from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED

FIELDS = tuple(name for name, spec in specs(Plan).items() if spec.of_lineage)
"""Fields of a plan that its lineage holds."""

KEPT = ("title", "company", "unit", "active", "draft")
"""Fields of a lineage that follow from its versions."""


def fields(lineage: str) -> dict[str, Any]:
    """The fields of a plan that its lineage holds."""
    found = frappe.db.get_value(LINEAGE, lineage, list(FIELDS), as_dict=True) if lineage else None
    return {name: found[name] for name in FIELDS} if found else {}


def keep(lineage: str) -> None:
    """Make the document of a lineage, or bring it up to date with the versions that there are."""
    versions = frappe.get_all(
        PLAN,
        {"lineage": lineage},
        ["name", "title", "company", "unit", "state"],
        order_by="version desc",
    )
    if not versions:
        return
    active = next((version for version in versions if version.state == ACTIVE), None)
    draft = next((version for version in versions if version.state not in (ACTIVE, SUPERSEDED)), None)
    shown = active or versions[0]
    values = {
        "title": shown.title,
        "company": shown.company,
        "unit": shown.unit,
        "active": active.name if active else None,
        "draft": draft.name if draft else None,
    }
    if frappe.db.exists(LINEAGE, lineage):
        frappe.db.set_value(LINEAGE, lineage, values, update_modified=False)
        return
    made = frappe.get_doc({"doctype": LINEAGE, "lineage": lineage, **values})
    # Nobody has the right to make one: it comes with the first version, which the user may write, and says no more.
    made.flags.kept_by_server = True  # out of the reach of any request
    made.insert(ignore_permissions=True, set_name=lineage)


def newest(lineage: str) -> str:
    """The newest version of a lineage: the one that is being prepared, if there is one. Empty where there is none."""
    found = frappe.get_all(PLAN, {"lineage": lineage}, pluck="name", order_by="version desc", limit=1)
    return found[0] if found else ""


def in_force_or_newest(lineage: str) -> str:
    """The version in force; while there is none, the newest. Empty where there is no version."""
    return frappe.db.get_value(LINEAGE, lineage, "active") or newest(lineage)


def forget(lineage: str) -> None:
    """Remove what a lineage holds once its last version is gone, which was never signed."""
    if frappe.db.exists(PLAN, {"lineage": lineage}) or frappe.db.exists(SEAL, {"lineage": lineage}):
        return
    for doctype in reversed(OF_LINEAGE):
        bulk.delete(doctype, frappe.get_all(doctype, {"lineage": lineage}, pluck="name", order_by="name asc"))
    bulk.delete(LINEAGE, [lineage])
