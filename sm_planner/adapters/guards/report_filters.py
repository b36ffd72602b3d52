"""Filters of the script reports: what a request may ask for is known, and anything else is refused in words.

Frappe hands on whatever a request sends. And it lets a clock run beside a script report: one that takes longer than 15
seconds (in older releases of Frappe 15 also one that fails) it prepares in the background from then on, for everybody.
Any reader could bring that about; here the clock of our reports is stopped, and whoever wants one prepared sets that in
the Report.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.reports import REPORTS, Report

LONGEST = 500
"""Rows of a report that the Desk is given at once, which it asks for by the ``page``."""

LARGEST = 36_500
"""The largest number that a filter can be: days of a hundred years."""

Values = dict[str, "bool | int | str"]


@dataclass(frozen=True)
class Declared:
    """The filters of a report. defaults: name → default, of the filter's type. options: name → what it can be."""

    defaults: Values
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


SEVERAL = "all_in_force"
"""The filter by which a report is about all plans in force that its reader may read, in place of one."""


def _of_report(report: Report) -> Values:
    """The filters of a report are the keywords of its function; all are about a plan, and a page of what is found of it. Some can
    be about all plans in force."""
    keywords = (one for one in signature(report.run).parameters.values() if one.kind is one.KEYWORD_ONLY)
    several = {SEVERAL: False} if report.several else {}
    return {"plan": "", "page": 1, **several, **{keyword.name: keyword.default for keyword in keywords}}


SEALS, ATTAINMENT = "Seal Register", "SLA Attainment"
GROUPS = ("service-level", "service", "priority", "party", "month", "period")
"""What the rows of SLA Attainment can be about. Its own module loads NumPy, for which no other report waits."""

DECLARED: dict[str, Declared] = {
    **{report.title: Declared(_of_report(report), report.options) for report in REPORTS.values()},
    SEALS: Declared({"plan": "", "broken_only": False}),
    ATTAINMENT: Declared({"plan": "", "page": 1, "log": "", "map": "", "by": GROUPS[0]}, {"by": GROUPS}),
}
"""Report as the Desk knows it → its filters."""


def begin(report: str, filters: Any) -> Values:
    """What a report was asked for, each filter of its type. Raises frappe.ValidationError for anything else.

    The first thing that a report does.
    """
    _stop_clock()
    return values(report, filters)


def values(report: str, filters: Any) -> Values:
    """The filters of a report, as a request, a job or a mail gives them: JSON or what that means.

    The Desk leaves out a switch that is off. What is no filter of the report is passed over, as it always was.
    """
    given = _mapping(filters)
    declared = DECLARED[report]
    return {
        name: _value(name, default, given.get(name), declared.options.get(name, ()))
        for name, default in declared.defaults.items()
    }


def check(report: Any, filters: Any) -> None:
    """Refuse what one of our reports, or one that somebody made of it, cannot be asked for."""
    ours = _ours(report)
    if ours:
        values(ours, filters)


def guard_request() -> None:
    """Before Frappe runs, exports or prepares a report."""
    asked = frappe.form_dict
    check(asked.get("report_name"), asked.get("filters"))
    if asked.get("file_format_type") and _ours(asked.get("report_name")):
        _export_whole(asked)


def _export_whole(asked: dict[str, Any]) -> None:
    """A file of a full page of which the reader chose no rows is one of the whole report."""
    chosen = asked.get("visible_idx")
    try:
        chosen = json.loads(chosen) if isinstance(chosen, str) else chosen
    except (ValueError, RecursionError):
        return
    if isinstance(chosen, list) and len(chosen) >= LONGEST and _is_beginning(chosen):
        asked["visible_idx"] = "[]"
        asked["filters"] = json.dumps({**_mapping(asked.get("filters")), "page": 1})


def _is_beginning(chosen: list[Any]) -> bool:
    """Whether these are the first rows of a page without a gap: a page with heads among its rows has some more than others."""
    return sorted(one for one in chosen if isinstance(one, int)) == list(range(len(chosen)))


def guard_document(doc: Document, method: str) -> None:
    """Before a report is kept to be run: prepared, or mailed."""
    check(doc.get("report_name") or doc.get("report"), doc.filters)


def _ours(report: Any) -> str | None:
    """Which of our reports it is in the end: users save reports of their own that show another with other columns."""
    seen: set[str] = set()
    while isinstance(report, str) and report not in DECLARED and report not in seen:
        seen.add(report)
        report = frappe.db.get_value("Report", report, "reference_report")
    return report if isinstance(report, str) and report in DECLARED else None


def _mapping(filters: Any) -> Mapping[str, Any]:
    if isinstance(filters, (str, bytes)):
        try:
            filters = json.loads(filters or "{}")
        except (ValueError, RecursionError):
            _refuse(_("Filters"), _("This is not JSON."))
    if not filters:
        return {}
    if not isinstance(filters, Mapping):
        _refuse(_("Filters"), _("Enter an object with a name and a value for each filter."))
    return filters


def _value(name: str, default: Any, given: Any, options: tuple[str, ...]) -> bool | int | str:
    if given is None or given == "":
        return default
    if not isinstance(given, (str, int, float)):
        _refuse(name, _("Enter one value."))
    if isinstance(given, str) and len(given) > LINE_LENGTH:
        _refuse(name, _("Use at most {0} characters.").format(LINE_LENGTH))
    if isinstance(default, bool):
        return _whole(name, given, 1) != 0
    if isinstance(default, int):
        return _whole(name, given, LARGEST) or default
    text = str(given)
    if options and text not in options:
        _refuse(name, _("Choose one of {0}.").format(", ".join(options)))
    return text


def _whole(name: str, given: str | float, largest: int) -> int:
    try:
        number = int(given)
    except (ValueError, OverflowError):
        number = -1
    if not 0 <= number <= largest:
        _refuse(name, _("Enter a whole number from 0 to {0}.").format(largest))
    return number


def _refuse(name: str, fix: str) -> None:
    frappe.throw(
        _("The report cannot be filtered this way. {0}: {1}").format(escape_html(name), escape_html(fix)),
        title=_("The report has no such filter"),
    )


def _stop_clock() -> None:
    """Stop the clocks that Frappe has run beside our reports; see above.

    They are threads of Frappe's own, known by the function that they wait to call.
    """
    for thread in threading.enumerate():
        if (
            isinstance(thread, threading.Timer)
            and getattr(thread.function, "__name__", "") == "enable_prepared_report"
            and thread.kwargs.get("report") in DECLARED
        ):
            thread.cancel()
