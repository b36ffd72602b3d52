"""What assessments and frameworks refuse where people write them; see :mod:`sm_planner.engine.rights.assessments`."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.model.assessments import SUBMITTED
from sm_planner.engine.rights.assessments import refuse_deleting_assessment


def guard(doc: Document) -> None:
    """Refuse what the user may not write. A plan file brings new ones as they are."""
    living_guards.guard(doc, as_stored=bool(doc.is_new() and doc.flags.written_with_plan))


def is_submitted_now(doc: Document) -> bool:
    """Whether somebody submits the assessment by this save."""
    old = doc.get_doc_before_save()
    return doc.status == SUBMITTED and bool(old) and old.status != SUBMITTED


def guard_deletion(doc: Document) -> None:
    """Refuse to delete what was submitted."""
    living_guards.refuse(refuse_deleting_assessment(doctypes.record_of(doc)))
    living_guards.guard(doc, as_stored=True)


def guard_framework(doc: Document) -> None:
    """Refuse to change lines or levels under a version by which somebody has assessed: who compares would be misled."""
    old = doc.get_doc_before_save()
    if not old or doc.version != old.version:
        return
    before, now = doctypes.record_of(old), doctypes.record_of(doc)
    if (before.levels, before.lines) == (now.levels, now.lines):
        return
    used = {"lineage": doc.lineage, "framework": doc.id, "framework_version": doc.version or ""}
    if frappe.db.exists(DOCTYPES["assessments"], used):
        frappe.throw(
            _(
                "Somebody has assessed by this version. Give the framework another version, and change it then."
            )
        )
