"""Reports in the Desk: a :class:`~sm_planner.reports.table.Table`, as Frappe shows it, to who may see it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_choice
from sm_planner.adapters.guards import report_filters
from sm_planner.adapters.guards.report_filters import LONGEST, SEVERAL
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, SETTINGS
from sm_planner.adapters.site.places import prefix
from sm_planner.adapters.site.presentation import opens, raci_names, user_day
from sm_planner.adapters.site.sheet_texts import FORMULA, Verbatim
from sm_planner.engine.checks.mending import place_of_field, place_of_finding
from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import Number
from sm_planner.reports import REPORTS
from sm_planner.reports.several import PLAN_KEY, together
from sm_planner.reports.table import Column, Table

Shown = tuple[Any, ...]
"""What Frappe wants of a report: columns, rows, message, chart, summary."""

CHARTED = "SM Number"
"""What the numbers of charts are to Frappe, which writes its tooltips by the formatter of that name in ``fields/numbers.js``; as they
are where that is not there."""
NO_CHART: dict[str, Any] = {"data": {}}
"""What a dashboard says has no data. Of a report without any chart it would draw one of "undefined"."""
_MARKED = {"fit", "severity", "standing", "state", "trend", "verdict"}
"""Columns whose cells ``reports/cells.js`` shows as coloured pills, by what they say in English."""


def run(report: str, filters: dict[str, Any] | None) -> Shown:
    """A report of :data:`sm_planner.reports.REPORTS` about the plan that the filters name."""
    known = REPORTS[report]
    return of_plan(known.run, report_filters.begin(known.title, filters))


def of_plan(report_function: Callable[..., Table], filters: report_filters.Values) -> Shown:
    """A report of a plan and a day about the plan that the filters name, or else the default, for who may read it.

    filters: as :func:`report_filters.begin` gives them.
    """
    chosen = dict(filters)
    page = chosen.pop("page", 1)
    if chosen.pop(SEVERAL, False):
        del chosen["plan"]
        return _of_all_in_force(report_function, chosen, page)
    plan_name = chosen.pop("plan") or (plan_choice.default_plan() or {}).get("name")
    if not plan_name:
        return nothing(no_plan())
    if not (frappe.db.exists(PLAN, plan_name) and frappe.has_permission(PLAN, "read", plan_name)):
        return nothing(_("There is no plan with this name that you may read."))
    plan = plan_reader.load(plan_name)
    return shown(report_function(plan, getdate(), **chosen), plan, page)


def _of_all_in_force(report_function: Callable[..., Table], chosen: dict[str, Any], page: int) -> Shown:
    """A report about all plans in force that the user may read."""
    plans = [plan_reader.load(row.name) for row in plan_choice.in_force()]
    if not plans:
        return nothing(_("No plan is in force that you may read."))
    today = getdate()
    table = together([(plan, report_function(plan, today, **chosen)) for plan in plans])
    return shown(table, None, page, several=plans)


def nothing(message: str) -> Shown:
    """A report that shows nothing and says why. message: HTML."""
    return [], [], message, NO_CHART, []


def no_plan() -> str:
    """What to do where there is no plan that the user may read: how to come by one."""
    if frappe.has_permission(PLAN, "create"):
        return _("There is no plan yet. {0}, or load the example in {1}.").format(
            f'<a href="{frappe.utils.get_url_to_list(PLAN)}">{_("Write one")}</a>',
            f'<a href="{frappe.utils.get_url_to_form(SETTINGS, SETTINGS)}">{_("SM Settings")}</a>',
        )
    return _("There is no plan that you may read. Ask your service planner to share one with you.")


def shown(table: Table, plan: Plan | None = None, page: int = 1, several: Sequence[Plan] = ()) -> Shown:
    """A table as Frappe shows it. plan: where its records belong to one; ``several``: where its rows say to which. page: which rows
    the Desk is given of a long one."""
    found, first = len(table.rows), _first_row(len(table.rows), page)
    if first is not None:
        table = replace(table, rows=table.rows[first : first + LONGEST])
    count = len(table.rows)
    if table.heads:
        table = replace(table, rows=list(_tree(table)))
    parts = table.as_dict(_, _in_file if _is_export() else user_day)
    rows = [{name: _cell(cell) for name, cell in row.items()} for row in parts["rows"]]
    for field in _MARKED.intersection(column.fieldname for column in table.columns):
        for row, shown_row in zip(table.rows, rows, strict=True):
            shown_row[f"{field}_key"] = getattr(row[field], "template", "")
    if any(column.key and not column.collection for column in table.columns):
        for one in several or filter(None, (plan,)):
            own = [
                pair
                for pair in zip(table.rows, rows, strict=True)
                if not several or pair[0][PLAN_KEY] == one.id
            ]
            _add_places(one, own)
    columns = [
        {
            **column,
            "label": _cell(column["label"]),
            "width": max(column["width"], _least_width(column)),
            "align": _alignment(column["fieldtype"]),
            "precision": _precision(column, rows),
            **_opens(described, plan),
        }
        for column, described in zip(parts["columns"], table.columns, strict=True)
    ]
    summary = [
        {**figure, "value": _figure(figure["value"]), "datatype": "Data"} for figure in parts["summary"]
    ]
    chart = parts["chart"]
    if chart:
        chart["data"]["labels"] = [_cell(label) for label in chart["data"]["labels"]]
        chart |= {name: _cell(chart[name]) for name in ("title", "reading")}
        chart["fieldtype"] = CHARTED
    message = _message(parts) + _pages(first or 0, count, found)
    return columns, rows, message, chart or NO_CHART, summary


def _tree(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, each beneath its head, as Frappe shows a tree: by its ``indent``. A head whose rows began on the page
    before is told again."""
    above = ""
    for row in table.rows:
        head = row["head"] if row["head"] in table.heads else ""
        if head and head != above:
            yield {**table.heads[head], "indent": 0, "is_head": True}
        above = head
        yield {**row, "indent": 1 if head else 0}


