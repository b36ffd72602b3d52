"""What Frappe asks the app about permissions.

Roles say what a user may do with documents of a DocType; here it is said with which of them. A User Permission for a
Company or a Department holds as if plans and persons linked to these: the fields hold text, because ERPNext need not
be there. Where it is there, it makes User Permissions of its own, to keep an employee to his own record: these hold for
links to ERPNext only if they name the DocType with the link. What belongs to a plan is for who may read the plan, rows
are for who may read the document that holds them.
"""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.desk.reportview import build_match_conditions
from frappe.model.document import Document
from frappe.permissions import get_allowed_docs_for_doctype, push_perm_check_log
from frappe.utils import escape_html

from sm_planner.adapters import doctypes, optional_apps
from sm_planner.adapters.doctypes import DOCTYPES

COMPANY, DEPARTMENT = "Company", "Department"

ORGANISATION = {
    doctypes.PLAN: ((COMPANY, "company"), (DEPARTMENT, "unit")),
    DOCTYPES["people"]: ((DEPARTMENT, "department"),),
}
"""DocType → DocTypes of the organisation, each with the field whose text names one."""

OWNER = "SM Service Owner"
"""The role of who keeps services, and writes no others."""

OWNED = {
    DOCTYPES["services"]: "service_owner",
    DOCTYPES["agreements"]: "agreement_owner",
    DOCTYPES["catalogue"]: "",
    DOCTYPES["components"]: "",
    DOCTYPES["requirements"]: "",
}
"""DocType that an owner writes → the field that names its owner; empty where its service does."""


def may_open() -> bool:
    """Whether the app is on the user's apps screen."""
    return bool(frappe.has_permission(doctypes.PLAN, "read"))


def of_organisation(user: str | None, doctype: str) -> str:
    """The SQL condition for the documents that the user's companies, departments and other records of ERPNext allow;
    empty if all."""
    conditions = []
    for _kind, field, allowed in _kept_to(doctype, user):
        column = f"`tab{doctype}`.`{field}`"
        names = ", ".join(frappe.db.escape(name) for name in allowed)
        unnamed = "" if _is_strict() else f"ifnull({column}, '') = '' or "
        conditions.append(f"({unnamed}{column} in ({names}))")
    return " and ".join(conditions)


def is_of_organisation(
    doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool:
    """Whether the user's companies, departments and other records of ERPNext allow a document."""
    for kind, field, allowed in _kept_to(doc.doctype, user):
        named = doc.get(field) or ""
        if (named or _is_strict()) and named.casefold() not in map(str.casefold, allowed):
            refusal = _("{0} “{1}” is not among those that you are allowed.")
            push_perm_check_log(refusal.format(_(kind), escape_html(named)), debug=debug)
            return False
    return True


def of_readable_plans(user: str | None, doctype: str) -> str:
    """The SQL condition for what belongs to plans that the user may read; empty if to all."""
    if not frappe.has_permission(doctypes.PLAN, "read", user=user):
        return "1 = 0"
    conditions = build_match_conditions(doctypes.PLAN, user)
    if not conditions:
        return ""
    column = f"`tab{doctype}`.plan"
    none = "" if frappe.get_meta(doctype).get_field("plan").reqd else f"ifnull({column}, '') = '' or "
    return f"({none}{column} in ({_readable(doctypes.PLAN, conditions)}))"


def is_of_readable_plan(
    doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool:
    """Whether a document belongs to a plan that the user may read, or to none yet."""
    plan = doc.get("plan")
    if not frappe.has_permission(doctypes.PLAN, "read", user=user):
        return False
    if (
        not plan
        or not build_match_conditions(doctypes.PLAN, user)
        or not frappe.db.exists(doctypes.PLAN, plan)
    ):
        return True
    if frappe.get_list(doctypes.PLAN, filters={"name": plan}, user=user, limit=1):
        return True
    push_perm_check_log(_("It belongs to a plan that you may not read."), debug=debug)
    return False


def is_owned(doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
    """Whether the user may write a document: with the role of an owner alone, what the user owns.

    An owner keeps the services that name them, what is about one of these, and the agreements that they own.
    """
    user = user or frappe.session.user
    if ptype != "write" or not _writes_as_owner_only(doc.doctype, user):
        return True
    people = frappe.get_all(DOCTYPES["people"], {"user": user}, pluck="name", order_by="name asc")
    if people and (doc.get(OWNED[doc.doctype]) in people or _owns_one(_services_of(doc), people)):
        return True
    push_perm_check_log(_("It belongs to no service that you own."), debug=debug)
    return False


def _writes_as_owner_only(doctype: str, user: str) -> bool:
    """Whether none but the role of an owner lets the user write documents of a DocType."""
    held = set(frappe.get_roles(user))
    writing = {one.role for one in frappe.get_meta(doctype).permissions if one.write and not one.permlevel}
    return writing & held == {OWNER}


def _services_of(doc: Document) -> set[str]:
    """The services that a document is about."""
    tables = (doc.get("scope") or (), doc.get("services") or ())
    rows = {row.get("service") or row.get("record") for table in tables for row in table}
    return {doc.get("service"), *rows} - {None, ""}


def _owns_one(services: set[str], people: list[str]) -> bool:
    owned = {"name": ("in", sorted(services)), "service_owner": ("in", people)}
    return bool(services) and bool(frappe.db.exists(DOCTYPES["services"], owned))


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
    return f"({of_holder} and `tab{doctype}`.parent in ({_readable(holder, conditions)}))"


def _readable(doctype: str, conditions: str) -> str:
    """The query for the names of documents. The conditions are Frappe's own."""
    return f"select name from `tab{doctype}` where {conditions}"  # noqa: S608


def _kept_to(doctype: str, user: str | None) -> Iterator[tuple[str, str, list[str]]]:
    """To what the user is kept in a DocType: a DocType of the organisation, the field that names one, and the names."""
    permissions = get_user_permissions(user)
    if not permissions:
        return
    for kind, field in (*ORGANISATION.get(doctype, ()), *optional_apps.links_of(doctype)):
        meant = permissions.get(kind, [])
        if kind not in (COMPANY, DEPARTMENT):
            meant = [one for one in meant if one.get("applicable_for") == doctype]
        if allowed := get_allowed_docs_for_doctype(meant, doctype):
            yield kind, field, allowed


def _is_strict() -> bool:
    """Whether User Permissions hide what names no company at all: a setting of the site."""
    return bool(frappe.get_system_settings("apply_strict_user_permissions"))
