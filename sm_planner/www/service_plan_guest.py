import frappe
from frappe import _

from sm_planner.adapters.portal import pages


def get_context(context: dict) -> None:
    """What people without an account say, where the site takes it."""
    context["no_cache"] = 1
    context["title"] = _("Feedback")
    context["page"] = pages.guests(str(frappe.form_dict.get("note") or ""))
