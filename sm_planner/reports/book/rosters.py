"""What the chapter about rosters shows: the week of each, who is there when it was promised, and who comes after hours."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.rosters import words
from sm_planner.engine.rosters.coverage import coverage
from sm_planner.engine.rosters.people import clashes, staffing
from sm_planner.reports import roster_coverage
from sm_planner.reports.book import pictures
from sm_planner.reports.book.material import Material


def rosters(material: Material) -> dict[str, Any]:
    """Rosters as the plan has them; tiers held against promised hours; teams with what their rosters need."""
    plan, today = material.plan, material.today
    found = coverage(plan, today)
    return {
        "rosters": [
            {
                "record": roster,
                "week": pictures.roster_week(roster),
                "shifts": [(words.shift(shift), shift) for shift in roster.shifts],
            }
            for roster in plan.rosters
        ],
        "chart": roster_coverage.chart(found) if plan.rosters else None,
        "covers": [
            (cover, words.holes(cover.holes, cover.weeks)) for cover in found.covers if cover.hours.total
        ],
        "after": [
            (one, roster_coverage.on_call(plan, one), words.holes(one.holes, one.weeks))
            for one in found.after_hours
            if one.hours.total
        ],
        "teams": [one for one in staffing(plan, today) if one.rosters],
        "twice": [
            (one, words.moment(one.weekday, one.hour), words.shift(one.first[1]), words.shift(one.second[1]))
            for one in clashes(plan, today)
        ],
        "hours": roster_coverage.hours,
    }
