"""Reports in the Desk: a report of :data:`sm_planner.reports.REPORTS`, as Frappe shows it."""

from collections.abc import Callable
from inspect import signature
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, escape_html, getdate

from sm_planner.adapters import plan_documents
from sm_planner.adapters.doctypes import PLAN
from sm_planner.adapters.presentation import document_of, raci_names
from sm_planner.engine.finding import Ref
from sm_planner.reports import REPORTS
from sm_planner.reports.table import Table


def run(report: str, filters: dict[str, Any] | None) -> tuple[Any, ...]:
    """Columns, rows, message, chart and summary of a report, for who may read the plan.

    A refusal is said and not raised: a report that raises, Frappe takes for a slow one, and from then on prepares
    it in the background for everybody.
    """
    given = dict(filters or {})
    plan_name = given.pop("plan", None)
    if not plan_name:
        return [], [], _("Choose a plan."), None, []
    if not (frappe.db.exists(PLAN, plan_name) and frappe.has_permission(PLAN, "read", plan_name)):
        return [], [], _("There is no plan of this name that you may read."), None, []
    report_function = REPORTS[report].run
    chosen = _filters(report_function, given)
    table = report_function(plan_documents.load(plan_name), getdate(), **chosen)
    shown = table.as_dict(_)
    rows = [{name: _escaped(cell) for name, cell in row.items()} for row in shown["rows"]]
    _add_documents(plan_name, table, rows)
    columns = [
        {**column, "label": escape_html(column["label"]), "align": _alignment(column["fieldtype"])}
        for column in shown["columns"]
    ]
    summary = [{**figure, "datatype": "Data"} for figure in shown["summary"]]
    if shown["chart"]:
        data = shown["chart"]["data"]
        data["labels"] = [_escaped(label) for label in data["labels"]]
    return columns, rows, shown["message"], shown["chart"], summary


def _filters(report_function: Callable[..., Table], given: dict[str, Any]) -> dict[str, Any]:
    """What the user chose, for the report's own filters. The Desk leaves out a switch that is off."""
    filters = {
        name: parameter.default
        for name, parameter in signature(report_function).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
    return {
        name: bool(cint(given.get(name))) if isinstance(default, bool) else str(given.get(name) or "")
        for name, default in filters.items()
    }


def _alignment(fieldtype: str) -> str:
    """Said for each column: the Desk would guess it from the first row, which may be empty."""
    return "left" if fieldtype == "Data" else "right"


def _escaped(cell: Any) -> Any:
    """The Desk takes the text of a cell, or of a chart's label, for HTML."""
    return escape_html(cell) if isinstance(cell, str) else cell


def _add_documents(plan: str, table: Table, rows: list[dict[str, Any]]) -> None:
    """Give rows that are about one record the document to open."""
    if not table.rows or "collection" not in table.rows[0]:
        return
    raci = raci_names(plan) if any(row["collection"] == "raci" for row in table.rows) else {}
    for row, shown in zip(table.rows, rows, strict=True):
        shown["doctype"], shown["name"] = document_of(plan, Ref(row["collection"], row["id"]), raci)
        shown["severity_key"] = row["severity"].template
