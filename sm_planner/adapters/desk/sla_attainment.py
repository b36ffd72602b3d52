"""SLA attainment in the Desk: a plan's promises against the log of a ticket system that the user uploaded.

The log is a file. Ticket records of ERPNext and Helpdesk say how long a ticket was on hold, but not when; and so
nobody can tell from them how much of that lay in service hours. An export of their history can.
"""

from datetime import date
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters.desk import script_reports
from sm_planner.adapters.guards import report_filters
from sm_planner.adapters.site import uploads
from sm_planner.adapters.site.presentation import told_html
from sm_planner.adapters.site.uploads import NotUploaded
from sm_planner.engine.catalogue_import import find_map
from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.reports.table import Table

MAPS = ("servicenow-incidents",)
"""Maps of event logs that come with SM Planner."""
MOST_PROBLEMS = 20
"""Problems of a log that are told."""
MOST_BYTES = 100_000_000
"""Size of a log: what is read of it lies in the memory of the web worker several times over."""


def run(filters: dict[str, Any] | None) -> script_reports.Shown:
    """What was promised and kept. A log that cannot be used is told with its problems."""
    given = report_filters.begin(report_filters.ATTAINMENT, filters)
    if not (given["log"] and given["map"]):
        return script_reports.nothing(
            _("Choose a log and its map. A log is a CSV file with a row for each change of a ticket.")
        )

    def report(plan: Plan, today: date, *, log: str, map: str, by: str) -> Table:
        from sm_planner.engine.attainment import load_log_map, read_log
        from sm_planner.reports import sla_attainment

        log_map = load_log_map(find_map(map) if map in MAPS else _path(map))
        events = read_log(_path(log), log_map, most_bytes=MOST_BYTES)
        return sla_attainment.report(plan, today, log=events, by=by)

    try:
        return script_reports.of_plan(report, given)
    except PlanFileError as error:
        told = [
            f"{escape_html(problem.place)}: {told_html(problem.message)} {told_html(problem.fix)}"
            for problem in error.problems[:MOST_PROBLEMS]
        ]
        return script_reports.nothing("<br>".join(told))
    except NotUploaded as refusal:
        frappe.clear_messages()
        return script_reports.nothing(str(refusal))


def _path(name: str) -> Path:
    """Where an uploaded file lies, for who may read it."""
    return uploads.path(uploads.find(name=name))
