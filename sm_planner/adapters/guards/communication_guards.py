"""What the site fills in where people enter that something was said to its audience."""

from __future__ import annotations

from frappe.model.document import Document

from sm_planner.adapters import plan_reader
from sm_planner.adapters.site import lineages
from sm_planner.adapters.site.doctypes import record_of
from sm_planner.adapters.site.presentation import told as in_words
from sm_planner.engine.communication.audience import told


def say_for_whom(doc: Document) -> None:
    """Keep with a run for whom it was meant on its day: nobody types that. The document can be read."""
    old = doc.get_doc_before_save()
    if old and (old.communication, old.day) == (doc.communication, doc.day):
        doc.audience = old.audience
        return
    version = lineages.in_force_or_newest(doc.lineage)
    run = record_of(doc)
    plan = plan_reader.load(version) if version else None
    one = plan.get("communications", run.communication) if plan else None
    doc.audience = in_words(told(plan, one, run.day)) if one and run.day else ""
