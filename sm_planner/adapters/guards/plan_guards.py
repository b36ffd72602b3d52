"""Guards of the sign-off: what a plan refuses, whichever door a change comes through.

What is allowed is decided in :mod:`sm_planner.engine.sign_off.refusals`; here it is asked. The Workflow record of the site
only draws the buttons: these guards stand in the controllers and hold without it.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from sm_planner.adapters import plan_reader
from sm_planner.adapters.evidence import authorship, sign_off_events, sign_off_records
from sm_planner.adapters.guards import living_guards
from sm_planner.adapters.guards.document_guards import is_changed
from sm_planner.adapters.site import bulk, doctypes, lineages, locks
from sm_planner.adapters.site.doctypes import DOCTYPES, PARTS, PLAN, SEAL
from sm_planner.adapters.site.presentation import blockers_html, called, refuse_in_html, told_html
from sm_planner.engine.checks import check
from sm_planner.engine.model import Plan, states
from sm_planner.engine.model.states import ACTIVE, DRAFT, SIGN, TO_SIGN
from sm_planner.engine.sealing import canonical
from sm_planner.engine.sign_off import refusals as sign_off
from sm_planner.engine.sign_off.refusals import Actor

SERVER_FIELDS = ("lineage", "version", "frozen")
"""Fields of a plan that no client sets once the plan is there."""


def guard_plan(doc: Document) -> None:
    """Refuse whatever a save of a plan must not do. Runs before everything else of the save."""
    old = doc.get_doc_before_save()
    if old is None:
        _guard_new_plan(doc)
        return
    for field in SERVER_FIELDS:
        doc.set(field, old.get(field))
    doc.refuse_problems()
    changed = is_changed(doc, old)
    if changed and old.state != DRAFT:
        frappe.throw(told_html(sign_off.refuse_change(called(PLAN, doc.name), old.state)))
    if doc.state != old.state:
        if changed:
            frappe.throw(_("Save your changes first, then move the plan on."))
        step = states.transition(old.state, doc.state) or SIGN
        with sign_off_events.refusals_kept(doc.name, step.action):
            _guard_step(doc, old)
        frappe.flags.sm_planner_moved = doc.name  # from now on the timeline may tell of it
    with sign_off_events.refusals_kept(doc.name, SIGN.action):
        _guard_docstatus(doc)
    doc.flags.sm_planner_written = changed


def _guard_docstatus(doc: Document) -> None:
    if doc.docstatus != states.DOCSTATUS[doc.state]:
        frappe.throw(_("Only the executive sponsor puts a plan in force, with the button Sign."))


def note_step(doc: Document) -> None:
    """Keep in the log that the plan moved on. Signing does so by itself."""
    old = doc.get_doc_before_save()
    if old is None or old.state == doc.state or doc.state == ACTIVE:
        return
    step = states.transition(old.state, doc.state)
    kept = {"envelope": sign_off_records.envelope_of(doc.name)} if doc.state == TO_SIGN else {}
    sign_off_events.note(doc.name, step.action, reason=frappe.flags.sm_planner_reason or "", **kept)


def attempt_kept(doc: Document) -> AbstractContextManager[None]:
    """Keep in the log that a step was refused before the guards were asked: too late, or without the right to submit."""
    seen = None if doc.is_new() else frappe.db.get_value(PLAN, doc.name, ["state", "docstatus"], as_dict=True)
    if not seen:
        return nullcontext()
    step = SIGN if doc.docstatus == 1 > seen.docstatus else states.transition(seen.state, doc.state)
    return sign_off_events.refusals_kept(doc.name, step.action) if step else nullcontext()


def _guard_new_plan(doc: Document) -> None:
    """A version of a lineage is made by who may change the one before; who wrote that had a hand in this one too."""
    if doc.docstatus:
        frappe.throw(_("A new plan must be a Draft."))
    doc.state = DRAFT
    doc.frozen = ""
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
        plan = plan_reader.load(doc.name)
        result = check(plan, frappe.utils.getdate())
        if sign_off.refuse_to_sponsor(result):
            refuse_in_html(blockers_html(plan, result), _("The plan cannot go to its sponsor yet"))
        authorship.carry_by_texts(plan)
        doc.frozen = canonical.frozen(plan)
    elif doc.state == DRAFT:
        doc.frozen = ""


def refuse_step(source: str, target: str) -> None:
    """Refuse to move a plan between two states where that is no step, or not one for this user."""
    actor = Actor(frappe.session.user, frozenset(frappe.get_roles()))
    refusal = sign_off.refuse_step(source, target, actor)
    if refusal:
        frappe.throw(told_html(refusal), frappe.PermissionError)


def guard_trash(doc: Document) -> None:
    """Only drafts are deleted; what belongs to them goes with them. Their log stays."""
    state = locks.plan(doc.name, "state").state
    if doc.docstatus or state != DRAFT:
        frappe.throw(_("A plan that is {0} cannot be deleted.").format(_(state)))
    if frappe.db.exists(SEAL, {"plan": doc.name}):
        frappe.throw(_("A signed plan cannot be deleted."))
    _delete_parts(doc.name)


def follow_trash(doc: Document) -> None:
    """What a lineage held goes with its last version, which was never signed."""
    lineages.forget(doc.lineage)
    lineages.keep(doc.lineage)


def _delete_parts(plan: str) -> None:
    """Delete all that belongs to a plan, for who may delete that too: the plan is locked, and a draft."""
    living_guards.let_go_of_plan(plan)
    for part in reversed(PARTS):
        doctype = DOCTYPES[part]
        names = frappe.get_all(doctype, filters={"plan": plan}, pluck="name", order_by="name asc")
        if names:
            frappe.has_permission(doctype, "delete", throw=True)
            bulk.delete(doctype, names)


def refuse_after_signing(*args: object) -> NoReturn:
    frappe.throw(_("A signed plan cannot be changed. Start a revision instead."))
