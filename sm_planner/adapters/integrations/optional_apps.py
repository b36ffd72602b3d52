"""Soft links to ERPNext and Helpdesk: fields and imports that are there while the other app is.

A link to a DocType that is not installed would break a form. So these links are custom fields, made when the other
DocType is there, and removed with it.

The other app has User Permissions of its own, which keep people to their own employee or customer. Frappe would fill
the links from them and hide the documents with other links, so that the fields ignore them; those that are meant for
documents of ours hold through :mod:`sm_planner.adapters.permissions`.
"""

from collections.abc import Iterator
from typing import NamedTuple

import frappe
from frappe import _
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.model.document import Document

from sm_planner.adapters.site import site_numbers
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.service_time import holiday_lists
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
        DOCTYPES["budget_lines"], "linked_cost_center", N_("Linked Cost Center"), "Cost Center", "cost_center"
    ),
    SoftLink(DOCTYPES["budget_lines"], "linked_account", N_("Linked Account"), "Account", "account"),
    SoftLink(
        DOCTYPES["calendars"], "linked_holiday_list", N_("Linked Holiday List"), "Holiday List", "valid_until"
    ),
)

HOLIDAY_LISTS = ("Holiday List", "HD Service Holiday List")
"""DocTypes with a table ``holidays`` of ``holiday_date``, ``description`` and ``weekly_off``."""


def links_of(doctype: str) -> Iterator[tuple[str, str]]:
    """The links that documents of a DocType have on this site: DocType of the other app, and field."""
    meta = frappe.get_meta(doctype)
    return (
        (one.target, one.fieldname)
        for one in LINKS
        if one.doctype == doctype and meta.has_field(one.fieldname)
    )


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
                    "ignore_user_permissions": 1,
                }
            )
    if wanted:
        site_numbers.let_columns_be_empty()  # whose tables are changed here, by the installation of another app
        create_custom_fields(wanted)
    for one in LINKS:
        if one.target in there:
            _forget_lost(one)


def _forget_lost(one: SoftLink) -> None:
    """Empty the links that lead nowhere. Frappe keeps a column, with what is in it, when its field goes; when the
    other app comes again, without what it held, no document with such a link could be saved."""
    ours, target = frappe.qb.DocType(one.doctype), frappe.qb.DocType(one.target)
    link = ours[one.fieldname]
    there = frappe.qb.from_(target).select(target.name)
    frappe.qb.update(ours).set(link, None).where(link.isnotnull() & link.notin(there)).run()


def _unlink(links: list[SoftLink]) -> None:
    for one in links:
        if name := _field(one):
            frappe.delete_doc("Custom Field", name, ignore_missing=True)


def _field(one: SoftLink) -> str | None:
    return frappe.db.exists("Custom Field", {"dt": one.doctype, "fieldname": one.fieldname})


def stakeholders_of_customer(user: str) -> list[str]:
    """The stakeholders that link to a customer of ERPNext whose portal users name an account.

    Contacts are not asked: everybody may write contacts of the own, and name any customer there.
    """
    doctype = DOCTYPES["stakeholders"]
    if not frappe.get_meta(doctype).has_field("linked_customer") or not frappe.db.exists(
        "DocType", "Portal User"
    ):
        return []
    rows = {"user": user, "parenttype": "Customer"}
    customers = frappe.get_all("Portal User", rows, pluck="parent", order_by="parent asc")
    linked = {"linked_customer": ("in", customers)}
    return frappe.get_all(doctype, linked, pluck="name", order_by="name asc") if customers else []


NAMED = (("linked_cost_center", "cost_center"), ("linked_account", "account"))
"""Links of a budget line → the field in which the plan names what is linked, as files do."""


def name_linked(document: Document) -> None:
    """Name what the links of a budget line lead to, where they were changed, so that it is part of what is signed."""
    for link, field in NAMED:
        if document.meta.has_field(link) and document.get(link) and document.has_value_changed(link):
            document.set(field, document.get(link))


def import_holidays(calendar: str, holiday_list_type: str, holiday_list: str) -> dict[str, int]:
    """Add the holidays of a list of another app to a calendar.

    Needs the right to write the calendar and to read the list. Answers with numbers of days: ``added``; ``known``,
    which the calendar had; ``days_off``, which come back each week; ``half_days``, whose hours the list does not tell.
    """
    if holiday_list_type not in HOLIDAY_LISTS or not frappe.db.exists("DocType", holiday_list_type):
        frappe.throw(_("{0} is not a holiday list on this site.").format(holiday_list_type))
    source = frappe.get_doc(holiday_list_type, holiday_list)
    source.check_permission("read")
    document = frappe.get_doc(DOCTYPES["calendars"], calendar)
    document.check_permission("write")
    days = holiday_lists.sort(map(_listed, source.holidays), _weekday_names(source.owner))
    known = {str(row.day) for row in document.holidays}
    new = {day: title for day, title in days.holidays.items() if str(day) not in known}
    for day, title in new.items():
        document.append("holidays", {"day": str(day), "title": title[:140]})
    if new:
        document.save()
    return {
        "added": len(new),
        "known": len(days.holidays) - len(new),
        "days_off": len(days.days_off),
        "half_days": len(days.half_days),
    }


def _listed(row: Document) -> holiday_lists.ListedDay:
    return holiday_lists.ListedDay(
        frappe.utils.getdate(row.holiday_date),
        frappe.utils.strip_html(row.description or "").strip(),
        bool(row.get("weekly_off")),
        bool(row.get("is_half_day")),
    )


def _weekday_names(owner: str) -> set[str]:
    """What ERPNext calls the days of the week: in English, in the language of the site, the user, and who made it."""
    languages = {
        "en",
        frappe.local.lang,
        frappe.db.get_default("lang"),
        frappe.db.get_value("User", owner, "language"),
    }
    return {_(day, language) for day in WEEKDAYS for language in languages if language}
