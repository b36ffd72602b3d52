"""What Frappe asks the app about permissions."""

import frappe
from frappe.desk.reportview import build_match_conditions

from sm_planner.adapters import doctypes


def may_open() -> bool:
    """Whether the app is on the user's apps screen."""
    return bool(frappe.has_permission(doctypes.PLAN, "read"))


def rows(user: str | None, doctype: str) -> str:
    """The SQL condition for the rows of a child DocType that a user may list: those of readable documents.

    Frappe by itself asks only whether the user may read any document of the DocType that holds them.
    """
    readable = [
        _in_readable(doctype, holder, user)
        for holder in doctypes.holders_of(doctype)
        if frappe.has_permission(holder, "read", user=user)
    ]
    return f"({' or '.join(readable)})" if readable else "1 = 0"


def _in_readable(doctype: str, holder: str, user: str | None) -> str:
    """The condition for rows of one DocType that holds them. All of its parts come from Frappe and from here."""
    of_holder = f"`tab{doctype}`.parenttype = {frappe.db.escape(holder)}"
    conditions = build_match_conditions(holder, user)
    if not conditions:
        return f"({of_holder})"
    readable = f"select name from `tab{holder}` where {conditions}"  # noqa: S608
    return f"({of_holder} and `tab{doctype}`.parent in ({readable}))"
