"""What workarounds and feedback refuse where people write them; see :mod:`sm_planner.engine.rights.reported`."""

from __future__ import annotations

from frappe.model.document import Document
from frappe.utils import getdate

from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.presentation import told
from sm_planner.engine import rights
from sm_planner.engine.rights.reported import refuse_deleting_reported

FACTS = "sm_planner"
"""Where a document tells its form what the values do not."""


def settle(doc: Document) -> None:
    """Say who reported a new record and when, and who answered it and when."""
    if doc.flags.written_with_plan:
        return
    people = sorted(living_guards.writer().people)
    own = people[0] if len(people) == 1 else None
    old = doc.get_doc_before_save()
    if doc.meta.has_field("came_from"):
        doc.came_from = old.came_from if old else doc.flags.came_from  # out of the reach of any request
    if old is None:
        doc.reported_on = doc.reported_on or getdate()
        doc.reported_by = doc.reported_by or own
    answer = (doc.answer or "").strip()
    if answer == ((old.answer if old else "") or "").strip():
        kept = (old.answered_on, old.answered_by) if old else (None, None)
        doc.answered_on, doc.answered_by = kept  # which nobody types
        return
    doc.answered_on = getdate() if answer else None
    doc.answered_by = own if answer else None


def tell_openness(doc: Document) -> None:
    """Tell the form of a stored record what of it this user can change, as it told of what nobody can; the save is guarded still."""
    facts = doc.get_onload(FACTS)
    if doc.is_new() or facts["fields"] is not None or not doc.has_permission("write"):
        return
    find = living_guards.find_in(doc.lineage)
    fields, why = rights.open_fields(doctypes.record_of(doc), living_guards.writer(), find)
    if fields is not None:
        facts |= {
            "fields": [doctypes.fieldname(name) for name in sorted(fields)],
            "note": why and told(why) or "",
        }
        doc.set_onload(FACTS, facts)


def guard_deletion(doc: Document) -> None:
    living_guards.refuse(refuse_deleting_reported(doctypes.record_of(doc), living_guards.writer()))
