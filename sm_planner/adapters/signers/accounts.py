"""What a person of plans shows of the user account that it names, so that lists can tell it and filter by it.

Checks and the sign-off ask the accounts themselves; this follows them.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.model.document import Document

from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.texts import N_

PERSON = DOCTYPES["people"]
ENABLED, DISABLED, MISSING = N_("Enabled"), N_("Disabled"), N_("Not on This Site")
"""What can be said of an account; nothing of a person without one."""


def show_on(person: Document) -> None:
    """Let a person say what the account of theirs is."""
    person.account = _states([person.user]).get(_key(person.user), MISSING) if person.user else ""
    if person.account in (ENABLED, DISABLED):
        person.enabled = int(person.account == ENABLED)


def follow(user: Document, method: str) -> None:
    """An account was made, changed or deleted: the people who name it say so."""
    if not (frappe.flags.in_install or frappe.flags.in_migrate):  # then all of them are looked at, once
        refresh([user.name])


def refresh(users: Iterable[str] | None = None) -> None:
    """Let the people who name these accounts, or any, say what these are; only what differs is written."""
    named = {"user": ("in", list(users))} if users is not None else {"user": ("is", "set")}
    people = frappe.get_all(PERSON, named, ["name", "user", "account", "enabled"], order_by="name asc")
    states = _states([person.user for person in people])
    for person in people:
        state = states.get(_key(person.user), MISSING)
        enabled = person.enabled if state == MISSING else int(state == ENABLED)
        if (person.account, person.enabled) != (state, enabled):
            values = {"account": state, "enabled": enabled}
            frappe.db.set_value(PERSON, person.name, values, update_modified=False)


def _states(users: list[str]) -> dict[str, str]:
    found = frappe.get_all("User", {"name": ("in", users)}, ["name", "enabled"], order_by="name asc")
    return {_key(user.name): ENABLED if user.enabled else DISABLED for user in found}


def _key(user: str) -> str:
    return user.casefold()
