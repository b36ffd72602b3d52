"""Delegations say since 0.3 between which accounts they were given, and hold while these stand for the same people.

Whoever is represented made the delegation in person, and so owns it. To which account it was given is known where the
deputy has had no other since. Where it is not, or where the account of then stands for that person no more, the
delegation holds no more, and all whom it concerns are told.
"""

import frappe

from sm_planner.adapters.signers import delegations, sign_off_mails
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES

PERSON = DOCTYPES["people"]


def execute() -> None:
    without = {"given_by": ("is", "not set")}
    fields = ["name", "owner", "creation", "deputy"]
    given = frappe.get_all(DELEGATION, without, fields, order_by="name asc")
    for delegation in given:
        values = {"given_by": delegation.owner, "given_to": _account_at(delegation)}
        frappe.db.set_value(DELEGATION, delegation.name, values, update_modified=False)
    names = {delegation.name for delegation in given}
    for delegation in delegations.open_for_anybody(frappe.utils.getdate()):
        if delegation.id in names and delegation.lapsed:
            sign_off_mails.tell_lapsed(delegation)


def _account_at(delegation: frappe._dict) -> str:
    """The account of the deputy when the delegation was given; empty where it is not known."""
    since = {"ref_doctype": PERSON, "docname": delegation.deputy, "creation": (">", delegation.creation)}
    for data in frappe.get_all("Version", since, pluck="data", order_by="creation asc"):
        for field, before, _after in frappe.parse_json(data or "{}").get("changed") or ():
            if field == "user":
                return before or ""
    return frappe.db.get_value(PERSON, delegation.deputy, "user") or ""
