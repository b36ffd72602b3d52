"""Skill Gaps in the Desk: of all people for who plans; of themselves, and whom they lead, for everybody else."""

from datetime import date
from typing import Any

from sm_planner.adapters.desk import script_reports
from sm_planner.adapters.guards import report_filters
from sm_planner.adapters.permissions import people_led_by
from sm_planner.engine.model import Plan
from sm_planner.engine.training.gaps import needs
from sm_planner.reports import REPORTS
from sm_planner.reports.skill_gaps import table
from sm_planner.reports.table import Table


def run(filters: dict[str, Any] | None) -> script_reports.Shown:
    """The report, about the plan that the filters name."""
    return script_reports.of_plan(_report, report_filters.begin(REPORTS["skill-gaps"].title, filters))


def _report(plan: Plan, today: date, *, role: str, person: str, state: str) -> Table:
    people = people_led_by()
    seen = [need for need in needs(plan, today) if people is None or need.person.id in people]
    found = [
        need
        for need in seen
        if role in ("", need.role.id) and person in ("", need.person.id) and state in ("", need.state.value)
    ]
    return table(plan, found, hidden=len(needs(plan, today)) - len(seen))
