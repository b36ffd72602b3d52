"""In which plans in force somebody has a part, and who he is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.engine.model import Plan
from sm_planner.engine.model.states import ACTIVE


@dataclass(frozen=True)
class Own:
    """A plan in force, and the person in it for whom an account stands."""

    plan: Plan
    person: str


def of(user: str, lineage: str) -> Own:
    """The part of a user in the plan of a lineage that is in force.

    Refuses who is not in it, in the same words as where there is no such plan.
    """
    return next(_found(user, lineage), None) or refuse()


def all_of(user: str) -> tuple[Own, ...]:
    """All plans in force in which a user is a person, by their lineages."""
    return tuple(_found(user))


def has_any(user: str) -> bool:
    """Whether the account is that of a person in plans at all."""
    return bool(_people(user))


def _found(user: str, lineage: str | None = None) -> Iterator[Own]:
    people = _people(user)
    for plan in in_force(lineage) if people else ():
        person = next((one for one in people if one in plan.index["people"]), None)
        if person:
            yield Own(plan, person)


def in_force(lineage: str | None = None) -> Iterator[Plan]:
    """All plans in force, or that of a lineage, by the right of the app: whoever calls this makes of them what is the
    reader's alone. Of all of them, one that cannot be read keeps nobody from the others."""
    filters = {"state": ACTIVE, **({} if lineage is None else {"lineage": lineage})}
    for name in frappe.get_all(PLAN, filters, pluck="name", order_by="lineage asc"):
        try:
            plan = plan_reader.load_for_parts(name)
        except frappe.ValidationError:
            if lineage is not None:
                raise
            frappe.clear_last_message()
            # Frappe undoes what a GET wrote: the error is kept beside it.
            frappe.log_error(f"{name} could not be read for the people in it", defer_insert=True)
            continue
        yield plan


def _people(user: str) -> list[str]:
    """The persons for whom an enabled account stands."""
    if user == "Guest" or not frappe.db.get_value("User", user, "enabled"):
        return []
    return people_of(user)


def refuse() -> NoReturn:
    """Say that the user has no part, in the same words as where there is no such plan."""
    frappe.throw(
        _("You have no part in a plan in force here. Ask your service planner whether the plan names you."),
        frappe.PermissionError,
    )
