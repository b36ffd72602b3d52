"""What reviews and triggers refuse where people write them; see :mod:`sm_planner.engine.rights.reviews`."""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, get_datetime_in_timezone, getdate

from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.site import doctypes
from sm_planner.adapters.site.presentation import told_html
from sm_planner.engine import rights
from sm_planner.engine.rhythm.triggers import OPEN
from sm_planner.engine.rights import reviews

HELD_BY, HELD_AT = "held_by", "held_at"
"""Who pressed the button, and when: the site alone writes it."""


def keep_own(doc: Document) -> None:
    """Leave to the site who held a review and when."""
    if not doc.flags.kept_by_server:
        old = doc.get_doc_before_save()
        for field in (HELD_BY, HELD_AT):
            doc.set(field, old.get(field) if old else None)


def guard_correction(doc: Document) -> None:
    """Refuse to change a review that was held, but by who held it, within a day."""
    old = doc.get_doc_before_save() or doc  # which is as it is stored, where nobody saves it
    if not old.held_on:
        return
    own = bool(old.held_by) and old.held_by == frappe.session.user
    held_at = get_datetime(old.held_at) if own else now()
    refusal = rights.refuse_correction(own, held_at, now())
    if refusal:
        frappe.throw(told_html(refusal), frappe.PermissionError)


def now() -> datetime:
    """The moment, as it is kept: in UTC, without a zone."""
    return get_datetime_in_timezone("UTC").replace(tzinfo=None)


def guard_deletion(doc: Document) -> None:
    """Refuse to delete what was held, and to who does not plan."""
    refuse = {
        doctypes.DOCTYPES["reviews"]: reviews.refuse_deleting_review,
        doctypes.DOCTYPES["triggers"]: reviews.refuse_deleting_trigger,
    }[doc.doctype]
    refusal = refuse(doctypes.record_of(doc), living_guards.writer())
    if refusal:
        frappe.throw(told_html(refusal), frappe.PermissionError)


def settle_trigger(doc: Document) -> None:
    """Say who noticed a new trigger and when, and when it was decided."""
    old = doc.get_doc_before_save()
    if old is None:
        doc.noticed_on = doc.noticed_on or getdate()
        people = sorted(living_guards.writer().people)
        if not doc.noticed_by and len(people) == 1:
            doc.noticed_by = people[0]
    before = old.status if old else OPEN
    if doc.status != before and not doc.flags.written_with_plan:
        doc.decided_on = None if doc.status == OPEN else getdate()
    elif old and not doc.flags.written_with_plan:
        doc.decided_on = old.decided_on
