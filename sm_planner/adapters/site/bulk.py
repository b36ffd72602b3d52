"""Documents deleted together, with all that hangs on them: a query for each table instead of dozens for each document."""

from collections.abc import Collection

import frappe

from sm_planner.adapters.site.about import ABOUT

HANGING = {
    **{kind: ABOUT[kind] for kind in ("Comment", "DocShare", "Document Follow", "Tag Link", "Version")},
    "Notification Log": ("document_type", "document_name"),
    "ToDo": ("reference_type", "reference_name"),
    "Workflow Action": ABOUT["Workflow Action"],
}
"""What Frappe keeps about a document, and deletes with it: DocType → its fields that say about which."""


def delete(doctype: str, names: Collection[str]) -> None:
    """Delete documents with their rows, their files, their history, and what Frappe's workflow wants done about them.

    Asks for no permission and calls no hook: whoever calls this has done so for all of them together.
    """
    if not names:
        return
    for kind, (about, which) in HANGING.items():
        _delete_with_rows(kind, {about: doctype, which: ("in", names)})
    attached = {"attached_to_doctype": doctype, "attached_to_name": ("in", names)}
    for file in frappe.get_all("File", filters=attached, pluck="name", order_by="name asc"):
        # They belong to what goes; no request sets the flag.
        frappe.delete_doc("File", file, ignore_permissions=True, flags={"goes_with_document": True})
    frappe.db.delete("__global_search", {"doctype": doctype, "name": ("in", names)})
    delete_rows(doctype, names)
    frappe.db.delete(doctype, {"name": ("in", names)})


def delete_rows(doctype: str, names: Collection[str]) -> None:
    """Delete the rows of documents, by which these hold on to each other."""
    for table in frappe.get_meta(doctype).get_table_fields():
        frappe.db.delete(table.options, {"parenttype": doctype, "parent": ("in", names)})


def _delete_with_rows(doctype: str, filters: dict[str, object]) -> None:
    if frappe.get_meta(doctype).get_table_fields():
        delete_rows(doctype, frappe.get_all(doctype, filters=filters, pluck="name", order_by="name asc"))
    frappe.db.delete(doctype, filters)
