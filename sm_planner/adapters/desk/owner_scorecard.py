"""The scorecards of owners in the Desk: all of them for who plans, sponsors or audits; their own for everybody else."""

from datetime import date
from typing import Any

import frappe

from sm_planner.adapters.desk import script_reports
from sm_planner.adapters.guards import living_guards, report_filters
from sm_planner.adapters.site.roles import AUDITOR, MANAGER, PLANNER, SPONSOR
from sm_planner.engine.model import Plan
from sm_planner.engine.scorecard import cards
from sm_planner.reports import REPORTS
from sm_planner.reports.owner_scorecard import table
from sm_planner.reports.table import Table

SEES_ALL = ("System Manager", MANAGER, PLANNER, SPONSOR, AUDITOR)
"""The roles that see the scorecards of all owners of a plan that they may read."""


def run(filters: dict[str, Any] | None) -> script_reports.Shown:
    """The report, about the plan that the filters name."""
    return script_reports.of_plan(_report, report_filters.begin(REPORTS["owner-scorecard"].title, filters))


def _report(plan: Plan, today: date, *, owner: str) -> Table:
    found = [one for one in cards(plan, today) if owner in ("", one.person)]
    if not sees_all():
        own = living_guards.writer().people
        found = [one for one in found if one.person in own]
    return table(plan, found)


def sees_all() -> bool:
    """Whether the user of the session sees the scorecards of others."""
    return not {*frappe.get_roles()}.isdisjoint(SEES_ALL)
