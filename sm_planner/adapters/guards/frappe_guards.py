"""Guards on documents of Frappe's own that are about documents of the app: files, comments, shares, property setters.

Frappe asks for less than it should there: whoever may read a document attaches files to it, writes comments in
another's name, or shares more than he has.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from sm_planner.adapters.guards import living_guards, part_guards, plan_guards
from sm_planner.adapters.site import site_numbers
from sm_planner.adapters.site.doctypes import DELEGATION, DOCTYPES, EVENT, OF_LINEAGE, PLAN, SEAL, SIGNER
from sm_planner.adapters.site.ours import is_ours

OPENING = (
    "allow_on_submit",
    "allow_rename",
    "ignore_user_permissions",
    "ignore_xss_filter",
    "is_submittable",
    "permlevel",
    "track_changes",
)
"""Properties of fields and DocTypes that the sign-off relies on."""

EVIDENCE = (SEAL, EVENT, DELEGATION)
"""DocTypes whose fields nobody customises: what a field is says what is stored in it."""

SERVER_FIELDS = {PLAN: (*plan_guards.SERVER_FIELDS, "state", "amended_from")}
"""DocType → fields that the server sets; the same holds for them."""

BENDING = ("fetch_from", "fieldtype", "is_virtual", "options")
"""Properties of a field by which it says something else than what was entered."""

WHO_SIGNS = {
    PLAN: ("executive_sponsor", "plan_owner", "signers", "scope"),
    SIGNER: ("person",),
    DOCTYPES["people"]: ("user",),
}
"""DocType → fields by which it is known who signs, and what; nobody bends them."""


def guard_file(file: Document, method: str) -> None:
    """Refuse files that are public, or that change what may not be changed.

    When a file becomes public or private, Frappe puts its new address straight into the field that it is attached
    to, past the guards of that document.
    """
    old = file.get_doc_before_save()
    for held in filter(None, (old, file)):
        if not is_ours(held.attached_to_doctype):
            continue
        if held.attached_to_field or not held.is_private or (old and not old.is_private):
            frappe.throw(
                _("Files of {0} must be private, and cannot be attached to a field.").format(
                    _(held.attached_to_doctype)
                )
            )
        _guard_attachment(held)


def guard_file_trash(file: Document, method: str) -> None:
    """Refuse to take a file from a document that may not be changed."""
    if is_ours(file.attached_to_doctype) and not file.flags.goes_with_document:
        _guard_attachment(file)


def _guard_attachment(file: Document) -> None:
    doctype, name = file.attached_to_doctype, file.attached_to_name
    if not frappe.db.exists(doctype, name):  # not there yet, or just deleted
        return
    document = frappe.get_doc(doctype, name)
    if not document.has_permission("write"):
        frappe.throw(
            _("Only people who may change {0} {1} can add or remove its files.").format(_(doctype), name),
            frappe.PermissionError,
        )
    if doctype in OF_LINEAGE:
        living_guards.guard_attachment(document)
    plan = name if doctype == PLAN else document.get("plan")
    if plan:
        part_guards.guard_plan_is_draft(plan)


def guard_comment(comment: Document, method: str) -> None:
    """Say who really wrote a comment, and refuse those that tell of an act that did not happen."""
    if not is_ours(comment.reference_doctype) or not comment.reference_name:
        return
    old = comment.get_doc_before_save()
    if old:
        for field in ("comment_type", "comment_email", "comment_by", "reference_doctype", "reference_name"):
            comment.set(field, old.get(field))
        return
    frappe.has_permission(comment.reference_doctype, "read", comment.reference_name, throw=True)
    comment.comment_email = frappe.session.user
    comment.comment_by = frappe.utils.get_fullname(frappe.session.user)
    of_plan = comment.reference_doctype == PLAN
    moved = of_plan and frappe.flags.sm_planner_moved == comment.reference_name
    if of_plan and comment.comment_type in ("Workflow", "Submitted", "Cancelled") and not moved:
        frappe.throw(
            _("“{0}” is written by the sign-off itself, and cannot be entered.").format(
                _(comment.comment_type)
            ),
            frappe.PermissionError,
        )


def guard_share(share: Document, method: str) -> None:
    """Plans and seals are shared for reading, if at all."""
    if share.share_doctype in (PLAN, SEAL) and (share.write or share.submit or share.share):
        frappe.throw(
            _("{0} can be shared for reading only.").format(_(share.share_doctype)), frappe.PermissionError
        )


def guard_property(setter: Document, method: str) -> None:
    """Refuse to loosen the DocTypes of the app."""
    if not is_ours(setter.doc_type):
        return
    site_numbers.guard_property(setter)
    unlocks = setter.property == "read_only" and not frappe.utils.cint(setter.value)
    if unlocks or setter.property in OPENING or _bends(setter):
        frappe.throw(
            _("“{0}” of {1} cannot be changed, because the sign-off relies on it.").format(
                setter.property, _(setter.doc_type)
            ),
            frappe.PermissionError,
        )


def _bends(setter: Document) -> bool:
    """Whether it changes a field that tells who wrote, signs or has signed."""
    doctype, field = setter.doc_type, setter.field_name
    if field and (doctype in EVIDENCE or field in SERVER_FIELDS.get(doctype, ())):
        return True
    return setter.property in BENDING and field in WHO_SIGNS.get(doctype, ())
