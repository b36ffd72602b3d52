"""The daily watch over what was signed: seals that do not hold, drift, sponsors who have left."""

import frappe
from frappe.utils import getdate

from sm_planner.adapters import (
    account_passwords,
    locks,
    plan_documents,
    sign_off,
    sign_off_events,
    sign_off_mails,
)
from sm_planner.adapters.doctypes import EVENT, PLAN, SEAL
from sm_planner.engine.sign_off import ACTIVE
from sm_planner.engine.sign_off_log import FOUND, NOTED, already_found
from sm_planner.engine.texts import N_
from sm_planner.engine.watch import found

NOTHING = N_("Nothing is wrong any more.")


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


def watch() -> None:
    """Verify what was signed, and tell of what is new. Running it twice tells nothing twice.

    What goes wrong with one plan keeps no other from being looked at: each is a transaction of its own.
    """
    with locks.failure_logged("SM Planner: the daily watch over passwords failed"):
        account_passwords.look(frappe.get_all("User", {"enabled": 1}, pluck="name", order_by="name asc"))
    frappe.db.commit()
    for name in signed_plans():
        try:
            _watch(name)
        except Exception:
            frappe.db.rollback()
            frappe.log_error(f"SM Planner: the daily watch over {name} failed")
        frappe.db.commit()


def _watch(name: str) -> None:
    plan = plan_documents.load(name)
    events = sign_off_events.log(name)
    texts = found(plan, sign_off.verify_loaded(plan, events), getdate())
    reason = " ".join(map(str, texts))[: sign_off_events.REASON_LENGTH]
    if already_found(events, reason or NOTHING):
        return
    if texts:
        sign_off_events.note(name, FOUND, NOTED, reason)
        sign_off_mails.tell_found(plan, list(texts))
    elif any(event.act == FOUND for event in events):
        sign_off_events.note(name, FOUND, NOTED, NOTHING)
