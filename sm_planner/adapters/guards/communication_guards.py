"""What the site fills in where people enter that something was said to its audience."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import lineages
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import told as in_words
from sm_planner.engine.communication.audience import told


def say_for_whom(doc: Document) -> None:
    """Keep with a run for whom it was meant on its day, and what was said: nobody types that. The document can be read."""
    old = doc.get_doc_before_save()
    if old and (old.communication, getdate(old.day)) == (doc.communication, getdate(doc.day)):
        doc.audience, doc.message = old.audience, old.message
        return
    version = lineages.in_force_or_newest(doc.lineage)
    id = frappe.db.get_value(DOCTYPES["communications"], doc.communication, "id")
    plan = plan_reader.load(version) if version else None
    one = plan.get("communications", id) if plan and id else None
    doc.audience = in_words(told(plan, one, getdate(doc.day))) if one else ""
    doc.message = one.message if one else ""
