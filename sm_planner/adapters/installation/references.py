"""What on a site names records of the app: in documents of Frappe, of other apps, and of the organisation.

When the app goes, Frappe deletes its records, and leaves every reference to them behind: a form with one is not saved
any more. And it deletes what is shared with others without asking who else uses it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import frappe
from frappe.model.rename_doc import get_link_fields

from sm_planner.adapters.site import bulk
from sm_planner.adapters.site.about import ABOUT

GO_ALONG = {
    ("Comment", "reference_doctype"),
    ("Custom Role", "report"),
    ("Dashboard Chart", "document_type"),
    ("Dashboard Chart", "report_name"),
    ("Desktop Icon", "_doctype"),
    ("Desktop Icon", "_report"),
    ("Document Share Key", "reference_doctype"),
    ("Email Unsubscribe", "reference_doctype"),
    ("File", "attached_to_doctype"),
    ("Form Tour", "reference_doctype"),
    ("List Filter", "reference_doctype"),
    ("Notification Log", "document_type"),
    ("Number Card", "document_type"),
    ("Number Card", "report_name"),
    ("Print Format", "doc_type"),
    ("Reminder", "reminder_doctype"),
    ("Server Script", "reference_doctype"),
    ("Tag Link", "document_type"),
    ("ToDo", "reference_type"),
    ("User Permission", "applicable_for"),
    ("View Log", "reference_doctype"),
    ("Workflow Action", "reference_doctype"),
}
"""Documents that are only about what a field names, although the field may be empty: DocType, field.

Of a User Permission it is more: with an empty *Applicable For* it would hold everywhere.
"""

ABOUT_DOCUMENTS = {
    **{
        kind: ABOUT[kind]
        for kind in ("Comment", "DocShare", "Document Follow", "Tag Link", "Version", "View Log")
    },
    "Notification Log": ("document_type", "document_name"),
    "ToDo": ("reference_type", "reference_name"),
}
"""What Frappe keeps about single documents, and deletes with them: DocType, fields with DocType and name."""

Records = dict[str, set[str]]
"""DocType → names."""


class Reference(NamedTuple):
    """A field that names records of one DocType. kind: the field that says of which, in a dynamic link."""

    holder: str
    field: str
    kind: str = ""


ON_WORKSPACES = (
    Reference("Workspace Link", "link_to", "link_type"),
    Reference("Workspace Shortcut", "link_to", "type"),
    Reference("Workspace Sidebar Item", "link_to", "link_type"),
)
"""What stands on workspaces, and on the sidebars of Frappe 16, which name DocTypes and reports by dynamic links."""


def to(doctype: str) -> Iterator[Reference]:
    """The fields of the site in which records of a DocType are named."""
    links = [Reference(field["parent"], field["fieldname"]) for field in get_link_fields(doctype)]
    for reference in (*links, *ON_WORKSPACES):
        holder = reference.holder
        # Customisations of apps that are gone name DocTypes that are gone; virtual DocTypes have no table.
        if frappe.db.exists("DocType", holder) and (
            _is_single(holder) or _has_column(holder, reference.field)
        ):
            yield reference


def forget(records: Records) -> Records:
    """Take away every reference to records that are about to go, from whatever stays.

    Rows go. In documents the field is emptied, unless they cannot be without what they name, or are only about it:
    these are about to go too. Returns everything that is, ``records`` among it; who calls deletes it.
    """
    going = {doctype: set(names) for doctype, names in records.items()}
    # None of a DocType is left out: Frappe reads an empty list in a filter as one with an empty text.
    found = [(doctype, names) for doctype, names in records.items() if names]
    while found:
        doctype, names = found.pop()
        for reference in to(doctype):
            more = _forget_in(reference, doctype, names, going)
            if more:
                going.setdefault(reference.holder, set()).update(more)
                found.append((reference.holder, more))
    return going


def user_of(doctype: str, name: str, going: Records | None = None, apart: tuple[str, ...] = ()) -> str:
    """Which document names a record, in words; empty if none does that stays when ``going`` is gone.

    apart: DocTypes that may name it without needing it.
    """
    for reference in to(doctype):
        holder, field, _kind = reference
        if _is_single(holder):
            if frappe.db.get_single_value(holder, field) == name:
                return holder
            continue
        for row in _rows(reference, doctype, {name}):
            kind, user = (row.parenttype, row.parent) if row.get("parenttype") else (holder, row.name)
            if kind not in apart and user not in (going or {}).get(kind, ()) and _is_there(kind, user):
                return f"{kind} {user}"
    return ""


def delete(doctype: str, names: Iterable[str]) -> None:
    """Delete documents with their rows and what is kept about them, past controllers that would ask about documents
    that go too."""
    names = sorted(names)
    if names:
        bulk.delete_rows(doctype, names)
        frappe.db.delete(doctype, {"name": ("in", names)})
        for about, (kind, name) in ABOUT_DOCUMENTS.items():
            frappe.db.delete(about, {kind: doctype, name: ("in", names)})
        for name in names:
            frappe.clear_document_cache(doctype, name)


def _forget_in(reference: Reference, doctype: str, names: set[str], going: Records) -> set[str]:
    """Take away one field's references; the documents that go with them."""
    holder, field, _kind = reference
    meta = frappe.get_meta(holder)
    if meta.issingle:
        if frappe.db.get_single_value(holder, field) in names:
            frappe.db.set_single_value(holder, field, "")
        return set()
    rows = {row.name for row in _rows(reference, doctype, names)} - going.get(holder, set())
    if not rows:
        return set()
    if meta.istable:
        frappe.db.delete(holder, {"name": ("in", sorted(rows))})
        return set()
    if (holder, field) in GO_ALONG or meta.get_field(field).reqd:
        return rows
    emptied = [field, *(df.fieldname for df in meta.get_dynamic_link_fields() if df.options == field)]
    frappe.db.set_value(holder, {"name": ("in", sorted(rows))}, dict.fromkeys(emptied), update_modified=False)
    return set()


def _rows(reference: Reference, doctype: str, names: set[str]) -> list[frappe._dict]:
    """The rows in which a field names one of these records; with what they belong to, where they are rows of tables."""
    holder, field, kind = reference
    fields = ["name", "parent", "parenttype"] if frappe.get_meta(holder).istable else ["name"]
    named = {field: ("in", sorted(names)), **({kind: doctype} if kind else {})}
    return frappe.get_all(holder, named, fields, order_by="name asc")


def _is_there(doctype: str, name: str) -> bool:
    """Whether a document is there, and not only rows that were left of it."""
    return bool(frappe.db.exists("DocType", doctype) and frappe.db.exists(doctype, name))


def _has_column(doctype: str, field: str) -> bool:
    return bool(frappe.db.table_exists(doctype) and frappe.db.has_column(doctype, field))


def _is_single(doctype: str) -> bool:
    return bool(frappe.get_meta(doctype).issingle)
