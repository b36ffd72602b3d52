"""Fields of what a link leads to, which Frappe gives without asking whether the user may read what is there."""

import json
import re

import frappe
from frappe import _

from sm_planner.adapters import permissions
from sm_planner.adapters.guards import request_parts
from sm_planner.adapters.site.doctypes import OF_LINEAGE, OF_PLAN, READ_ALONE
from sm_planner.adapters.site.ours import is_ours

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


def guard_linked_fields() -> None:
    """Fields of what a link leads to are asked for as ``link.field``: Frappe gives them without asking whether the
    user may read what is there.

    Columns of a list are left out; a filter or an order, by which they could be found out, is refused.
    """
    given = " ".join(map(_asked, (*_ASKING, "fields")))
    held = [request_parts.parsed(frappe.form_dict.get(key)) for key in ("doc", "chart")]
    doctypes = {request_parts.doctype(), request_parts.resource_of(frappe.request.path)}
    doctypes |= {str(one.get("document_type")) for one in held if isinstance(one, dict)}
    asked = filter(is_ours, doctypes) if "." in given else ()
    links = [link for doctype in asked for link in _hidden_links(doctype, given)]
    if not links:
        return
    fields = request_parts.parsed(frappe.form_dict.get("fields"))
    asks = _fields_of(links)
    if isinstance(fields, str):
        fields = fields.split(",")
    if isinstance(fields, list) and any(asks.search(str(field)) for field in fields):
        frappe.form_dict["fields"] = json.dumps([one for one in fields if not asks.search(str(one))])
    for key in _ASKING:
        if asks.search(_asked(key)):
            frappe.throw(_("This asks for fields of a link that you may not read."), frappe.PermissionError)


def _asked(key: str) -> str:
    """What a parameter says, without the escapes that JSON has for letters."""
    return str(request_parts.parsed(frappe.form_dict.get(key)) or "")


def _fields_of(links: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w`.])(?:{'|'.join(map(re.escape, links))})\.")


def _hidden_links(doctype: str, given: str) -> list[str]:
    """The links of a DocType by which something is asked for, and which may lead to documents of ours that the user
    may not read."""
    of_plan = doctype in OF_PLAN or doctype in OF_LINEAGE  # whose documents are hidden with their plan
    return [
        link.fieldname
        for link in frappe.get_meta(doctype).get_link_fields()
        if link.options in READ_ALONE
        and not (of_plan and link.fieldname in ("plan", "lineage"))
        and _fields_of([link.fieldname]).search(given)
        and not permissions.reads_all(link.options)
    ]
