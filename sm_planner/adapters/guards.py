"""Guards of the sign-off: what the documents of a plan refuse, whichever door a change comes through.

What is allowed is decided in :mod:`sm_planner.engine.sign_off`; here it is asked. The Workflow record of the site
only draws the buttons: these guards stand in the controllers and hold without it.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from sm_planner.adapters import (
    authorship,
    bulk,
    delegations,
    doctypes,
    locks,
    sign_off_events,
    sign_off_records,
)
from sm_planner.adapters.doctypes import DOCTYPES, PARTS, PLAN, SEAL, SIGNER
from sm_planner.adapters.presentation import called, refuse, told_html
from sm_planner.engine import canonical, sign_off
from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan
from sm_planner.engine.sign_off import ACTIVE, DRAFT, SIGN, TO_SIGN, Actor

SERVER_FIELDS = ("lineage", "version")
"""Fields of a plan that no client sets once the plan is there."""


def guard_plan(doc: Document) -> None:
    """Refuse whatever a save of a plan must not do. Runs before everything else of the save."""
    old = doc.get_doc_before_save()
    if old is None:
        _guard_new_plan(doc)
        return
    for field in SERVER_FIELDS:
        doc.set(field, old.get(field))
    changed = _is_changed(doc, old)
    if changed and old.state != DRAFT:
        frappe.throw(told_html(sign_off.refuse_change(called(PLAN, doc.name), old.state)))
    if doc.state != old.state:
        if changed:
            frappe.throw(_("Save your changes first, then move the plan on."))
        step = sign_off.transition(old.state, doc.state) or SIGN
        with sign_off_events.refusals_kept(doc.name, step.action):
            _guard_step(doc, old)
        frappe.flags.sm_planner_moved = doc.name  # from now on the timeline may tell of it
    with sign_off_events.refusals_kept(doc.name, SIGN.action):
        _guard_docstatus(doc)
    doc.flags.sm_planner_written = changed


def _guard_docstatus(doc: Document) -> None:
    if doc.docstatus != sign_off.DOCSTATUS[doc.state]:
        frappe.throw(_("Only the executive sponsor puts a plan in force, with the button Sign."))


def note_step(doc: Document) -> None:
    """Keep in the log that the plan moved on. Signing does so by itself."""
    old = doc.get_doc_before_save()
    if old is None or old.state == doc.state or doc.state == ACTIVE:
        return
    step = sign_off.transition(old.state, doc.state)
    kept = {"envelope": sign_off_records.envelope_of(doc.name)} if doc.state == TO_SIGN else {}
    sign_off_events.note(doc.name, step.action, reason=frappe.flags.sm_planner_reason or "", **kept)


def attempt_kept(doc: Document) -> AbstractContextManager[None]:
    """Keep in the log that a step was refused before the guards were asked: too late, or without the right to submit."""
    seen = None if doc.is_new() else frappe.db.get_value(PLAN, doc.name, ["state", "docstatus"], as_dict=True)
    if not seen:
        return nullcontext()
    step = SIGN if doc.docstatus == 1 > seen.docstatus else sign_off.transition(seen.state, doc.state)
    return sign_off_events.refusals_kept(doc.name, step.action) if step else nullcontext()


def _guard_new_plan(doc: Document) -> None:
    """A version of a lineage is made by who may change the one before; who wrote that had a hand in this one too."""
    if doc.docstatus:
        frappe.throw(_("A new plan must be a Draft."))
    doc.state = DRAFT
    doc.lineage = doc.lineage or doc.name
    _refuse_other_case(doc.lineage)
    lineage = {"lineage": doc.lineage}
    others = locks.plans(lineage, "name") if frappe.db.exists(PLAN, lineage) else []
    if others:
        frappe.has_permission(PLAN, "write", others[-1].name, throw=True)
    doc.flags.sm_planner_written = True


def _refuse_other_case(lineage: str) -> None:
    """Refuse a lineage that the database takes for one that is there, and that is written in another way."""
    for doctype in (PLAN, SEAL):
        there = frappe.db.get_value(doctype, {"lineage": lineage}, "lineage")
        if there and there != lineage:
            frappe.throw(
                _(
                    "The lineage “{0}” already exists as “{1}”. Write it in the same way, or choose another."
                ).format(escape_html(lineage), escape_html(there))
            )


def note_writing(doc: Document) -> None:
    """Remember who wrote what this save brings, and who wrote what a new plan was copied from."""
    if doc.flags.pop("sm_planner_written", False):
        authorship.note(doc.name)
    if doc.get_doc_before_save() is None:
        authorship.carry_by_texts(doctypes.read(Plan, doc, id=doc.name))


def _guard_step(doc: Document, old: Document) -> None:
    """Refuse a change of state that the user, or the plan, cannot make."""
    refuse_step(old.state, doc.state)
    if doc.state == ACTIVE and frappe.flags.sm_planner_signing != doc.name:
        frappe.throw(_("Only the executive sponsor puts a plan in force, with the button Sign."))
    if doc.state == TO_SIGN:
        from sm_planner.adapters import plan_documents  # which writes documents that have these guards

        plan = plan_documents.load(doc.name)
        refusals = sign_off.refuse_to_sponsor(check(plan, frappe.utils.getdate()))
        if refusals:
            refuse(refusals, _("The plan cannot go to its sponsor yet"))
        authorship.carry_by_texts(plan)


def refuse_step(source: str, target: str) -> None:
    """Refuse to move a plan between two states where that is no step, or not one for this user."""
    actor = Actor(frappe.session.user, frozenset(frappe.get_roles()))
    refusal = sign_off.refuse_step(source, target, actor)
    if refusal:
        frappe.throw(told_html(refusal), frappe.PermissionError)


def refuse_link() -> None:
    """Refuse changes in answer to a GET request, which a link sends in the session of whoever follows it.

    Frappe undoes what such a request writes, but for functions of its own that end the transaction themselves.
    """
    request = getattr(frappe.local, "request", None)
    if request and request.method in ("GET", "HEAD", "OPTIONS"):
        frappe.throw(_("A link cannot make changes. Send this as a POST request."), frappe.PermissionError)


def refuse_submitted(doc: Document) -> None:
    """Refuse what says that it is submitted where nothing is: Frappe cleans the texts of drafts only."""
    if doc.docstatus and not doc.meta.is_submittable:
        frappe.throw(_("{0} cannot be submitted or cancelled. Leave docstatus at 0.").format(_(doc.doctype)))


def refuse_hidden(doc: Document) -> None:
    """Refuse to change what the user may not as it is stored: Frappe asks about the document as it would be."""
    old = doc.get_doc_before_save()
    if old:
        frappe.has_permission(doc.doctype, "read", old, throw=True)
        if doc.doctype != PLAN:  # which whoever signs sends back without the right to write
            frappe.has_permission(doc.doctype, "write", old, throw=True)


def refuse_foreign_rows(doc: Document) -> None:
    """Refuse rows that are another document's: Frappe would take them away from there, whatever its state.

    And rows that stand for one stored row together, of which Frappe would keep the last.
    """
    if doc.is_new():  # then Frappe gives every row a name of its own
        return
    for table in doc.meta.get_table_fields():
        names = [row.name for row in doc.get(table.fieldname) if not row.is_new()]
        own = {"parenttype": doc.doctype, "parentfield": table.fieldname, "parent": doc.name}
        stored = frappe.get_all(table.options, {**own, "name": ("in", names)}, pluck="name") if names else []
        if sorted(stored) != sorted(names):
            frappe.throw(
                _("{0} holds rows of another document.").format(_(table.label)), frappe.PermissionError
            )


def is_asked_to_sign(doc: Document, user: str) -> bool:
    """Whether a plan waits for this user's signature, or for that of others too."""
    return doc.state == TO_SIGN and user.casefold() in _signing_accounts(doc.name, doc.executive_sponsor)


