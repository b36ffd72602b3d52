import frappe
from frappe import _
from frappe.sessions import get_csrf_token

import sm_planner
from sm_planner.adapters.desk import my_part
from sm_planner.adapters.portal import pages


def get_context(context: dict) -> None:
    """The own part of whoever is logged in, for people without the Desk."""
    if frappe.session.user == "Guest":
        frappe.throw(_("Log in to see your part in the plan."), frappe.PermissionError)
    context["no_cache"] = 1
    context["title"] = _("My Part in the Plan")
    context["version"] = sm_planner.__version__
    context["part"] = my_part.show(str(frappe.form_dict.get("lineage") or ""))
    context["token"] = get_csrf_token()
    context["note"] = pages.note(str(frappe.form_dict.get("note") or ""))
