"""What every document of the app refuses, whichever door a change comes through."""

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.engine.sealing import canonical


def refuse_link() -> None:
    """Refuse changes in answer to a GET request, which a link sends in the session of whoever follows it.

    Frappe undoes what such a request writes, but for functions of its own that end the transaction themselves.
    """
    request = getattr(frappe.local, "request", None)
    if request and request.method in ("GET", "HEAD", "OPTIONS"):
        frappe.throw(_("A link cannot make changes. Send this as a POST request."), frappe.PermissionError)


def refuse_submitted(doc: Document) -> None:
    """Refuse what says that it is submitted where nothing is: Frappe cleans the texts of drafts only."""
    if doc.docstatus and not doc.meta.is_submittable:
        frappe.throw(_("{0} cannot be submitted or cancelled. Leave docstatus at 0.").format(_(doc.doctype)))


def refuse_hidden(doc: Document) -> None:
    """Refuse to change what the user may not as it is stored: Frappe asks about the document as it would be."""
    old = doc.get_doc_before_save()
    by_server = doc.flags.kept_by_server or doc.flags.reported_here  # which asked by itself whose it is
    if old and not by_server:
        frappe.has_permission(doc.doctype, "read", old, throw=True)
        if doc.doctype != PLAN:  # which whoever signs sends back without the right to write
            frappe.has_permission(doc.doctype, "write", old, throw=True)


def refuse_foreign_rows(doc: Document) -> None:
    """Refuse rows that are another document's: Frappe would take them away from there, whatever its state.

    And rows that stand for one stored row together, of which Frappe would keep the last.
    """
    if doc.is_new():  # then Frappe gives every row a name of its own
        return
    for table in doc.meta.get_table_fields():
        names = [row.name for row in doc.get(table.fieldname) if not row.is_new()]
        own = {"parenttype": doc.doctype, "parentfield": table.fieldname, "parent": doc.name}
        stored = frappe.get_all(table.options, {**own, "name": ("in", names)}, pluck="name") if names else []
        if sorted(stored) != sorted(names):
            frappe.throw(
                _("{0} holds rows of another document.").format(_(table.label)), frappe.PermissionError
            )


def is_changed(doc: Document, old: Document) -> bool:
    """Whether a save would change what is signed. Both can be read; see :meth:`ModelDocument.refuse_problems`."""
    return _content(doc) != _content(old)


def _content(doc: Document) -> object:
    """What would be signed of a document alone, with its scope; in a form that can be compared."""
    scope = [(row.record_type, row.record) for row in doc.get("scope") or ()]
    return canonical.record_content(doctypes.record_of(doc)), scope
