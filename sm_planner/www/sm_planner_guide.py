import frappe
from frappe import _

from sm_planner.adapters.desk import guides


def get_context(context: dict) -> None:
    """A guide, for who is logged in."""
    if frappe.session.user == "Guest":
        frappe.throw(_("Log in to read the guides."), frappe.PermissionError)
    context["no_cache"] = 1
    context["title"], context["guide"] = guides.guide(str(frappe.form_dict.get("page") or "planner"))
