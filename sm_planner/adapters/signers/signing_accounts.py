"""Which plans an account signs: as the account of a signer, or of a deputy of today."""

from collections.abc import Collection

import frappe
from frappe.utils import getdate

from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, PLAN, SIGNER


def plans_of(account: str, states: Collection[str]) -> list[str]:
    """The plans in one of these states that the account signs: sponsor, signer before, deputy."""
    people = frappe.get_all(DOCTYPES["people"], {"user": account}, pluck="name", order_by="name asc")
    if not people:
        return []
    today = getdate()
    holding = {"revoked": 0, "valid_from": ("<=", today), "valid_to": (">=", today)}
    represented = frappe.get_all(
        DELEGATION, {"deputy": ("in", people), **holding}, pluck="principal", order_by="name asc"
    )
    signing = [*people, *represented]
    before = frappe.get_all(
        SIGNER, {"person": ("in", signing), "parenttype": PLAN}, pluck="parent", order_by="parent asc"
    )
    return frappe.get_all(
        PLAN,
        filters={"state": ("in", list(states))},
        or_filters={"executive_sponsor": ("in", signing), "name": ("in", before)},
        pluck="name",
        order_by="name asc",
    )
