"""Documents of ours that a request names, by whatever parameter: who may not read one is told that it is not there."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters import permissions
from sm_planner.adapters.guards import request_parts
from sm_planner.adapters.site.doctypes import DOCTYPES, LINEAGE, PLAN
from sm_planner.adapters.site.ours import is_ours

_DOCUMENT = re.compile(r"/api/(?:v\d+/)?(?:resource|document)/([^/]+)/(.+?)(/copy|/method/[^/]+)?/?$")

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
    "assessment": DOCTYPES["assessments"],
    "calendar": DOCTYPES["calendars"],
    "check": DOCTYPES["sanity_checks"],
    "customer": DOCTYPES["stakeholders"],
    "entry": DOCTYPES["raci"],
    "gap_decision": DOCTYPES["gap_decisions"],
    "improvement": DOCTYPES["improvements"],
    "lesson": DOCTYPES["lessons"],
    "lineage": LINEAGE,
    "objective": DOCTYPES["objectives"],
    "report": DOCTYPES["report_specs"],
    "review": DOCTYPES["reviews"],
    "risk": DOCTYPES["risks"],
    "service": DOCTYPES["services"],
    "waiver": DOCTYPES["waivers"],
}
"""Parameter of our own functions → the DocType of which it names a document."""

OF_OWN_PART = {
    f"{API}{name}"
    for name in (
        "my_part",
        "confirm_briefing",
        "confirm_my_part",
        "confirm_training",
        "confirm_part",
        "add_measurement",
        "add_evidence",
        "report_progress",
        "suggest_improvement",
        "report_workaround",
        "say_of_report",
    )
}
"""Functions for people who may read no document: they find the part of the user alone, and tell of nothing else."""


def named(called: str) -> Iterator[tuple[str, str]]:
    """The documents of ours that a request names: DocType and name."""
    path = _DOCUMENT.match(frappe.request.path)
    if path:
        yield from documents(unquote(path[1]), unquote(path[2]))
    makes = called in MAKING or (bool(request_parts.resource_of(frappe.request.path)) and not path)
    yield from _named_in(frappe.form_dict, makes or called in OTHER_NAMES)
    for key in HOLDING:
        held = request_parts.parsed(frappe.form_dict.get(key))
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                yield from _named_in(one, makes or bool(one.get("__islocal")))
    if called.startswith(API) and called not in OF_OWN_PART:
        for key, doctype in NAMED_IN_API.items():
            if name := frappe.form_dict.get(key):
                yield from documents(doctype, name)
    if called in NAMED_OTHERWISE:
        yield from documents(request_parts.doctype(), frappe.form_dict.get(NAMED_OTHERWISE[called]))


def _named_in(values: dict[str, Any], is_new: bool) -> Iterator[tuple[str, str]]:
    """What values name. is_new: the name beside a DocType is not, or not yet, that of a document."""
    for key, name in NAMING:
        if values.get(key) and values.get(name) and not (is_new and (key, name) == ("doctype", "name")):
            yield from documents(values[key], values[name])


def documents(doctype: Any, names: Any) -> Iterator[tuple[str, str]]:
    """The documents of ours among those of these names. Some functions take lists, or a list for each DocType."""
    given = request_parts.parsed(doctype)
    if isinstance(given, dict):
        for one, of_one in given.items() if "doctype" not in given else ():
            yield from documents(one, of_one)
    elif isinstance(doctype, str) and is_ours(doctype) and not frappe.get_meta(doctype).issingle:
        several = request_parts.parsed(names)
        for name in several if isinstance(several, list) else [names]:
            if isinstance(name, dict):
                name = name.get("name")
            yield doctype, str(name)


def refuse_hidden(doctype: str, name: str) -> None:
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
