"""What improvements refuse where people write them; see :mod:`sm_planner.engine.rights.improvements`."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes
from sm_planner.engine.model.vocabulary import SUGGESTION
from sm_planner.engine.rights.improvements import refuse_deleting_improvement


def settle(doc: Document) -> None:
    """Say of a new suggestion who had it, and when."""
    if not doc.is_new() or doc.kind != SUGGESTION or doc.flags.written_with_plan:
        return
    doc.suggested_on = doc.suggested_on or getdate()
    people = sorted(living_guards.writer().people)
    if not doc.suggested_by and len(people) == 1:
        doc.suggested_by = people[0]


def guard(doc: Document) -> None:
    """Refuse what the user may not write. A plan file brings the states of new entries with it, where it may: see the writer of
    plans."""
    living_guards.guard(doc, as_stored=bool(doc.is_new() and doc.flags.written_with_plan))


def guard_deletion(doc: Document) -> None:
    """Refuse to delete what was decided about."""
    if frappe.flags.sm_planner_migrating:  # which makes one entry of several; out of the reach of any request
        return
    living_guards.guard(doc, as_stored=True)
    living_guards.refuse(refuse_deleting_improvement(doctypes.record_of(doc)))
