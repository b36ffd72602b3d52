"""Guards on requests: functions of Frappe's own that tell, or print, more of the app's documents than they should,
or find others than were asked for.

They are known by name, before Frappe calls them. Replacing them by functions of ours (``override_whitelisted_methods``)
would do the same for every app of the site, and would have to follow Frappe's every change.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.auth import validate_auth
from frappe.modules.utils import load_doctype_module
from frappe.utils import escape_html, sbool

from sm_planner import permissions
from sm_planner.adapters import exports, locks, report_filters, report_mails
from sm_planner.adapters.answer_guards import ANSWERS, expanded_links
from sm_planner.adapters.doctypes import DOCTYPES, NUMBER_FIELDS, PLAN
from sm_planner.adapters.frappe_guards import is_ours
from sm_planner.engine.values import LARGEST_NUMBER

_METHOD = re.compile(r"/api/(?:v\d+/)?method/([^/]+)(?:/([^/]+))?")
_RESOURCE = re.compile(r"/api/(?:v\d+/)?(?:resource|document|doctype)/([^/]+)")
_DOCUMENT = re.compile(r"/api/(?:v\d+/)?(?:resource|document)/([^/]+)/(.+?)(/copy|/method/[^/]+)?/?$")

WRITING = ("POST", "PUT", "PATCH", "DELETE")
"""Methods of requests that may change something."""


FILES_OF_SITE = ("/backups", "/private")
"""Paths under which Frappe sends files of the site's folder, by whatever stands behind them."""

NAMING = (
    ("doctype", "name"),
    ("doctype", "docname"),
    ("doctype", "docnames"),
    ("doctype", "doc_name"),
    ("doctype", "items"),
    ("doctype", "old_name"),
    ("doctype", "source_name"),
    ("doc", "name"),
    ("dt", "dn"),
    ("dt", "docs"),
    ("document_type", "document_name"),
    ("link_doctype", "link_name"),
    ("parenttype", "parent"),
    ("ref_doctype", "ref_docname"),
    ("ref_doctype", "ref_name"),
    ("reference_doctype", "reference_docname"),
    ("reference_doctype", "reference_name"),
    ("reference_type", "reference_name"),
    ("reminder_doctype", "reminder_docname"),
    ("attached_to_doctype", "attached_to_name"),
    ("share_doctype", "share_name"),
)
"""What names a document in requests to Frappe: its DocType, and its name or names."""

HOLDING = ("doc", "docs", "document", "args")
"""What holds documents, or what names some."""

MAKING = ("frappe.client.insert", "frappe.client.insert_many")
"""Functions of Frappe whose documents are not there yet."""

OTHER_NAMES = {
    "frappe.desk.reportview.delete_report",
    "frappe.desk.reportview.save_report",
    "frappe.email.doctype.email_group.email_group.import_from",
    "frappe.model.rename_doc.update_document_title",
}
"""Functions of Frappe whose ``name`` is not that of a document of ``doctype``."""

ASKED_ELSEWHERE = {
    "frappe.client.validate_link",
    "frappe.client.validate_link_and_fetch",
    "frappe.email.queue.unsubscribe",
    "frappe.workflow.doctype.workflow_action.workflow_action.apply_action",
    "frappe.workflow.doctype.workflow_action.workflow_action.confirm_action",
}
"""Functions of Frappe that have a guard of their own, or take nothing but links that the site has signed and mailed."""

NAMED_OTHERWISE = {
    "frappe.desk.form.assign_to.remove_multiple": "names",
    "frappe.desk.form.utils.get_next": "value",
}
"""Function of Frappe → the parameter that names documents of ``doctype``, and does so in no other function."""

API = "sm_planner.api."
NAMED_IN_API = {
    "plan": PLAN,
    "agreement": DOCTYPES["agreements"],
    "calendar": DOCTYPES["calendars"],
    "entry": DOCTYPES["raci"],
    "service": DOCTYPES["services"],
}
"""Parameter of our own functions → the DocType of which it names a document."""


def guard_request() -> None:
    """Runs before every request."""
    guard_path()
    frappe.local.sm_planner_answers = None  # of the request before
    called = _own_name(frappe.form_dict.get("cmd") or _method_of(frappe.request.path))
    guard = GUARDS.get(called)
    named = list(_named(called)) if called not in ASKED_ELSEWHERE else []
    if guard or named:
        if frappe.session.user == "Guest":  # Frappe looks at API keys only after this
            validate_auth()
        for doctype, name in named:
            _refuse_hidden(doctype, name)
    if guard:
        guard()
    frappe.local.sm_planner_answers = (
        expanded_links if sbool(frappe.form_dict.get("expand_links")) else ANSWERS.get(called)
    )
    _guard_linked_fields()
    if frappe.request.method in WRITING and is_ours(_resource_of(frappe.request.path)):
        locks.begin()  # Frappe locks the document before it asks for anything


