"""What attendances allow beside other facts; see :mod:`sm_planner.engine.rights.training`."""

from __future__ import annotations

from frappe.model.document import Document

from sm_planner.adapters.site import doctypes
from sm_planner.engine.rights.training import changes_effect_alone


def adds_effect(doc: Document) -> bool:
    """Whether a save writes nothing but the effect that was seen since."""
    old = doc.get_doc_before_save()
    return bool(old) and changes_effect_alone(doctypes.record_of(doc), doctypes.record_of(old))
