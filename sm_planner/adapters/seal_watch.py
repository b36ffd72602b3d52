"""The daily watch over what was signed: seals that do not hold, drift, sponsors who have left."""

import frappe

from sm_planner.adapters.doctypes import EVENT, PLAN, SEAL
from sm_planner.engine.sign_off import ACTIVE


def signed_plans() -> list[str]:
    """The newest signed version of every lineage: by its state, its seal, or the log, whichever is left."""
    sealed = frappe.get_all(SEAL, fields=["lineage", "plan"], order_by="lineage asc, number asc")
    newest = {seal.lineage: seal.plan for seal in sealed}
    active = frappe.get_all(PLAN, {"state": ACTIVE}, pluck="name", order_by="name asc")
    logged = frappe.get_all(EVENT, {"seal_hash": ("is", "set")}, pluck="plan", order_by="plan asc")
    there = {
        plan.name: plan.lineage
        for plan in frappe.get_all(
            PLAN, {"name": ("in", logged)}, ["name", "lineage"], order_by="version asc"
        )
    }
    unsealed = {lineage: name for name, lineage in there.items() if lineage not in newest}
    existing = set(frappe.get_all(PLAN, {"name": ("in", list(newest.values()))}, pluck="name"))
    return sorted({*(name for name in newest.values() if name in existing), *active, *unsealed.values()})
