"""For whom an account stands."""

from __future__ import annotations

import frappe

from sm_planner.adapters.site.doctypes import DOCTYPES


def people_of(account: str) -> list[str]:
    """The persons for whom an account stands, by their ids."""
    return frappe.get_all(DOCTYPES["people"], {"user": account}, pluck="name", order_by="name asc")