def guard_path() -> None:
    """Where no web server stands before Frappe that does so, nobody else keeps a path from leading out of its folder."""
    path = frappe.request.path
    if path.startswith(FILES_OF_SITE) and ".." in path.replace("\\", "/").split("/"):
        frappe.throw(_("This path leads outside its folder."), frappe.PermissionError)


def _named(called: str) -> Iterator[tuple[str, str]]:
    """The documents of ours that a request names: DocType and name."""
    path = _DOCUMENT.match(frappe.request.path)
    if path:
        yield from _documents(unquote(path[1]), unquote(path[2]))
    makes = called in MAKING or (bool(_resource_of(frappe.request.path)) and not path)
    yield from _named_in(frappe.form_dict, makes or called in OTHER_NAMES)
    for key in HOLDING:
        held = _parsed(frappe.form_dict.get(key))
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                yield from _named_in(one, makes or bool(one.get("__islocal")))
    if called.startswith(API):
        for key, doctype in NAMED_IN_API.items():
            if name := frappe.form_dict.get(key):
                yield from _documents(doctype, name)
    if called in NAMED_OTHERWISE:
        yield from _documents(_doctype(), frappe.form_dict.get(NAMED_OTHERWISE[called]))


def _named_in(values: dict[str, Any], is_new: bool) -> Iterator[tuple[str, str]]:
    """What values name. is_new: the name beside a DocType is not, or not yet, that of a document."""
    for key, name in NAMING:
        if values.get(key) and values.get(name) and not (is_new and (key, name) == ("doctype", "name")):
            yield from _documents(values[key], values[name])


def _documents(doctype: Any, names: Any) -> Iterator[tuple[str, str]]:
    """The documents of ours among those of these names. Some functions take lists, or a list for each DocType."""
    given = _parsed(doctype)
    if isinstance(given, dict):
        for one, of_one in given.items() if "doctype" not in given else ():
            yield from _documents(one, of_one)
    elif isinstance(doctype, str) and is_ours(doctype) and not frappe.get_meta(doctype).issingle:
        several = _parsed(names)
        for name in several if isinstance(several, list) else [names]:
            if isinstance(name, dict):
                name = name.get("name")
            yield doctype, str(name)


def _parsed(value: Any) -> Any:
    """What a text of JSON says; else the value as it is."""
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _refuse_hidden(doctype: str, name: str) -> None:
    """Refuse a document that the user may not read in the words that one gets which is not there.

    Who may read all of them is told by Frappe which are there.
    """
    if permissions.reads_all(doctype) or permissions.may_see(doctype, name) or _has_key(doctype, name):
        return
    frappe.clear_messages()  # reasons for a refusal tell that there is something
    frappe.throw(
        _("{0} {1}: there is none with this name that you may read.").format(_(doctype), escape_html(name)),
        frappe.PermissionError,
    )


def _has_key(doctype: str, name: str) -> bool:
    """Whether the request has the key of a document that somebody shared by link, for printing."""
    key = frappe.form_dict.get("key")
    shared = {"reference_doctype": doctype, "reference_docname": name, "key": key}
    return isinstance(key, str) and bool(frappe.db.exists("Document Share Key", shared))


def _guard_linked_fields() -> None:
    """Fields of what a link leads to are asked for as ``link.field``: Frappe gives them without asking whether the
    user may read what is there.

    Columns of a list are left out; a filter or an order, by which they could be found out, is refused.
    """
    given = " ".join(map(_asked, (*_ASKING, "fields")))
    held = [_parsed(frappe.form_dict.get(key)) for key in ("doc", "chart")]
    doctypes = {_doctype(), _resource_of(frappe.request.path)}
    doctypes |= {str(one.get("document_type")) for one in held if isinstance(one, dict)}
    asked = filter(is_ours, doctypes) if "." in given else ()
    links = [link for doctype in asked for link in _hidden_links(doctype, given)]
    if not links:
        return
    fields = _parsed(frappe.form_dict.get("fields"))
    asks = _fields_of(links)
    if isinstance(fields, str):
        fields = fields.split(",")
    if isinstance(fields, list) and any(asks.search(str(field)) for field in fields):
        frappe.form_dict["fields"] = json.dumps([one for one in fields if not asks.search(str(one))])
    for key in _ASKING:
        if asks.search(_asked(key)):
            frappe.throw(_("This asks for fields of a link that you may not read."), frappe.PermissionError)


_ASKING = (
    "chart",
    "current_filters",
    "doc",
    "export_filters",
    "field",
    "fieldname",
    "filters",
    "group_by",
    "or_filters",
    "order_by",
    "sort_field",
)
"""Where a list, a card or a chart is asked for by fields."""


def _asked(key: str) -> str:
    """What a parameter says, without the escapes that JSON has for letters."""
    return str(_parsed(frappe.form_dict.get(key)) or "")


