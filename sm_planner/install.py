"""What installing and uninstalling the app does on a site beyond what Frappe does by itself."""

import frappe

from sm_planner.adapters import seal_keys
from sm_planner.adapters.doctypes import RECORDS, SETTINGS

PORTAL_ROLE = "SM Portal Stakeholder"
"""The role without the Desk. No DocType names it, so that it is made here."""

ROLES = (
    "SM Planner Manager",
    "SM Planner User",
    "SM Service Owner",
    "SM Executive Sponsor",
    "SM Auditor",
    PORTAL_ROLE,
)
"""The roles of the app. Frappe makes them from the permissions of the DocTypes, and leaves them behind."""

WORKFLOW_PARTS = (
    ("Workflow State", "Workflow Document State", "state", ("Pending", "Approved", "Rejected")),
    ("Workflow Action Master", "Workflow Transition", "action", ("Approve", "Reject", "Review")),
)
"""What workflows are made of: DocType, child table and field that use it, and the names that Frappe ships."""


def after_install() -> None:
    ensure_portal_role()
    ensure_settings()
    seal_keys.ensure_key()


def before_uninstall() -> None:
    """Remove what Frappe leaves behind. Not in after_uninstall: Frappe commits before it, and not after."""
    remove_workflows()
    for role in ROLES:
        frappe.db.delete("Has Role", {"role": role})
        frappe.delete_doc("Role", role, force=True, ignore_missing=True)
    frappe.db.delete("Singles", {"doctype": SETTINGS})


def ensure_portal_role() -> None:
    """Make the role of stakeholders who never see the Desk."""
    if not frappe.db.exists("Role", PORTAL_ROLE):
        frappe.get_doc({"doctype": "Role", "role_name": PORTAL_ROLE, "desk_access": 0}).insert()


def ensure_settings() -> None:
    """Store the settings, so that a site keeps the defaults that it began with."""
    frappe.get_single(SETTINGS).save()


def remove_workflows() -> None:
    """Remove the workflows of the app, with states and actions that no other workflow has."""
    ours = {"document_type": ("in", list(RECORDS))}
    workflows = frappe.get_all("Workflow", filters=ours, pluck="name", order_by="name asc")
    used = {
        child: set(frappe.get_all(child, {"parent": ("in", workflows)}, pluck=field, order_by="name asc"))
        for _doctype, child, field, _shipped in WORKFLOW_PARTS
    }
    frappe.db.delete("Workflow Action", {"reference_doctype": ("in", list(RECORDS))})
    for workflow in workflows:
        frappe.delete_doc("Workflow", workflow)
    for doctype, child, field, shipped in WORKFLOW_PARTS:
        for name in sorted(used[child].difference(shipped)):
            if not frappe.db.exists(child, {field: name}):
                frappe.delete_doc(doctype, name)
