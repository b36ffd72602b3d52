"""What the ledger of ERPNext holds, where it is installed: read in bulk, as far as the user may read it."""

from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from sm_planner.adapters.site.presentation import told
from sm_planner.engine.model import Plan
from sm_planner.engine.money.actuals import Booked, from_ledger_lines
from sm_planner.engine.texts import N_, say

ENTRY = "GL Entry"
CLOSING = "Period Closing Voucher"
"""What books a year back at its end."""
COMPANY = "Company"


def is_readable() -> bool:
    """Whether there is a ledger that the user may read."""
    return bool(frappe.db.exists("DocType", ENTRY)) and bool(frappe.has_permission(ENTRY, "read"))


def refuse_missing() -> None:
    """Say that there is no ledger, or none that the user may read."""
    if not frappe.db.exists("DocType", ENTRY):
        frappe.throw(_("There is no ledger on this site. Install ERPNext, or enter what was spent by hand."))
    frappe.has_permission(ENTRY, "read", throw=True)


def booked(plan: Plan) -> list[Booked]:
    """What is booked on the cost centers and accounts of the budget lines of a plan, as far as the user may read it.

    One query, whatever the number of lines.
    """
    lines = from_ledger_lines(plan)
    if not lines:
        return []
    if not plan.currency:
        frappe.throw(_("The plan does not say in which currency its amounts are. Enter it first."))
    filters = {
        "is_cancelled": 0,
        "voucher_type": ("!=", CLOSING),
        "cost_center": ("in", sorted({line.cost_center for line in lines})),
        "account": ("in", sorted({line.account for line in lines})),
    }
    found = frappe.get_list(
        ENTRY,
        filters=filters,
        fields=["company", "cost_center", "account", "posting_date", "debit", "credit"],
        order_by="posting_date asc, name asc",
        limit_page_length=0,
    )
    if frappe.db.count(ENTRY, filters) != len(
        found
    ):  # what is missing would be entered as if it had been taken back
        frappe.throw(
            _("You may not read all that is booked there. Ask somebody who may."), frappe.PermissionError
        )
    _refuse_other_currency(plan, {row.company for row in found})
    return [booked_of(row) for row in found]


def booked_of(row: dict[str, object]) -> Booked:
    """An entry of the ledger: debit less credit."""
    return Booked(
        cost_center=row["cost_center"],
        account=row["account"],
        day=_day(row["posting_date"]),
        amount=round(float(row["debit"] or 0) - float(row["credit"] or 0), 9),
    )


def _day(value: object) -> date:
    return value if isinstance(value, date) else getdate(value)


def _refuse_other_currency(plan: Plan, companies: Iterable[str]) -> None:
    """A ledger is kept in the currency of its company; another than that of the plan cannot be added to its amounts."""
    for row in frappe.get_all(
        COMPANY, {"name": ("in", sorted(companies))}, ["name", "default_currency"], order_by="name asc"
    ):
        if plan.currency and row.default_currency != plan.currency:
            why = say(
                N_("The ledger of “{0}” is kept in {1}, and the plan in {2}."),
                row.name,
                row.default_currency,
                plan.currency,
            )
            frappe.throw(frappe.utils.escape_html(told(why)))
