"""Guards on requests: functions of Frappe's own that tell, or print, more of the app's documents than they should.

They are known by name, before Frappe calls them. Replacing them by functions of ours (``override_whitelisted_methods``)
would do the same for every app of the site, and would have to follow Frappe's every change.
"""

import json
import re
from collections.abc import Callable
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.auth import validate_auth
from frappe.desk.reportview import build_match_conditions

from sm_planner.adapters import locks
from sm_planner.adapters.frappe_guards import is_ours

_METHOD = re.compile(r"/api/(?:v\d+/)?method/([^/]+)")
_RESOURCE = re.compile(r"/api/(?:v\d+/)?(?:resource|document)/([^/]+)")

WRITING = ("POST", "PUT", "PATCH", "DELETE")
"""Methods of requests that may change something."""


def guard_request() -> None:
    """Runs before every request."""
    called = frappe.form_dict.get("cmd") or _method_of(frappe.request.path)
    guard = GUARDS.get(called)
    if guard:
        if frappe.session.user == "Guest":  # Frappe looks at API keys only after this
            validate_auth()
        guard()
    if frappe.request.method in WRITING and is_ours(_resource_of(frappe.request.path)):
        locks.begin()  # Frappe locks the document before it asks for anything


def _method_of(path: str) -> str:
    found = _METHOD.match(path)
    return found[1] if found else ""


def _resource_of(path: str) -> str:
    found = _RESOURCE.match(path)
    return unquote(found[1]) if found else ""


def guard_count() -> None:
    """``frappe.client.get_count`` counts without asking: by its filters every field can be found out."""
    doctype = _doctype()
    if is_ours(doctype) and not _reads_all(doctype):
        frappe.throw(
            _("This counts what you may not read. Use frappe.desk.reportview.get_count."),
            frappe.PermissionError,
        )


def guard_group_count() -> None:
    """The same where documents are counted by whom they are assigned to."""
    if frappe.form_dict.get("field") == "assigned_to":
        guard_count()


def guard_title() -> None:
    """``get_link_title`` tells the title of a document to whoever knows its name."""
    doctype, name = _doctype(), frappe.form_dict.get("docname")
    if is_ours(doctype) and frappe.db.exists(doctype, name):
        frappe.has_permission(doctype, "read", name, throw=True)


def guard_search() -> None:
    """Who searches does not choose whether User Permissions hold."""
    if is_ours(_doctype()):
        frappe.form_dict.pop("ignore_user_permissions", None)


def guard_print() -> None:
    """What is printed is what is stored, whatever the browser sends along."""
    given = frappe.form_dict.get("doc")
    if isinstance(given, str) and not isinstance(frappe.form_dict.get("name"), str):
        try:
            given = json.loads(given)
        except ValueError:
            return
    if isinstance(given, dict) and is_ours(given.get("doctype")):
        frappe.form_dict.update(doc=given["doctype"], name=str(given.get("name")))


def _doctype() -> str:
    doctype = frappe.form_dict.get("doctype")
    return doctype if isinstance(doctype, str) else ""


def _reads_all(doctype: str) -> bool:
    """Whether the user of the session may read every document of a DocType."""
    if frappe.get_meta(doctype).istable:  # rows are counted for nobody: they belong to documents
        return frappe.session.user == "Administrator"
    return bool(frappe.has_permission(doctype, "read")) and not build_match_conditions(doctype)


GUARDS: dict[str, Callable[[], None]] = {
    "frappe.client.get_count": guard_count,
    "frappe.client.validate_link_and_fetch": guard_search,
    "frappe.desk.listview.get_group_by_count": guard_group_count,
    "frappe.desk.search.get_link_title": guard_title,
    "frappe.desk.search.search_link": guard_search,
    "frappe.desk.search.search_widget": guard_search,
    "frappe.www.printview.get_html_and_style": guard_print,
    "frappe.www.printview.get_rendered_raw_commands": guard_print,
}
"""Function of Frappe → what is asked, or put right, before it is called."""
