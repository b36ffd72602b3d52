"""What issues of reports allow beside other facts; see :mod:`sm_planner.engine.reporting.outcomes`."""

from __future__ import annotations

from frappe.model.document import Document

from sm_planner.adapters.site import doctypes
from sm_planner.engine.reporting import outcomes


def adds_outcome(doc: Document) -> bool:
    """Whether a save writes nothing but what came of an issue, which nobody had entered yet."""
    old = doc.get_doc_before_save()
    return bool(old) and outcomes.adds_outcome(doctypes.record_of(doc), doctypes.record_of(old))
