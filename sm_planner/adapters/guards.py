"""Guards of the sign-off: what the documents of a plan refuse, whichever door a change comes through.

What is allowed is decided in :mod:`sm_planner.engine.sign_off`; here it is asked. The Workflow record of the site
only draws the buttons: these guards stand in the controllers and hold without it.
"""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters import doctypes
from sm_planner.adapters.doctypes import PLAN, RECORDS, SEAL
from sm_planner.adapters.presentation import refuse, told_html
from sm_planner.engine import canonical, sign_off
from sm_planner.engine.checks import check
from sm_planner.engine.fields import specs
from sm_planner.engine.model import Plan
from sm_planner.engine.sign_off import ACTIVE, DRAFT, TO_SIGN, Actor

SERVER_FIELDS = ("lineage", "version", "contributors")
"""Fields of a plan that no client sets once the plan is there."""


def guard_plan(doc: Document) -> None:
    """Refuse whatever a save of a plan must not do. Runs before everything else of the save."""
    list(doctypes.normalise(Plan, doc))
    old = doc.get_doc_before_save()
    if old is None:
        _guard_new_plan(doc)
        return
    for field in SERVER_FIELDS:
        doc.set(field, old.get(field))
    changed = _content(doc) != _content(old)
    if changed and old.state != DRAFT:
        frappe.throw(_("A plan that is {0} does not change. Return it to Draft first.").format(_(old.state)))
    if doc.state != old.state:
        if changed:
            frappe.throw(_("Save your changes before you move the plan on."))
        _guard_step(doc, old)
    if doc.docstatus != sign_off.DOCSTATUS[doc.state]:
        frappe.throw(_("A plan is signed by its executive sponsor, with the button Sign."))
    if changed:
        doc.contributors = _with(frappe.session.user, doc.contributors)


def _guard_new_plan(doc: Document) -> None:
    if doc.docstatus:
        frappe.throw(_("A plan begins as a Draft."))
    doc.state = DRAFT
    doc.contributors = _with(frappe.session.user, frappe.flags.sm_planner_contributors)


def _guard_step(doc: Document, old: Document) -> None:
    """Refuse a change of state that the user, or the plan, cannot make."""
    actor = Actor(frappe.session.user, frozenset(frappe.get_roles()))
    refusal = sign_off.refuse_step(old.state, doc.state, actor)
    if refusal:
        frappe.throw(told_html(refusal), frappe.PermissionError)
    if doc.state == ACTIVE and frappe.flags.sm_planner_signing != doc.name:
        frappe.throw(_("A plan is signed by its executive sponsor, with the button Sign."))
    if doc.state == TO_SIGN:
        from sm_planner.adapters import plan_documents  # which writes documents that have these guards

        refusals = sign_off.refuse_to_sponsor(check(plan_documents.load(doc.name), frappe.utils.getdate()))
        if refusals:
            refuse(refusals, _("The plan cannot go to its sponsor yet"))


def refuse_foreign_rows(doc: Document) -> None:
    """Refuse rows that are another document's: Frappe would take them away from there, whatever its state."""
    for table in doc.meta.get_table_fields():
        names = [row.name for row in doc.get(table.fieldname) if row.name]
        if len(names) > len(set(names)):
            frappe.throw(_("A row stands twice in {0}.").format(_(table.label)))
        own = {"parenttype": doc.doctype, "parentfield": table.fieldname, "parent": doc.name}
        stored = (
            frappe.get_all(table.options, filters={"name": ("in", names)}, fields=[*own]) if names else []
        )
        if any(row != own for row in stored):
            frappe.throw(
                _("{0} holds rows of another document.").format(_(table.label)), frappe.PermissionError
            )


def guard_part(doc: Document) -> None:
    """Refuse changes to what belongs to a plan that is under review or signed; note who makes the others."""
    old = doc.get_doc_before_save()
    if old and old.plan == doc.plan:
        list(doctypes.normalise(RECORDS[doc.doctype], doc))
        if _content(doc) == _content(old):
            return
    for plan in {doc.plan, old.plan if old else doc.plan}:
        guard_plan_is_draft(plan)
        note_contributor(plan)


def guard_plan_is_draft(plan: str) -> None:
    state = frappe.db.get_value(PLAN, plan, "state", for_update=True)
    if state and state != DRAFT:
        frappe.throw(_("The plan {0} is {1}. Only a Draft can be changed.").format(plan, _(state)))


def guard_trash(doc: Document) -> None:
    """Only drafts are deleted; what belongs to them goes with them."""
    if doc.docstatus or doc.state != DRAFT:
        frappe.throw(_("A plan that is {0} cannot be deleted.").format(_(doc.state)))
    if frappe.db.exists(SEAL, {"plan": doc.name}):
        frappe.throw(_("A plan that was signed cannot be deleted."))


def refuse_after_signing(*args: object) -> NoReturn:
    frappe.throw(_("A signed plan does not change. Start a revision instead."))


def note_contributor(plan: str) -> None:
    """Remember that the user had a hand in the plan's content, and so cannot sign it."""
    noted = frappe.db.get_value(PLAN, plan, "contributors", for_update=True)
    contributors = _with(frappe.session.user, noted)
    if contributors != noted:
        frappe.db.set_value(PLAN, plan, "contributors", contributors, update_modified=False)


def _content(doc: Document) -> object:
    """What would be signed of a document alone, with its scope; in a form that can be compared."""
    record = RECORDS[doc.doctype]
    given = {"id": doc.get("id") or doc.name} if "id" in specs(record) else {}
    scope = [(row.record_type, row.record) for row in doc.get("scope") or ()]
    return canonical.record_content(doctypes.read(record, doc, **given)), scope


def _with(user: str, contributors: str | None) -> str:
    return "\n".join(dict.fromkeys([*(contributors or "").split("\n"), user])).strip()
