"""Reports to people as the book tells them."""

from __future__ import annotations

from typing import Any

from sm_planner.engine.model.reporting import LACKS, ReportSpec
from sm_planner.engine.reporting.issues import issued, next_issue, said
from sm_planner.reports import reports_to_people
from sm_planner.reports.book.material import Material


def reporting(material: Material) -> dict[str, Any]:
    """What is reported to whom, with what was issued of it and what its readers say; and the progress sheets that were sent."""
    plan = material.plan
    return {
        "items": [_item(material, spec) for spec in plan.report_specs],
        "sheets": sorted(plan.progress_sheets, key=lambda one: (one.day, one.stakeholder, one.number)),
    }


def _item(material: Material, spec: ReportSpec) -> dict[str, Any]:
    plan, today = material.plan, material.today
    words = said(plan, spec, today)
    return {
        "record": spec,
        "audience": reports_to_people.audience(plan, spec),
        "next": next_issue(plan, spec, today),
        "issues": issued(plan, spec, today),
        "makes_sense": [plan.title_of("people", one.person) for one in words.makes_sense],
        "lacking": [
            one
            for one in plan.facts("report_confirmations", "report_specs", spec.id)
            if one.word == LACKS and one.day <= today
        ],
    }
