"""Guards on requests: functions of Frappe's own that tell, or print, more of the app's documents than they should,
or find others than were asked for.

They are known by name, before Frappe calls them. Replacing them by functions of ours (``override_whitelisted_methods``)
would do the same for every app of the site, and would have to follow Frappe's every change.
"""

import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.auth import validate_auth
from frappe.utils import sbool

from sm_planner.adapters import permissions
from sm_planner.adapters.guards import exports, named_documents, report_filters, report_mails, request_parts
from sm_planner.adapters.guards.answer_guards import ANSWERS, expanded_links
from sm_planner.adapters.guards.count_guards import (
    guard_chart,
    guard_count,
    guard_group_count,
    guard_state_count,
)
from sm_planner.adapters.guards.linked_fields import guard_linked_fields
from sm_planner.adapters.guards.number_filters import guard_filters
from sm_planner.adapters.site import locks
from sm_planner.adapters.site.doctypes import PLAN, READ_ALONE
from sm_planner.adapters.site.ours import is_ours

WRITING = ("POST", "PUT", "PATCH", "DELETE")
"""Methods of requests that may change something."""

FILES_OF_SITE = ("/backups", "/private")
"""Paths under which Frappe sends files of the site's folder, by whatever stands behind them."""


def guard_request() -> None:
    """Runs before every request."""
    guard_path()
    frappe.local.sm_planner_answers = None  # of the request before
    called = request_parts.own_name(
        frappe.form_dict.get("cmd") or request_parts.method_of(frappe.request.path)
    )
    guard = GUARDS.get(called)
    named = list(named_documents.named(called)) if called not in named_documents.ASKED_ELSEWHERE else []
    if guard or named:
        if frappe.session.user == "Guest":  # Frappe looks at API keys only after this
            validate_auth()
        for doctype, name in named:
            named_documents.refuse_hidden(doctype, name)
    if guard:
        guard()
    frappe.local.sm_planner_answers = (
        expanded_links if sbool(frappe.form_dict.get("expand_links")) else ANSWERS.get(called)
    )
    guard_linked_fields()
    if frappe.request.method in WRITING and is_ours(request_parts.resource_of(frappe.request.path)):
        locks.begin()  # Frappe locks the document before it asks for anything


def guard_path() -> None:
    """Where no web server stands before Frappe that does so, nobody else keeps a path from leading out of its folder."""
    path = frappe.request.path
    if path.startswith(FILES_OF_SITE) and ".." in path.replace("\\", "/").split("/"):
        frappe.throw(_("This path leads outside its folder."), frappe.PermissionError)


def guard_get() -> None:
    """``frappe.client.get`` takes filters instead of a name: whether it refuses what it finds would tell of it."""
    doctype, given = request_parts.doctype(), frappe.form_dict.get("filters")
    if frappe.form_dict.get("name") or not given or not is_ours(doctype) or permissions.reads_all(doctype):
        return
    asked = {"filters": request_parts.parsed(given), "limit": 1, "pluck": "name"}
    parent = frappe.form_dict.get("parent")
    found = frappe.get_list(doctype, **asked, parent_doctype=parent) if _may_list(doctype, parent) else []
    if not found:
        named_documents.refuse_hidden(doctype, "")
    frappe.form_dict.update(name=found[0], filters=None)


def _may_list(doctype: str, parent: Any) -> bool:
    return bool(frappe.has_permission(doctype, "read", parent_doctype=parent))


def guard_validation() -> None:
    """``validate_link`` tells that a name is there: of what is hidden, it is asked for a name that is not."""
    doctype, name = request_parts.doctype(), frappe.form_dict.get("docname")
    guard_search()
    if (
        is_ours(doctype)
        and not permissions.reads_all(doctype)
        and not permissions.may_see(doctype, str(name))
    ):
        frappe.clear_messages()
        frappe.form_dict["docname"] = frappe.generate_hash()