def _signing_accounts(plan: str, sponsor: str) -> set[str]:
    """The accounts of those who sign a plan, and of their deputies of today."""
    before = frappe.get_all(SIGNER, {"parent": plan, "parenttype": PLAN}, pluck="person", order_by="idx asc")
    signers = [sponsor, *before]
    people = frappe.get_all(
        DOCTYPES["people"],
        {"name": ("in", signers), "user": ("is", "set")},
        pluck="user",
        order_by="name asc",
    )
    today = frappe.utils.getdate()
    deputies = [one.deputy_user for one in delegations.of(signers) if one.holds(plan, today)]
    return {account.casefold() for account in (*people, *deputies)}


def guard_part(doc: Document) -> None:
    """Refuse changes to what belongs to a plan that is under review or signed; note who makes the others."""
    old = doc.get_doc_before_save()
    if old and old.plan == doc.plan and not _is_changed(doc, old):
        return
    # In one order, so that no two wait for each other.
    for plan in sorted(filter(None, {doc.plan, old.plan if old else doc.plan})):
        guard_plan_is_draft(plan)
        authorship.note(plan)


def guard_plan_is_draft(plan: str) -> None:
    found = locks.plan(plan, "state")
    refusal = sign_off.refuse_change(called(PLAN, plan), found.state) if found else None
    if refusal:
        frappe.throw(told_html(refusal))


def guard_trash(doc: Document) -> None:
    """Only drafts are deleted; what belongs to them goes with them. Their log stays."""
    state = locks.plan(doc.name, "state").state
    if doc.docstatus or state != DRAFT:
        frappe.throw(_("A plan that is {0} cannot be deleted.").format(_(state)))
    if frappe.db.exists(SEAL, {"plan": doc.name}):
        frappe.throw(_("A signed plan cannot be deleted."))
    _delete_parts(doc.name)


def _delete_parts(plan: str) -> None:
    """Delete all that belongs to a plan, for who may delete that too: the plan is locked, and a draft."""
    for part in reversed(PARTS):
        doctype = DOCTYPES[part]
        names = frappe.get_all(doctype, filters={"plan": plan}, pluck="name", order_by="name asc")
        if names:
            frappe.has_permission(doctype, "delete", throw=True)
            bulk.delete(doctype, names)


def refuse_after_signing(*args: object) -> NoReturn:
    frappe.throw(_("A signed plan cannot be changed. Start a revision instead."))


def _is_changed(doc: Document, old: Document) -> bool:
    """Whether a save would change what is signed. Refuses, in words, what cannot be read: a stored document can be."""
    doc.refuse_problems()
    return _content(doc) != _content(old)


def _content(doc: Document) -> object:
    """What would be signed of a document alone, with its scope; in a form that can be compared."""
    scope = [(row.record_type, row.record) for row in doc.get("scope") or ()]
    return canonical.record_content(doctypes.record_of(doc)), scope
