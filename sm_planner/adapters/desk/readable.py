"""Agreements in their families, and what of the records that plans share the user may read."""

from __future__ import annotations

import frappe
from frappe import _

from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.agreements import families
from sm_planner.engine.model import Agreement, Plan


def in_family(name: str) -> tuple[Plan, Agreement]:
    """An agreement as it was written, by its name in whatever letters the database takes for it, and a plan of it with those that
    it takes terms from."""
    id = frappe.db.get_value(DOCTYPES["agreements"], name, "name")
    plan = Plan(id=id, agreements=stored_records.family(id))
    return plan, plan.get("agreements", id)


def unreadable(plan: Plan, collection: str) -> set[str]:
    """The records of a collection that the user may not read, in one query."""
    ids = set(plan.index[collection])
    if not ids:
        return ids
    if not frappe.has_permission(DOCTYPES[collection], "read"):
        return ids
    filters = {"name": ("in", sorted(ids))}
    return ids.difference(
        frappe.get_list(DOCTYPES[collection], filters=filters, pluck="name", order_by="name asc")
    )


def may_read_above(plan: Plan, agreement: Agreement) -> bool:
    """Whether the user may read all agreements from which one takes terms."""
    above = {one.id for one in families.above(plan, agreement)}
    return not above or above.isdisjoint(unreadable(plan, "agreements"))


def refused() -> dict[str, str]:
    """What the form is told where they may not."""
    return {"refused": _("You may not read everything above it, so what holds is not shown.")}
