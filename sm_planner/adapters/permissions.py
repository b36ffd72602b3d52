"""What Frappe asks the app about permissions.

Roles say what a user may do with documents of a DocType; here it is said with which of them. A User Permission for a
Company or a Department holds as if plans and persons linked to these: the fields hold text, because ERPNext need not
be there. Where it is there, it makes User Permissions of its own, to keep an employee to his own record: these hold for
links to ERPNext only if they name the DocType with the link. What belongs to a plan is for who may read the plan, rows
are for who may read the document that holds them, and what Frappe keeps about a document (comments, files, tags …) is
for who may read that document.
"""

from collections.abc import Iterable, Iterator

import frappe
from frappe import _
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.desk.reportview import build_match_conditions
from frappe.model.document import Document
from frappe.permissions import get_allowed_docs_for_doctype, get_role_permissions, push_perm_check_log
from frappe.share import get_shared, get_shared_doctypes
from frappe.utils.caching import request_cache

from sm_planner.adapters import plan_reader
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.about import ABOUT
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE, OF_LINEAGE, OF_PLAN, PERSONAL, READ_ALONE
from sm_planner.adapters.site.roles import OWNER
from sm_planner.engine.model import COLLECTIONS
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import SUPERSEDED

COMPANY, DEPARTMENT = "Company", "Department"

ORGANISATION = {
    doctypes.PLAN: ((COMPANY, "company"), (DEPARTMENT, "unit")),
    DOCTYPES["people"]: ((DEPARTMENT, "department"),),
}
"""DocType → DocTypes of the organisation, each with the field whose text names one."""


HELD = frozenset((*OF_PLAN, *OF_LINEAGE, LINEAGE))
"""DocTypes whose documents are read by who may read a plan."""

NONE = "1 = 0"
"""The SQL condition for no document."""

OWNED = {
    DOCTYPES[name]: one.kept_by if specs(one.record)[one.kept_by].target == "people" else ""
    for name, one in COLLECTIONS.items()
    if one.kept_by
}
"""DocType that an owner writes → the field that names its owner; empty where its service does."""


def may_open() -> bool:
    """Whether the app is on the user's apps screen."""
    return bool(frappe.has_permission(doctypes.PLAN, "read"))


def of_organisation(user: str | None, doctype: str) -> str:
    """The SQL condition for the documents that the user's companies, departments and other records of ERPNext allow;
    empty if all."""
    if not _has_role(doctype, user):
        return _shared(doctype, user)
    return " and ".join([*_with_allowed_rows(doctype, user), *_with_allowed_fields(doctype, user)])


def of_readable_plans(user: str | None, doctype: str) -> str:
    """The SQL condition for what belongs to plans that the user may read, or to their lineages; empty if to all.

    Who may read a version of a plan may read what lives on between its versions.
    """
    if not _has_role(doctype, user):
        return _shared(doctype, user)
    conditions = [*_with_allowed_rows(doctype, user), *_with_allowed_fields(doctype, user)]
    if plans := readable(doctypes.PLAN, user):
        held_by, named = _held_by(doctype)
        column = f"`tab{doctype}`.{held_by}"
        field = frappe.get_meta(doctype).get_field(held_by)
        none = "" if field is None or field.reqd else f"ifnull({column}, '') = '' or "
        conditions.append(f"({none}{column} in ({_readable(doctypes.PLAN, plans, named)}))")
    return " and ".join(conditions)


def of_own_people(user: str | None, doctype: str) -> str:
    """The SQL condition for what is said of people's skills: of the user's own, of whom he leads, or of all for who plans."""
    conditions = [of_readable_plans(user, doctype)]
    people = people_led_by(user)
    if people is not None:
        conditions.append(f"`tab{doctype}`.person in ({_names(sorted(people))})")
    return " and ".join(f"({one})" for one in conditions if one)


def people_led_by(user: str | None = None) -> frozenset[str] | None:
    """Of whom a user may read what is said of their skills: himself and whom he leads.

    Who plans reads it of all, which is None; if he is kept to some plans, of the people whom these name.
    """
    user = user or frappe.session.user
    plans = bool(frappe.has_permission(doctypes.PLAN, "write", user=user))
    if plans and not readable(doctypes.PLAN, user):
        return None
    people, own = DOCTYPES["people"], people_of(user)
    led = (
        frappe.get_all(people, {"reports_to": ("in", own)}, pluck="name", order_by="name asc") if own else ()
    )
    return frozenset((*own, *led, *(_named_in_plans_of(user) if plans else ())))


def _named_in_plans_of(user: str) -> Iterator[str]:
    """The people whom the plans name that a user may read. What was superseded names nobody any more."""
    states = {"state": ("!=", SUPERSEDED)}
    for row in frappe.get_list(
        doctypes.PLAN, states, ["name", "modified"], user=user, limit_page_length=0, order_by="name asc"
    ):
        yield from _people_of(row.name, str(row.modified))


