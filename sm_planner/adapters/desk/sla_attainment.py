"""SLA attainment in the Desk: a plan's promises against the log of a ticket system that the user uploaded.

The log is a file. Ticket records of ERPNext and Helpdesk say how long a ticket was on hold, but not when; and so
nobody can tell from them how much of that lay in service hours. An export of their history can.
"""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import script_reports
from sm_planner.adapters.guards import living_guards, report_filters
from sm_planner.adapters.site import doctypes, stored_records, uploads
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.adapters.site.presentation import told_html
from sm_planner.adapters.site.uploads import NotUploaded
from sm_planner.engine import rights
from sm_planner.engine.catalogue_import import find_map
from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.reports.table import Table

if TYPE_CHECKING:
    from sm_planner.engine.attainment import EventLog

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
        from sm_planner.reports import sla_attainment

        return sla_attainment.report(plan, today, log=_events(log, map), by=by)

    try:
        return script_reports.of_plan(report, given)
    except PlanFileError as error:
        return script_reports.nothing(_problems(error))
    except NotUploaded as refusal:
        frappe.clear_messages()
        return script_reports.nothing(str(refusal))


def keep(plan_name: str, log: str, map: str) -> dict[str, int]:
    """Keep what was attained as measurements of those agreements of the plan that are the user's to measure.

    How many were ``kept``, were ``there`` already, and are for ``others`` to keep. Raises frappe.PermissionError where the
    user may keep none.
    """
    from sm_planner.engine.attainment import by_period, evaluate, measurements, tickets_of

    plan = plan_reader.load(plan_name)
    file = uploads.find(name=log)
    try:
        events = _events(log, map)
    except PlanFileError as error:
        frappe.throw(_problems(error))
    until = events.known_until(getdate())
    lines = by_period(evaluate(plan, tickets_of(events, until), until), getdate())
    day = datetime.fromtimestamp(until - 1, ZoneInfo(events.map.timezone)).date()
    digest = f"sha256:{hashlib.sha256(uploads.path(file).read_bytes()).hexdigest()}"
    found = list(measurements(lines, day, file.file_name or log, digest))
    writer, find = living_guards.writer(), cache(living_guards.find_in(None))
    own = [one for one in found if not rights.refuse_write(one, None, writer, find)]
    if found and not own:
        frappe.throw(_("None of these agreements is yours to measure."), frappe.PermissionError)
    known = {
        fact.id
        for fact in stored_records.living_about("measurements", {one.agreement for one in own}).values()
    }
    new = [one for one in own if one.id not in known]
    for one in new:
        frappe.get_doc({"doctype": DOCTYPES["measurements"], **doctypes.write(one)}).insert()
    return {"kept": len(new), "there": len(own) - len(new), "others": len(found) - len(own)}


def _events(log: str, map: str) -> "EventLog":
    """What an uploaded log tells, read by an uploaded map, or one of ours. Raises PlanFileError with its problems."""
    from sm_planner.engine.attainment import load_log_map, read_log

    log_map = load_log_map(find_map(map) if map in MAPS else _path(map))
    return read_log(_path(log), log_map, most_bytes=MOST_BYTES)


def _problems(error: PlanFileError) -> str:
    """What is wrong with a log or a map: HTML."""
    return "<br>".join(
        f"{escape_html(problem.place)}: {told_html(problem.message)} {told_html(problem.fix)}"
        for problem in error.problems[:MOST_PROBLEMS]
    )


def _path(name: str) -> Path:
    """Where an uploaded file lies, for who may read it."""
    return uploads.path(uploads.find(name=name))