def guard_linked_plans() -> None:
    """``get_submitted_linked_docs`` finds signed plans without asking."""
    if not permissions.reads_all(PLAN):
        ignored = request_parts.parsed(frappe.form_dict.get("ignore_doctypes_on_cancel_all")) or []
        frappe.form_dict["ignore_doctypes_on_cancel_all"] = json.dumps([*ignored, PLAN])


def guard_report() -> None:
    """A report is asked for what it can be asked for. Results that Frappe keeps of it are found by a name in the
    filters, without asking."""
    report_filters.guard_request()
    filters = request_parts.parsed(frappe.form_dict.get("filters"))
    kept = filters.get("prepared_report_name") if isinstance(filters, dict) else None
    if kept and frappe.db.exists("Prepared Report", kept):
        report = frappe.db.get_value("Prepared Report", kept, "report_name")
        if frappe.db.get_value("Report", report, "ref_doctype") in READ_ALONE:
            frappe.has_permission("Prepared Report", "read", kept, throw=True)


def guard_export() -> None:
    """Texts of a list stay texts in its file."""
    exports.keep_texts_of_lists()
    guard_filters()


def guard_board() -> None:
    """Cards of a board are moved by their names: the board says of which DocType."""
    doctype = frappe.db.get_value("Kanban Board", frappe.form_dict.get("board_name"), "reference_doctype")
    order = request_parts.parsed(frappe.form_dict.get("order"))
    moved = [name for column in order.values() for name in column] if isinstance(order, dict) else []
    for of_ours, name in named_documents.documents(
        doctype, [*moved, *filter(None, [frappe.form_dict.get("docname")])]
    ):
        named_documents.refuse_hidden(of_ours, name)


def guard_search() -> None:
    """Who searches does not choose whether User Permissions hold."""
    if is_ours(request_parts.doctype()):
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


_WITH_FILTERS = (
    "frappe.client.get_list",
    "frappe.desk.calendar.get_events",
    "frappe.desk.doctype.number_card.number_card.get_result",
    "frappe.desk.reportview.get",
    "frappe.desk.reportview.get_count",
    "frappe.desk.reportview.get_list",
    "frappe.desk.reportview.get_sidebar_stats",
)
"""Functions of Frappe that lists, reports, cards and charts of the Desk ask for documents."""

_MAILING_REPORTS = (
    "frappe.email.doctype.auto_email_report.auto_email_report.download",
    "frappe.email.doctype.auto_email_report.auto_email_report.send_now",
)
_OF_BOARDS = (
    "frappe.desk.doctype.kanban_board.kanban_board.add_card",
    "frappe.desk.doctype.kanban_board.kanban_board.update_order",
    "frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card",
)

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
    **dict.fromkeys(_OF_BOARDS, guard_board),
    **dict.fromkeys(_MAILING_REPORTS, report_mails.before_request),
    **dict.fromkeys(_REPORTS, guard_report),
    "frappe.client.get": guard_get,
    "frappe.client.get_count": guard_count,
    "frappe.client.validate_link": guard_validation,
    "frappe.client.validate_link_and_fetch": guard_validation,
    "frappe.core.doctype.data_export.exporter.export_data": exports.keep_texts_of_data,
    "frappe.core.doctype.data_import.data_import.download_template": exports.keep_texts_of_templates,
    "frappe.desk.doctype.dashboard_chart.dashboard_chart.get": guard_chart,
    "frappe.desk.doctype.tag.tag.get_tagged_docs": guard_state_count,
    "frappe.desk.form.linked_with.get_submitted_linked_docs": guard_linked_plans,
    "frappe.desk.listview.get_group_by_count": guard_group_count,
    "frappe.desk.reportview.export_query": guard_export,
    "frappe.desk.search.search_link": guard_search,
    "frappe.desk.search.search_widget": guard_search,
    "frappe.utils.goal.get_monthly_goal_graph_data": guard_state_count,
    "frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": guard_state_count,
    "frappe.www.printview.get_html_and_style": guard_print,
    "frappe.www.printview.get_rendered_raw_commands": guard_print,
    "sm_planner.api.agreement_calendar": guard_filters,
}
"""Function of Frappe, or one that takes its filters → what is asked, or put right, before it is called."""
