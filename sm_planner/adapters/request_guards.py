"""Guards on requests: functions of Frappe's own that tell, or print, more of the app's documents than they should,
or find others than were asked for.

They are known by name, before Frappe calls them. Replacing them by functions of ours (``override_whitelisted_methods``)
would do the same for every app of the site, and would have to follow Frappe's every change.
"""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.auth import validate_auth
from frappe.desk.reportview import build_match_conditions

from sm_planner.adapters import locks, report_filters
from sm_planner.adapters.doctypes import NUMBER_FIELDS
from sm_planner.adapters.frappe_guards import is_ours
from sm_planner.engine.values import LARGEST_NUMBER

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
    guard_filters()
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


def guard_filters() -> None:
    """Filters of Frappe take an empty number for 0, and 0 for empty; and on Frappe 15 numbers have no ``between``."""
    for key in ("filters", "current_filters", "or_filters"):
        try:
            given = frappe.parse_json(frappe.form_dict.get(key))
        except ValueError:
            continue
        if isinstance(given, dict):
            given = [
                [field, *(asked if isinstance(asked, list) else ("=", asked))]
                for field, asked in given.items()
            ]
        if isinstance(given, list) and any(map(_asks_number, given)):
            frappe.form_dict[key] = json.dumps([meant for asked in given for meant in _meant(asked, key)])


def _asks_number(asked: Any) -> bool:
    """Whether a filter, ``[field, operator, value]`` with or without its DocType before it, is about a number."""
    if not isinstance(asked, list) or len(asked) < 3:
        return False
    doctype, field = asked[:2] if len(asked) > 3 else (_doctype(), asked[0])
    return isinstance(doctype, str) and isinstance(field, str) and field in NUMBER_FIELDS.get(doctype, ())


def _meant(asked: Any, key: str) -> list[Any]:
    """The filters that ask for what a filter means."""
    if not _asks_number(asked):
        return [asked]
    place = 2 if len(asked) > 3 else 1
    field, operator, value = asked[:place], str(asked[place]).lower(), asked[place + 1]
    if operator == "between" and key != "or_filters" and isinstance(value, list) and len(value) == 2:
        return [[*field, ">=", value[0]], [*field, "<=", value[1]]]
    if operator == "is" and value == "set":
        return [[*field, ">", -LARGEST_NUMBER]]
    if operator == "is":
        return [
            [*field, "=", None] if int(frappe.__version__.partition(".")[0]) > 15 else [*field, "in", [""]]
        ]
    return [asked]


def _doctype() -> str:
    doctype = frappe.form_dict.get("doctype")
    return doctype if isinstance(doctype, str) else ""


def _reads_all(doctype: str) -> bool:
    """Whether the user of the session may read every document of a DocType."""
    if frappe.get_meta(doctype).istable:  # rows are counted for nobody: they belong to documents
        return frappe.session.user == "Administrator"
    return bool(frappe.has_permission(doctype, "read")) and not build_match_conditions(doctype)


_WITH_FILTERS = (
    "frappe.client.get_list",
    "frappe.desk.calendar.get_events",
    "frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
    "frappe.desk.doctype.number_card.number_card.get_result",
    "frappe.desk.reportview.export_query",
    "frappe.desk.reportview.get",
    "frappe.desk.reportview.get_count",
    "frappe.desk.reportview.get_list",
    "frappe.desk.reportview.get_sidebar_stats",
)
"""Functions of Frappe that lists, reports, cards and charts of the Desk ask for documents."""

_REPORTS = (
    "frappe.core.doctype.prepared_report.prepared_report.get_reports_in_queued_state",
    "frappe.core.doctype.prepared_report.prepared_report.make_prepared_report",
    "frappe.desk.query_report.background_enqueue_run",
    "frappe.desk.query_report.export_query",
    "frappe.desk.query_report.run",
)
"""Functions of Frappe that run or prepare a report, or look for one with the same filters."""

GUARDS: dict[str, Callable[[], None]] = {
    **dict.fromkeys(_WITH_FILTERS, guard_filters),
    **dict.fromkeys(_REPORTS, report_filters.guard_request),
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
