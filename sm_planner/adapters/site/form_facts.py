"""What the form of a record is told beside its values: what of it is open, what its versions name, and which plan is being
written with it."""

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import COLLECTION_OF, OF_ORGANISATION, PLAN, RECORDS, SCOPE
from sm_planner.adapters.site.places import MARK
from sm_planner.adapters.site.presentation import called, told
from sm_planner.engine.guide.steps import OF_PLACE
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import DRAFT
from sm_planner.engine.sign_off import refusals

VERSIONS = 10
"""Versions that a form shows at first."""


def facts(doc: Document) -> dict[str, Any]:
    """``note`` and ``fields`` of :func:`openness`; ``titles``: DocType → name → title, of what versions name; ``guide``."""
    return {**openness(doc), "titles": {} if doc.is_new() else _titles(doc), "guide": guide(doc)}


def guide(doc: Document) -> dict[str, str] | None:
    """The draft that is being written with a document, the latest that the user may change: its ``plan`` and ``title``, and the
    ``step`` of its guide in which the document is written. None where there is no such draft, or no step."""
    step = OF_PLACE.get(COLLECTION_OF.get(doc.doctype, ""))
    if step is None or not frappe.has_permission(PLAN, "write"):
        return None
    if doc.get("plan"):
        about = {"name": doc.plan}
    elif doc.get("lineage"):
        about = {"lineage": doc.lineage}
    elif doc.is_new() or doc.doctype not in OF_ORGANISATION:
        return None
    else:
        rows = frappe.get_all(SCOPE, {"record_type": doc.doctype, "record": doc.name}, pluck="parent")
        about = {"name": ("in", rows)}
    drafts = frappe.get_list(
        PLAN, {"state": DRAFT, **about}, ["name", "title"], order_by="modified desc", limit_page_length=1
    )
    if not drafts:
        return None
    return {"plan": drafts[0].name, "title": drafts[0].title or drafts[0].name, "step": step.key}


def openness(doc: Document) -> dict[str, Any]:
    """What of a document its user can change. note: why not all of it; fields: those that are open, None for all.

    What a signature does not cover goes on changing after it.
    """
    right = "create" if doc.is_new() else "write"
    if not frappe.has_permission(doc.doctype, right):
        return {"note": "", "fields": None}  # a form for reading needs no explanation
    if not doc.is_new() and not frappe.has_permission(doc.doctype, right, doc):
        return {"note": _("Only the owner of the service or a planner can change this."), "fields": []}
    plan = doc.get("plan")
    state = plan and frappe.db.get_value(PLAN, plan, "state")
    refusal = refusals.refuse_change(called(PLAN, plan), state) if state else None
    if refusal is None:
        return {"note": "", "fields": None}
    declared = specs(RECORDS[doc.doctype])
    open_ones = (name for name, spec in declared.items() if not spec.sealed and name != MARK)
    return {"note": told(refusal), "fields": [doctypes.fieldname(name) for name in open_ones]}


def _titles(doc: Document) -> dict[str, dict[str, str]]:
    """The titles of what links led to before and after the changes that the timeline tells."""
    about = {"ref_doctype": doc.doctype, "docname": doc.name}
    versions = frappe.get_all("Version", about, pluck="data", order_by="creation desc", limit=VERSIONS)
    named: dict[str, set[str]] = {}
    for data in versions:
        for doctype, name in _named(doc, frappe.parse_json(data or "{}")):
            named.setdefault(doctype, set()).add(name)
    return {doctype: _titled(doctype, names) for doctype, names in named.items()}


def _named(doc: Document, version: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """DocType and name of everything that the changed links of a version name."""
    rows = [
        (table, change)
        for table, _index, _name, changes in version.get("row_changed", ())
        for change in changes
    ]
    for table, (field, old, new) in [*(("", change) for change in version.get("changed", ())), *rows]:
        holder = doc.meta.get_field(table) if table else None
        meta = frappe.get_meta(holder.options) if holder else doc.meta
        df = meta.get_field(field)
        if df and df.fieldtype == "Link" and df.options.startswith("SM "):
            yield from ((df.options, name) for name in (old, new) if name)


def _titled(doctype: str, names: set[str]) -> dict[str, str]:
    """Name → title, of those that the user may read."""
    title = frappe.get_meta(doctype).title_field
    if not title or not frappe.has_permission(doctype, "read"):
        return {}
    found = frappe.get_list(doctype, {"name": ("in", sorted(names))}, ["name", title], limit_page_length=0)
    return {row.name: row[title] for row in found if row[title]}
