"""What the Desk shows of all plans that a user may read: which one a report is about, and the figures on cards."""

from typing import Any

import frappe
from frappe.utils import getdate

from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.engine.agreements.objectives import State, progress
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED, TO_SIGN


def default_plan() -> dict[str, str] | None:
    """Name and title of the plan that is meant where none is chosen: of those that the user may read and that are
    not superseded, one that the user sponsors before others, one in force before drafts, the one changed last."""
    current = {"state": ("!=", SUPERSEDED)}
    people = people_of(frappe.session.user)
    mine = [{**current, "executive_sponsor": ("in", people)}] if people else []
    for filters in (*mine, current):
        found = frappe.get_list(
            PLAN, filters=filters, fields=["name", "title"], order_by="docstatus desc, modified desc", limit=1
        )
        if found:
            return found[0]
    return None


def in_force() -> list[Any]:
    """The plans in force that the user of the session may read: name and title; none for who may read none at all."""
    if not frappe.has_permission(PLAN, "read"):
        return []
    return frappe.get_list(
        PLAN, {"state": ACTIVE}, ["name", "title"], order_by="title asc, name asc", limit_page_length=0
    )


def default_lineage() -> str:
    """The lineage of the plan that is meant where none is chosen; empty where there is none."""
    plan = default_plan()
    return frappe.db.get_value(PLAN, plan["name"], "lineage") if plan else ""


def waiting_for_me() -> dict[str, Any]:
    """How many plans wait for the signature of the user, and the list of them."""
    people = people_of(frappe.session.user)
    chosen = {"state": TO_SIGN, "executive_sponsor": ("in", people)}
    waiting = (
        frappe.get_list(PLAN, filters=chosen, pluck="name", order_by="name asc", limit_page_length=0)
        if people
        else []
    )
    return {
        "value": len(waiting),
        "fieldtype": "Int",
        "route": ["List", PLAN, "List"],
        "route_options": {"state": TO_SIGN, "name": ["in", waiting]} if waiting else {"state": TO_SIGN},
    }


def objectives_behind() -> dict[str, Any]:
    """How many objectives are behind or overdue, of all plans in force that the user may read."""
    plans = frappe.get_list(
        PLAN, {"state": ACTIVE}, ["name", "lineage"], order_by="name asc", limit_page_length=0
    )
    objectives = stored_records.held("objectives", [plan.name for plan in plans])
    measured = stored_records.held("measurements", [plan.lineage for plan in plans])
    today = getdate()
    states = [
        progress(
            objective, [fact for fact in measured[plan.lineage] if fact.objective == objective.id], today
        )
        for plan in plans
        for objective in objectives[plan.name]
    ]
    return {
        "value": sum(found.state in (State.BEHIND, State.OVERDUE) for found in states),
        "fieldtype": "Int",
        "route": ["query-report", "Objective Progress"],
    }