def _fields_of(links: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w`.])(?:{'|'.join(map(re.escape, links))})\.")


def _hidden_links(doctype: str, given: str) -> list[str]:
    """The links of a DocType by which something is asked for, and which may lead to documents of ours that the user
    may not read."""
    of_plan = doctype in permissions.OF_PLAN  # whose documents are hidden with their plan
    return [
        link.fieldname
        for link in frappe.get_meta(doctype).get_link_fields()
        if link.options in permissions.READ_ALONE
        and not (of_plan and link.fieldname == "plan")
        and _fields_of([link.fieldname]).search(given)
        and not permissions.reads_all(link.options)
    ]


def _method_of(path: str) -> str:
    """The function that a path calls. API v2 calls one of a DocType by the DocType and its name."""
    found = _METHOD.match(path)
    if not found:
        return ""
    if found[2] and frappe.db.exists("DocType", found[1]):
        return f"{load_doctype_module(found[1]).__name__}.{found[2]}"
    return found[1]


def _own_name(called: str) -> str:
    """The name under which a function was written: modules that import it have it too, and Frappe calls it there."""
    if "." not in called:
        return called
    try:
        function = frappe.get_attr(called)
        return f"{function.__module__}.{function.__name__}"
    except Exception:  # Frappe says what is wrong when it looks for it
        frappe.clear_messages()
        return called


def _resource_of(path: str) -> str:
    found = _RESOURCE.match(path)
    return unquote(found[1]) if found else ""


def guard_count() -> None:
    """``frappe.client.get_count`` counts without asking: by its filters every field can be found out."""
    _refuse_count(_doctype())


def guard_group_count() -> None:
    """The same where documents are counted by whom they are assigned to."""
    guard_filters()
    if frappe.form_dict.get("field") == "assigned_to":
        guard_count()


def guard_state_count() -> None:
    """The same where documents are counted by the values of a field, found by a tag, or added up month by month."""
    _refuse_count(_doctype())
    _refuse_count(frappe.form_dict.get("goal_doctype"))


def guard_chart() -> None:
    """A heat map counts without asking; what other charts show is asked for as in lists."""
    guard_filters()
    name = frappe.form_dict.get("chart_name")
    chart = (
        frappe.db.get_value("Dashboard Chart", name, ["type", "document_type"], as_dict=True)
        if name
        else None
    )
    chart = chart or _parsed(frappe.form_dict.get("chart")) or {}
    if isinstance(chart, dict) and chart.get("type") == "Heatmap":
        _refuse_count(chart.get("document_type"))


def _refuse_count(doctype: Any) -> None:
    if isinstance(doctype, str) and is_ours(doctype) and not permissions.reads_all(doctype):
        frappe.throw(
            _("This counts what you may not read. Use frappe.desk.reportview.get_count."),
            frappe.PermissionError,
        )


def guard_get() -> None:
    """``frappe.client.get`` takes filters instead of a name: whether it refuses what it finds would tell of it."""
    doctype, given = _doctype(), frappe.form_dict.get("filters")
    if frappe.form_dict.get("name") or not given or not is_ours(doctype) or permissions.reads_all(doctype):
        return
    asked = {"filters": _parsed(given), "limit": 1, "pluck": "name"}
    parent = frappe.form_dict.get("parent")
    found = frappe.get_list(doctype, **asked, parent_doctype=parent) if _may_list(doctype, parent) else []
    if not found:
        _refuse_hidden(doctype, "")
    frappe.form_dict.update(name=found[0], filters=None)


def _may_list(doctype: str, parent: Any) -> bool:
    return bool(frappe.has_permission(doctype, "read", parent_doctype=parent))


def guard_validation() -> None:
    """``validate_link`` tells that a name is there: of what is hidden, it is asked for a name that is not."""
    doctype, name = _doctype(), frappe.form_dict.get("docname")
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
        ignored = _parsed(frappe.form_dict.get("ignore_doctypes_on_cancel_all")) or []
        frappe.form_dict["ignore_doctypes_on_cancel_all"] = json.dumps([*ignored, PLAN])


def guard_report() -> None:
    """A report is asked for what it can be asked for. Results that Frappe keeps of it are found by a name in the
    filters, without asking."""
    report_filters.guard_request()
    filters = _parsed(frappe.form_dict.get("filters"))
    kept = filters.get("prepared_report_name") if isinstance(filters, dict) else None
    if kept and frappe.db.exists("Prepared Report", kept):
        report = frappe.db.get_value("Prepared Report", kept, "report_name")
        if frappe.db.get_value("Report", report, "ref_doctype") in permissions.READ_ALONE:
            frappe.has_permission("Prepared Report", "read", kept, throw=True)


def guard_export() -> None:
    """Texts of a list stay texts in its file."""
    exports.keep_texts_of_lists()
    guard_filters()


def guard_board() -> None:
    """Cards of a board are moved by their names: the board says of which DocType."""
    doctype = frappe.db.get_value("Kanban Board", frappe.form_dict.get("board_name"), "reference_doctype")
    order = _parsed(frappe.form_dict.get("order"))
    moved = [name for column in order.values() for name in column] if isinstance(order, dict) else []
    for of_ours, name in _documents(doctype, [*moved, *filter(None, [frappe.form_dict.get("docname")])]):
        _refuse_hidden(of_ours, name)


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
}
"""Function of Frappe → what is asked, or put right, before it is called."""