@request_cache
def _people_of(plan: str, modified: str) -> tuple[str, ...]:
    """The ids of the people of a plan, worked out once in a request; of one that cannot be read, none.

    By the right of the app: who is named follows from records of others too. modified: when the plan changed last.
    """
    try:
        return tuple(plan_reader.load_for_parts(plan).index["people"])
    except frappe.ValidationError:
        frappe.clear_last_message()
        return ()


def is_of_own_people(doc: Document, user: str | None = None, debug: bool = False) -> bool:
    """Whether what is said of somebody's skills is for the user, or of nobody yet."""
    people = people_led_by(user)
    if people is None or not doc.person or doc.person in people:
        return True
    refusal = _("It is about the skills of somebody whom you do not lead, and whom no plan of yours names.")
    push_perm_check_log(refusal, debug=debug)
    return False


def _held_by(doctype: str) -> tuple[str, str]:
    """The field by which a document belongs to a plan or a lineage, and the field of a plan that it names."""
    if doctype == LINEAGE:
        return "name", "lineage"
    return ("lineage", "lineage") if doctype in OF_LINEAGE else ("plan", "name")


def readable(doctype: str, user: str | None = None) -> str:
    """The SQL condition for the documents of a DocType that a user may read: empty if all, :data:`NONE` if none.

    That of Frappe alone leaves out that a user without a role reads what is shared with him, and nothing else.
    """
    if not _has_role(doctype, user):
        return _shared(doctype, user)
    if not frappe.has_permission(doctype, "read", user=user):
        return NONE
    return build_match_conditions(doctype, user).replace("%%", "%")


def reads_all(doctype: str, user: str | None = None) -> bool:
    """Whether a user may read every document of a DocType, or every row of it."""
    holders = doctypes.holders_of(doctype) if frappe.get_meta(doctype).istable else [doctype]
    return not any(readable(holder, user) for holder in holders)


def may_see(doctype: str, name: str, user: str | None = None) -> bool:
    """Whether there is a document, or a row, of this name that the user may read, or choose in a link."""
    if frappe.get_meta(doctype).istable:
        row = frappe.db.get_value(doctype, name, ["parenttype", "parent"], as_dict=True)
        return bool(row) and may_see(row.parenttype, row.parent, user)
    return bool(frappe.db.exists(doctype, name)) and any(
        frappe.has_permission(doctype, right, name, user=user) for right in ("read", "select")
    )


