"""What the documents that belong to a plan refuse: they are changed while it is a draft."""

import frappe
from frappe.model.document import Document

from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.guards.document_guards import is_changed
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import PLAN
from sm_planner.adapters.site.presentation import called, told_html
from sm_planner.engine.sign_off import refusals


def guard_part(doc: Document) -> None:
    """Refuse changes to what belongs to a plan that is under review or signed; note who makes the others."""
    if (
        doc.flags.written_with_plan
    ):  # which is locked, and a draft, and whose author is noted, once for all its parts
        return
    old = doc.get_doc_before_save()
    if old and old.plan == doc.plan:
        doc.refuse_problems()
        if not is_changed(doc, old):
            return
    # In one order, so that no two wait for each other.
    for plan in sorted(filter(None, {doc.plan, old.plan if old else doc.plan})):
        guard_plan_is_draft(plan)
        authorship.note(plan)


def guard_plan_is_draft(plan: str) -> None:
    found = locks.plan(plan, "state")
    refusal = refusals.refuse_change(called(PLAN, plan), found.state) if found else None
    if refusal:
        frappe.throw(told_html(refusal))
