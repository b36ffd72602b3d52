"""Which plans an account signs, and who signs a plan: the account of a signer, or of a deputy of today."""

from collections.abc import Collection

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.signers import delegations
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, PLAN, SIGNER
from sm_planner.engine.model.states import TO_SIGN


def plans_of(account: str, states: Collection[str]) -> list[str]:
    """The plans in one of these states that the account signs: sponsor, signer before, deputy."""
    people = people_of(account)
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


def is_asked_to_sign(doc: Document, user: str) -> bool:
    """Whether a plan waits for this user's signature, or for that of others too."""
    return doc.state == TO_SIGN and user.casefold() in _signing_accounts(doc.name, doc.executive_sponsor)


def _signing_accounts(plan: str, sponsor: str) -> set[str]:
    """The accounts of those who sign a plan, and of their deputies of today."""
    before = frappe.get_all(SIGNER, {"parent": plan, "parenttype": PLAN}, pluck="person", order_by="idx asc")
    signers = [sponsor, *before]
    people = frappe.get_all(
        DOCTYPES["people"],
        {"name": ("in", signers), "user": ("is", "set")},
        pluck="user",
        order_by="name asc",
    )
    today = getdate()
    deputies = [one.deputy_user for one in delegations.of(signers) if one.holds(plan, today)]
    return {account.casefold() for account in (*people, *deputies)}
