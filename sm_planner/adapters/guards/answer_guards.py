"""Guards on answers: functions of Frappe's own that look for documents without asking whether the user may read them.

The request names none of these, so that nothing can be asked before; what the user may not read is taken out of the
answer. If that fails, nothing is answered.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import frappe
from werkzeug.wrappers import Response

from sm_planner.adapters import permissions
from sm_planner.adapters.site.doctypes import READ_ALONE
from sm_planner.adapters.site.ours import is_ours


def guard_answer(response: Response, request: Any) -> None:
    """Runs after every request."""
    guard = getattr(frappe.local, "sm_planner_answers", None)
    if guard is None or response.status_code != 200 or response.mimetype != "application/json":
        return
    try:
        answer = guard(json.loads(response.get_data()))
    except Exception:
        frappe.logger().error("An answer was not told", exc_info=True)
        answer, response.status_code = {}, 500
    response.set_data(json.dumps(answer))


def found(answer: dict[str, Any]) -> dict[str, Any]:
    """What a search found."""
    key = _key(answer)
    hits = answer.get(key) or []
    hidden = _hidden((hit.get("doctype"), hit.get("name")) for hit in hits)
    return {**answer, key: [hit for hit in hits if (hit["doctype"], hit["name"]) not in hidden]}


def connections(answer: dict[str, Any]) -> dict[str, Any]:
    """How many documents link to one: those that the user may read are counted, up to 100 as Frappe does."""
    counts = (answer.get(_key(answer)) or {}).get("count") or {}
    links = frappe.get_meta(frappe.form_dict.doctype).get_dashboard_data()
    for one in counts.get("external_links_found", ()):
        doctype = one["doctype"]
        if not is_ours(doctype) or not one["count"] or permissions.reads_all(doctype):
            continue
        field = (links.get("non_standard_fieldnames") or {}).get(doctype) or links.get("fieldname")
        may_read = doctype in READ_ALONE and permissions.readable(doctype) != permissions.NONE
        names = {field: frappe.form_dict.name}
        one["count"] = len(frappe.get_list(doctype, filters=names, limit=100)) if may_read else 0
        one["open_count"] = 0
    return answer


def link_titles(answer: dict[str, Any]) -> dict[str, Any]:
    """Titles of what a document links to."""
    titles = answer.get("_link_titles") or {}
    hidden = _hidden(tuple(key.split("::", 1)) for key in titles)
    return {
        **answer,
        "_link_titles": {
            key: title for key, title in titles.items() if tuple(key.split("::", 1)) not in hidden
        },
    }


def expanded_links(answer: dict[str, Any]) -> dict[str, Any]:
    """A document with the documents that it links to in it."""
    documents: set[tuple[str, str]] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            documents.add((str(value.get("doctype")), str(value.get("name"))))
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(inner)

    def without(value: Any) -> Any:
        if isinstance(value, list):
            return [without(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if (value.get("doctype"), value.get("name")) in hidden:
            return value["name"]
        return {key: without(inner) for key, inner in value.items()}

    collect(answer)
    hidden = _hidden(documents)
    return without(answer)


def _key(answer: dict[str, Any]) -> str:
    """Where an answer holds what a function returned: API v2 has another place for it."""
    return "data" if "data" in answer else "message"


def _hidden(documents: Iterable[tuple[Any, ...]]) -> set[tuple[str, str]]:
    """Those of some documents that are ours, and that the user may not read: one query a DocType."""
    named: dict[str, set[str]] = defaultdict(set)
    for doctype, name in documents:
        if doctype in READ_ALONE:
            named[doctype].add(name)
    hidden: set[tuple[str, str]] = set()
    for doctype, names in named.items():
        condition = permissions.readable(doctype)
        if condition:
            asked = {"filters": {"name": ("in", sorted(names))}, "pluck": "name"}
            seen = set() if condition == permissions.NONE else set(frappe.get_list(doctype, **asked))
            hidden |= {(doctype, name) for name in names - seen}
    return hidden


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "frappe.desk.form.load.getdoc": link_titles,
    "frappe.desk.notifications.get_open_count": connections,
    "frappe.utils.global_search.search": found,
}
"""Function of Frappe → what is taken out of its answer."""
