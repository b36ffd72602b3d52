"""Soft links to ERPNext and Helpdesk: fields and imports that are there while the other app is.

A link to a DocType that is not installed would break a form. So these links are custom fields, made when the other
DocType is there, and removed with it.
"""

from typing import NamedTuple

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from sm_planner.adapters.doctypes import DOCTYPES, PLAN
from sm_planner.engine.texts import N_

MODULE = "SM Planner"


class SoftLink(NamedTuple):
    """A field of one of our DocTypes that links to a DocType of another app."""

    doctype: str
    fieldname: str
    label: str
    target: str
    after: str


LINKS = (
    SoftLink(PLAN, "linked_company", N_("Linked Company"), "Company", "company"),
    SoftLink(DOCTYPES["people"], "linked_employee", N_("Linked Employee"), "Employee", "user"),
    SoftLink(DOCTYPES["people"], "linked_department", N_("Linked Department"), "Department", "department"),
    SoftLink(DOCTYPES["stakeholders"], "linked_customer", N_("Linked Customer"), "Customer", "kind"),
    SoftLink(
        DOCTYPES["stakeholders"],
        "linked_helpdesk_customer",
        N_("Linked Helpdesk Customer"),
        "HD Customer",
        "kind",
    ),
    SoftLink(DOCTYPES["suppliers"], "linked_supplier", N_("Linked Supplier"), "Supplier", "status"),
    SoftLink(DOCTYPES["teams"], "linked_helpdesk_team", N_("Linked Helpdesk Team"), "HD Team", "kind"),
    SoftLink(DOCTYPES["services"], "linked_item", N_("Linked Item"), "Item", "customer_facing"),
    SoftLink(DOCTYPES["agreements"], "linked_contract", N_("Linked Contract"), "Contract", "supplier"),
    SoftLink(
        DOCTYPES["calendars"], "linked_holiday_list", N_("Linked Holiday List"), "Holiday List", "valid_until"
    ),
)

HOLIDAY_LISTS = ("Holiday List", "HD Service Holiday List")
"""DocTypes with a table ``holidays`` of ``holiday_date``, ``description`` and ``weekly_off``."""


def link() -> None:
    """Have a field for each link whose target is there, and none for the others."""
    targets = {link.target for link in LINKS}
    there = set(
        frappe.get_all("DocType", {"name": ("in", sorted(targets))}, pluck="name", order_by="name asc")
    )
    _link(there)


def after_app_install(app_name: str) -> None:
    """Another app has come: link to what it brings."""
    link()


def before_app_uninstall(app_name: str) -> None:
    """Another app goes: take the links to its DocTypes away before they lead nowhere."""
    modules = frappe.get_all("Module Def", {"app_name": app_name}, pluck="name", order_by="name asc")
    going = frappe.get_all("DocType", {"module": ("in", modules)}, pluck="name", order_by="name asc")
    _unlink([link for link in LINKS if link.target in going])


def _link(there: set[str]) -> None:
    _unlink([link for link in LINKS if link.target not in there])
    wanted: dict[str, list[dict[str, object]]] = {}
    for one in LINKS:
        if one.target in there and not _field(one):
            wanted.setdefault(one.doctype, []).append(
                {
                    "fieldname": one.fieldname,
                    "label": one.label,
                    "fieldtype": "Link",
                    "options": one.target,
                    "insert_after": one.after,
                    "module": MODULE,
                    "no_copy": 0,
                }
            )
    if wanted:
        create_custom_fields(wanted)


def _unlink(links: list[SoftLink]) -> None:
    for one in links:
        if name := _field(one):
            frappe.delete_doc("Custom Field", name, ignore_missing=True)


def _field(one: SoftLink) -> str | None:
    return frappe.db.exists("Custom Field", {"dt": one.doctype, "fieldname": one.fieldname})


def import_holidays(calendar: str, holiday_list_type: str, holiday_list: str) -> int:
    """Add the holidays of a list of another app to a calendar; how many were new. Weekly days off are windows here.

    Needs the right to write the calendar and to read the list.
    """
    if holiday_list_type not in HOLIDAY_LISTS or not frappe.db.exists("DocType", holiday_list_type):
        frappe.throw(_("{0} is not a list of holidays on this site.").format(holiday_list_type))
    source = frappe.get_doc(holiday_list_type, holiday_list)
    source.check_permission("read")
    document = frappe.get_doc(DOCTYPES["calendars"], calendar)
    document.check_permission("write")
    known = {str(row.day) for row in document.holidays}
    new = {
        str(row.holiday_date): frappe.utils.strip_html(row.description or "").strip()
        for row in source.holidays
        if not row.get("weekly_off") and str(row.holiday_date) not in known
    }
    for day, title in sorted(new.items()):
        document.append("holidays", {"day": day, "title": title[:140]})
    if new:
        document.save()
    return len(new)
