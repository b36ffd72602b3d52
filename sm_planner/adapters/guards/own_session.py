"""What people say of themselves is said in their own session, and of what they were shown."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.site import sessions


def guard_acknowledgement(doc: Document, told: str = "") -> None:
    """Refuse a confirmation of one's own that others could have sent, and one of what no page showed.

    What somebody enters for another says so, and proves nothing: it needs no such guard. told: what the user is told where
    others could have sent it.
    """
    old = doc.get_doc_before_save()
    if (
        doc.shown
        and doc.shown != (old and old.shown)
        and not (doc.flags.shown_here or doc.flags.written_with_plan)
    ):
        frappe.throw(
            _(
                "What a person was shown is noted where it is shown: on the page “My Part in the Plan”. Leave it empty here."
            ),
            frappe.PermissionError,
        )
    if not doc.entered_by:
        refuse_others(
            told
            or _(
                "A part is confirmed by the person alone, after a log-in of his own: not with a key, and not by others who use the account."
            )
        )


def guard_word(doc: Document) -> None:
    """Refuse what somebody says of a report in the own name, where others could have sent it."""
    if not doc.entered_by:
        refuse_others(
            _(
                "What a reader says of a report is said after a log-in of his own: not with a key, and not by others who use the account."
            )
        )


def refuse_others(told: str) -> None:
    """Refuse what somebody else could have sent. told: what the user is told."""
    if not sessions.is_own():
        frappe.throw(told, frappe.PermissionError)
