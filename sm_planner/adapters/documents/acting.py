"""What acts on documents that the site keeps have in common: reviews that are held, sanity checks, and what comes of them."""

from __future__ import annotations

from typing import Any, NoReturn

import frappe
from frappe.model.document import Document

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import doctypes, lineages, locks
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import told_html
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import Text


def opened(doctype: str, name: str) -> Document:
    """A document that the user may read, which nobody else changes until the transaction ends."""
    with locks.in_words(name):
        doc = frappe.get_doc(doctype, name, for_update=True)
    doc.check_permission("read")
    return doc


def store(doc: Document, record: Any) -> None:
    """Write what is new in a record of the site's. Rows stay those that they are, and no row goes."""
    changed = doctypes.write(record, doctypes.changed(doctypes.record_of(doc), record))
    for field, value in changed.items():
        if not isinstance(value, list):
            doc.set(field, value)
            continue
        there = doc.get(field)
        for row, values in zip(there, value, strict=False):
            row.update(values)
        for values in value[len(there) :]:
            doc.append(field, values)
    # What is kept of it is the site's to write: who may have it written was asked before.
    doc.flags.kept_by_server = True  # out of the reach of any request
    doc.save(ignore_permissions=True)


def made_of(record: Any, lineage: str) -> Document:
    """The document of a register that a decision, or a difference, becomes."""
    made = new_of(record, lineage)
    # Who holds it may say what comes of it: he may write no register of others' by himself.
    made.flags.kept_by_server = True  # out of the reach of any request
    return made.insert(ignore_permissions=True)


def new_of(record: Any, lineage: str) -> Document:
    """A new document of a register, not stored yet."""
    values = doctypes.write(doctypes.with_names(record, "", lineage))
    return frappe.get_doc({"doctype": doctypes.doctype_of(record), "lineage": lineage, **values})


def plan_of(lineage: str) -> Plan | None:
    """The plan that is meant: the version in force, or the one that is being prepared; None where the user reads none."""
    version = lineages.in_force_or_newest(lineage)
    return plan_reader.load(version) if version and frappe.has_permission(PLAN, "read", version) else None


def refuse(why: Text, error: type[Exception] = frappe.ValidationError) -> NoReturn:
    frappe.throw(told_html(why), error)