def _first_row(count: int, page: int) -> int | None:
    """The row with which a page begins, or the last page; None where all rows are given: in files of the first page, mails and
    jobs."""
    if page < 2 and (_is_export() or not frappe.request):
        return None
    last = max(count - 1, 0) // LONGEST
    return min(max(page, 1) - 1, last) * LONGEST


def _pages(first: int, shown: int, found: int) -> str:
    """Which rows are shown of how many, and what shows the others, for ``reports/pages.js``: HTML; empty where all are."""
    if shown == found:
        return ""
    said = _("Rows {0} to {1} of {2}. Filters make them fewer; the file of a full page has all.")
    page = first // LONGEST + 1
    buttons = (
        f' <button type="button" class="btn btn-default btn-xs" data-smp-page="{number}">{escape_html(label)}</button>'
        for number, label, is_there in (
            (page - 1, _("Previous Page"), first > 0),
            (page + 1, _("Next Page"), first + shown < found),
        )
        if is_there
    )
    return f"<br>{escape_html(said.format(first + 1, first + shown, found))}{''.join(buttons)}"


def _in_file(value: date | Number) -> str:
    """Days as the user writes them; numbers with a point, as every program reads them."""
    return str(value) if isinstance(value, Number) else user_day(value)


def _figure(value: Any) -> Any:
    """A figure above a table, which the Desk shows as it is given."""
    return user_day(show(value)) if isinstance(value, float) else value


def _message(parts: dict[str, Any]) -> str:
    """What to do next, and what one sees in the chart: HTML."""
    reading = (parts["chart"] or {}).get("reading")
    sentences = [escape_html(parts["message"] or "")]
    if reading:
        sentences.append(f'<span class="text-muted">{escape_html(reading)}</span>')
    return "<br>".join(sentences)


def _alignment(fieldtype: str) -> str:
    """Said for each column: the Desk would guess it from the first row, which may be empty."""
    return "left" if fieldtype in ("Data", "Date") else "right"


def _least_width(column: dict[str, Any]) -> int:
    """Pixels that a heading with the sign beside it needs, a day, or a pill."""
    value = 120 if column["fieldtype"] == "Date" else 140 if column["fieldname"] in _MARKED else 0
    return max(8 * len(column["label"]) + 40, value)


def _precision(column: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Decimals of a column of figures: as many as they have, up to 3. As a text, for the Desk takes 0 for none."""
    if column["fieldtype"] != "Float":
        return ""
    shown = (f"{row[column['fieldname']] or 0:.3f}".rstrip("0").partition(".")[2] for row in rows)
    return str(max(map(len, shown), default=0))


def _cell(cell: Any) -> Any:
    """The Desk takes the text of a cell, or of a chart's label, for HTML; a spreadsheet may take it for a formula.

    The leading quote that keeps it a text is taken off again where ``reports/cells.js`` shows it.
    """
    if not isinstance(cell, str):
        return cell
    is_export = _is_export()
    text = cell if is_export else escape_html(cell)
    if text.startswith(FORMULA):
        text = f"'{text}"
    return Verbatim(text) if is_export else text


def _is_export() -> bool:
    """Whether Frappe makes a file, in which a text is a text and not HTML: in answer to a request, or in a job."""
    if frappe.request:
        return frappe.form_dict.get("file_format_type") in ("CSV", "Excel")
    job = getattr(frappe.local, "job", None)
    return bool(job) and job.method == "frappe.desk.query_report.run_export_query_job"


def _opens(column: Column, plan: Plan | None) -> dict[str, str]:
    """For ``reports/cells.js``: which document a cell of the column opens.

    Its DocType, the key that holds its name, and what comes before that; or the key of the row that says it all.
    """
    if not column.key:
        return {}
    if not column.collection:
        return {"opens_key": "opens"}
    named = bool(plan) and column.collection in COLLECTIONS
    return {
        "opens_doctype": PLAN if column.collection == "plan" else DOCTYPES[column.collection],
        "opens": column.key,
        "opens_prefix": prefix(plan, column.collection) if named else "",
    }


def _add_places(plan: Plan, pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Give rows about records or pieces of a plan, each beside what is shown of it, what opens the place where they are written."""
    raci = raci_names(plan, {row["id"] for row, _shown in pairs if row.get("collection") == "raci"})
    for row, shown_row in pairs:
        if row.get("is_head"):
            continue  # its rows have places
        if "collection" in row:
            record = Ref(row["collection"], row["id"])
            place = place_of_finding(
                plan, row.get("code", ""), record, row.get("field", ""), row.get("mended_at", ())
            )
            place = replace(place, cell=row.get("cell", ()))
        else:
            place = place_of_field(plan, row["field"])
        shown_row["opens"] = opens(plan, place, raci)
