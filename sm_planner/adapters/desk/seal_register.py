"""The seal register in the Desk: the seals of all plans that the user may read, each of them recomputed."""

from typing import Any

import frappe
from frappe import _

from sm_planner.adapters.desk import script_reports
from sm_planner.adapters.evidence import seal_keys
from sm_planner.adapters.guards import report_filters
from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import PLAN, SEAL
from sm_planner.reports import seal_register


def run(filters: dict[str, Any] | None) -> script_reports.Shown:
    """The register. Who may read one version of a plan sees the chain of all: part of a chain cannot be judged."""
    given = report_filters.begin(report_filters.SEALS, filters)
    if not frappe.has_permission(SEAL, "read"):
        return script_reports.nothing(_("You may not read seals."))
    chosen = {"name": given["plan"]} if given["plan"] else {}
    lineages = frappe.get_list(
        PLAN, filters=chosen, pluck="lineage", order_by="name asc", limit_page_length=0
    )
    return script_reports.shown(
        seal_register.report(
            stored_records.seals(*lineages),
            seal_keys.ring(),
            broken_only=bool(given["broken_only"]),
        )
    )
