"""What the document of a lineage refuses: the server makes and keeps it, and people set only what no version says."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from sm_planner.adapters.guards import document_guards
from sm_planner.adapters.site import lineages


def guard(doc: Document) -> None:
    """Leave to the server what follows from the versions."""
    document_guards.refuse_link()
    document_guards.refuse_submitted(doc)
    document_guards.refuse_hidden(doc)
    old = doc.get_doc_before_save()
    if old is None:
        if not doc.flags.kept_by_server:
            frappe.throw(
                _("A lineage is made with the first version of a plan. Write a new plan."),
                frappe.PermissionError,
            )
        return
    for field in ("lineage", *lineages.KEPT):
        doc.set(field, old.get(field))


def refuse_trash(doc: Document) -> NoReturn:
    frappe.throw(
        _("{0} goes with its last version. Delete the draft of the plan.").format(escape_html(doc.name)),
        frappe.PermissionError,
    )


def refuse_rename(doc: Document) -> NoReturn:
    frappe.throw(_("{0} keeps its ID, because plans and seals refer to it.").format(escape_html(doc.name)))
