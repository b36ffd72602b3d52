import frappe
from frappe import _
from frappe.sessions import get_csrf_token

from sm_planner.adapters.portal import pages


def get_context(context: dict) -> None:
    """What whoever is logged in said and was answered, and the forms to say more."""
    if frappe.session.user == "Guest":
        frappe.throw(_("Log in to give feedback."), frappe.PermissionError)
    context["no_cache"] = 1
    context["title"] = _("Feedback and answers")
    note, about = (str(frappe.form_dict.get(name) or "") for name in ("note", "about"))
    context["page"] = pages.feedback(get_csrf_token(), note, about)
