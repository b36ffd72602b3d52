import frappe
from frappe import _

from sm_planner.adapters.portal import pages


def get_context(context: dict) -> None:
    """What plans in force offer to whoever is logged in."""
    if frappe.session.user == "Guest":
        frappe.throw(_("Log in to see the services that are for you."), frappe.PermissionError)
    context["no_cache"] = 1
    context["title"] = _("Services for me")
    context["page"] = pages.services()