def is_allowed(doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
    """Whether the user may do with a document what the roles allow with some.

    One answer for all that is asked: of several functions, Frappe 15 takes the answer of the last alone.
    """
    return (
        is_of_organisation(doc, user, debug)
        and (doc.doctype not in HELD or is_of_readable_plan(doc, user, debug))
        and (doc.doctype not in PERSONAL or is_of_own_people(doc, user, debug))
        and (doc.doctype not in OWNED or is_owned(doc, ptype, user, debug))
    )


def is_of_organisation(doc: Document, user: str | None = None, debug: bool = False) -> bool:
    """Whether the user's companies, departments and other records of ERPNext allow a document."""
    for kind, field, allowed in _kept_to(doc.doctype, user):
        named = doc.get(field) or ""
        if (named or _is_strict()) and named.casefold() not in map(str.casefold, allowed):
            # what it is called is not for who may not read the document
            refusal = _("It belongs to a {0} that you may not read.")
            push_perm_check_log(refusal.format(_(kind)), debug=debug)
            return False
    return True


def is_of_readable_plan(doc: Document, user: str | None = None, debug: bool = False) -> bool:
    """Whether a document belongs to a plan that the user may read, or to its lineage, or to none yet."""
    held_by, named = _held_by(doc.doctype)
    holder = doc.get(held_by)
    plans = readable(doctypes.PLAN, user)
    if plans == NONE:
        return False
    if not holder or not plans or not frappe.db.exists(doctypes.PLAN, {named: holder}):
        return True
    if frappe.get_list(doctypes.PLAN, filters={named: holder}, user=user, limit=1):
        return True
    push_perm_check_log(_("It belongs to a plan that you may not read."), debug=debug)
    return False


def is_owned(doc: Document, ptype: str | None, user: str | None = None, debug: bool = False) -> bool:
    """Whether the user may write a document: with the role of an owner alone, what the user owns.

    An owner keeps the services that name them, what is about one of these, and the agreements that they own.
    """
    user = user or frappe.session.user
    if ptype != "write" or not _writes_as_owner_only(doc.doctype, user):
        return True
    people = people_of(user)
    if people and (doc.get(OWNED[doc.doctype]) in people or _owns_one(_services_of(doc), people)):
        return True
    push_perm_check_log(_("It does not belong to a service that you own."), debug=debug)
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
    held = [_in_readable(doctype, holder, user) for holder in doctypes.holders_of(doctype)]
    return f"({' or '.join(filter(None, held)) or NONE})"


def _in_readable(doctype: str, holder: str, user: str | None) -> str:
    """The condition for rows of one DocType that holds them; empty if for none."""
    of_holder = f"`tab{doctype}`.parenttype = {frappe.db.escape(holder)}"
    if frappe.get_meta(holder).issingle:
        return f"({of_holder})" if frappe.has_permission(holder, "read", user=user) else ""
    conditions = readable(holder, user)
    if conditions == NONE:
        return ""
    if not conditions:
        return f"({of_holder})"
    return f"({of_holder} and `tab{doctype}`.parent in ({_readable(holder, conditions)}))"


def about(user: str | None, doctype: str) -> str:
    """The SQL condition for what Frappe keeps about documents: of ours, about those that the user may read."""
    restricted = _restricted(user)
    if not restricted:
        return ""
    kind, name = (f"`tab{doctype}`.`{field}`" for field in ABOUT[doctype])
    conditions = [f"ifnull({kind}, '') not in ({_names(restricted)})"]
    for one, condition in restricted.items():
        if condition != NONE:
            conditions.append(
                f"({kind} = {frappe.db.escape(one)} and {name} in ({_readable(one, condition)}))"
            )
    return f"({' or '.join(conditions)})"


def is_about_readable(
    doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
    """Refuse what Frappe keeps about a document of ours that the user may not read; else leave it to Frappe."""
    kind, name = (doc.get(field) for field in ABOUT[doc.doctype])
    if kind not in READ_ALONE or not name or reads_all(kind, user) or may_see(kind, name, user):
        return _no_word()
    return False


def of_own_reports(user: str | None, doctype: str) -> str:
    """The SQL condition for results of reports that Frappe keeps: ours are for whom they were made, or who reads all
    plans. Frappe shows them to everybody who may run the report."""
    if not readable(doctypes.PLAN, user):
        return ""
    owner = frappe.db.escape(user or frappe.session.user, percent=False)
    ours = frappe.get_all("Report", {"ref_doctype": ("in", READ_ALONE)}, pluck="name", order_by="name asc")
    return f"(`tab{doctype}`.report_name not in ({_names(ours)}) or `tab{doctype}`.owner = {owner})"


def is_own_report(
    doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
    """Refuse results of our reports that were made for others; else leave it to Frappe."""
    ours = frappe.db.get_value("Report", doc.report_name, "ref_doctype") in READ_ALONE
    if ours and doc.owner != (user or frappe.session.user) and readable(doctypes.PLAN, user):
        return False
    return _no_word()


def _no_word() -> bool | None:
    """What leaves a permission to others who are asked: in Frappe 15 nothing, later a yes."""
    return None if frappe.__version__.startswith("15.") else True


def _restricted(user: str | None) -> dict[str, str]:
    """DocTypes of ours of which the user may not read every document → the condition for those that he may."""
    shared = set(get_shared_doctypes(user or frappe.session.user))
    return {
        doctype: condition
        for doctype in READ_ALONE
        if (condition := readable(doctype, user) if doctype in shared or _has_role(doctype, user) else NONE)
    }


def _has_role(doctype: str, user: str | None) -> bool:
    """Whether a role of the user reads documents of a DocType, and not a share alone."""
    held = get_role_permissions(doctype, user=user)
    return bool(held.get("read") or held.get("select"))


def _shared(doctype: str, user: str | None) -> str:
    """The SQL condition for the documents that are shared with a user."""
    names = get_shared(doctype, user)
    return f"`tab{doctype}`.name in ({_names(names)})" if names else NONE


def _with_allowed_rows(doctype: str, user: str | None) -> Iterator[str]:
    """The SQL conditions for documents of whose rows no link leads to what User Permissions forbid.

    Frappe refuses to open the others, and lists them. To who reads what is his own alone, it opens them all.
    """
    permissions = get_user_permissions(user)
    if not permissions or "read" in get_role_permissions(doctype, user=user).get("if_owner", ()):
        return
    for table in frappe.get_meta(doctype).get_table_fields():
        for link in frappe.get_meta(table.options).get_link_fields():
            allowed = get_allowed_docs_for_doctype(permissions.get(link.options, []), doctype)
            if not allowed or link.ignore_user_permissions:
                continue
            column = f"`tab{table.options}`.`{link.fieldname}`"
            unnamed = "" if _is_strict() else f"ifnull({column}, '') != '' and "
            other = f"{unnamed}ifnull({column}, '') not in ({_names(allowed)})"
            held = f"`tab{table.options}`.parenttype = {frappe.db.escape(doctype)} and {other}"
            yield f"`tab{doctype}`.name not in (select parent from `tab{table.options}` where {held})"  # noqa: S608


def _with_allowed_fields(doctype: str, user: str | None) -> Iterator[str]:
    """The SQL conditions for documents that name nothing of the organisation to which the user is not kept."""
    for _kind, field, allowed in _kept_to(doctype, user):
        column = f"`tab{doctype}`.`{field}`"
        unnamed = "" if _is_strict() else f"ifnull({column}, '') = '' or "
        yield f"({unnamed}{column} in ({_names(allowed)}))"


def _names(names: Iterable[str]) -> str:
    """Names as SQL has them in a list."""
    return ", ".join(frappe.db.escape(name, percent=False) for name in names) or "''"


def _readable(doctype: str, conditions: str, field: str = "name") -> str:
    """The query for a field of documents, mostly their names. The conditions are Frappe's own."""
    return f"select {field} from `tab{doctype}` where {conditions}"  # noqa: S608


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
