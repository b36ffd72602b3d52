"""Version 0.1 remembered nothing of what it made, and let its links to other apps obey User Permissions of theirs.

Which states and actions of workflows were there before it, nobody can tell any more: none is noted as made here, so
that uninstalling leaves them all.
"""

import frappe

from sm_planner import install
from sm_planner.adapters.installation import made_here, site_workflows
from sm_planner.adapters.integrations import optional_apps
from sm_planner.adapters.site import roles

WRITTEN = {
    "SM Improvement": "cf92447671f7d62c88da52061d5fca2a429d6b1af695a529f745cea46e7ca332",
    "SM Plan Sign-off": "26a5ae953baf06ac2ca8c6f8db2f560c7374c8847b96674c972be1a0e280e405",
}
"""Workflow → its fingerprint as version 0.1 wrote it."""


def execute() -> None:
    for role in roles.ROLES:
        if frappe.db.exists("Role", role):
            made_here.note("Role", role)
    for name, written in WRITTEN.items():
        site_workflows.remember(name, written)
    for one in optional_apps.LINKS:
        field = {"dt": one.doctype, "fieldname": one.fieldname}
        frappe.db.set_value("Custom Field", field, "ignore_user_permissions", 1)
        frappe.clear_cache(doctype=one.doctype)
    if not frappe.db.exists("Global Search DocType", {"document_type": ("in", install.searched())}):
        install.ensure_search()
