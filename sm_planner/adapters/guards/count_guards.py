"""Functions of Frappe that count without asking: by their filters every field can be found out."""

from typing import Any

import frappe
from frappe import _

from sm_planner.adapters import permissions
from sm_planner.adapters.guards import number_filters, request_parts
from sm_planner.adapters.site.ours import is_ours


def guard_count() -> None:
    """``frappe.client.get_count`` counts without asking: by its filters every field can be found out."""
    _refuse_count(request_parts.doctype())


def guard_group_count() -> None:
    """The same where documents are counted by whom they are assigned to."""
    number_filters.guard_filters()
    if frappe.form_dict.get("field") == "assigned_to":
        guard_count()


def guard_state_count() -> None:
    """The same where documents are counted by the values of a field, found by a tag, or added up month by month."""
    _refuse_count(request_parts.doctype())
    _refuse_count(frappe.form_dict.get("goal_doctype"))


def guard_chart() -> None:
    """A heat map counts without asking; what other charts show is asked for as in lists."""
    number_filters.guard_filters()
    name = frappe.form_dict.get("chart_name")
    chart = (
        frappe.db.get_value("Dashboard Chart", name, ["type", "document_type"], as_dict=True)
        if name
        else None
    )
    chart = chart or request_parts.parsed(frappe.form_dict.get("chart")) or {}
    if isinstance(chart, dict) and chart.get("type") == "Heatmap":
        _refuse_count(chart.get("document_type"))


def _refuse_count(doctype: Any) -> None:
    if isinstance(doctype, str) and is_ours(doctype) and not permissions.reads_all(doctype):
        frappe.throw(
            _("This counts what you may not read. Use frappe.desk.reportview.get_count."),
            frappe.PermissionError,
        )
