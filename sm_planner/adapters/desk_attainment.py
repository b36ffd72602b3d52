"""SLA attainment in the Desk: a plan's promises against the log of a ticket system that the user uploaded.

The log is a file. Ticket records of ERPNext and Helpdesk say how long a ticket was on hold, but not when; and so
nobody can tell from them how much of that lay in service hours. An export of their history can.
"""

from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from sm_planner.adapters import desk_reports
from sm_planner.adapters.presentation import told_html
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


def run(filters: dict[str, Any] | None) -> desk_reports.Shown:
    """What was promised and kept. A log that cannot be used is told with its problems."""
    given = filters or {}
    if not (given.get("log") and given.get("map")):
        return desk_reports.nothing(
            _("Choose a log and its map. A log is a CSV file with a row for each change of a ticket.")
        )

    def report(plan: Plan, today: date, *, log: str, map: str, by: str = "") -> Table:
        from sm_planner.engine.attainment import load_log_map, read_log
        from sm_planner.reports import sla_attainment

        log_map = load_log_map(find_map(map) if map in MAPS else _path(map))
        events = read_log(_path(log), log_map, most_bytes=MOST_BYTES)
        group = by if by in sla_attainment.GROUPS else "service-level"
        return sla_attainment.report(plan, today, log=events, by=group)

    try:
        return desk_reports.of_plan(report, given)
    except PlanFileError as error:
        told = [
            f"{escape_html(problem.place)}: {told_html(problem.message)} {told_html(problem.fix)}"
            for problem in error.problems[:MOST_PROBLEMS]
        ]
        return desk_reports.nothing("<br>".join(told))
    except _NoFileError:
        return desk_reports.nothing(_("There is no such file that you may read. Upload it here."))


class _NoFileError(Exception):
    """There is no such file, or it is not for this user."""


def _path(name: str) -> str:
    """Where an uploaded file lies, for who may read it."""
    try:
        file = frappe.get_doc("File", name)
        file.check_permission("read")
        return file.get_full_path()
    except (frappe.ValidationError, frappe.PermissionError) as error:
        frappe.clear_messages()
        raise _NoFileError from error
