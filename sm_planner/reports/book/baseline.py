"""Where the organisation stands as the book tells it: assessments, the newest in full, and gaps with what answers them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sm_planner.engine.approval.waivers import approved_until
from sm_planner.engine.assessment.gaps import answered
from sm_planner.engine.assessment.history import answer_in, before, newest
from sm_planner.engine.assessment.results import by_group, of_assessment
from sm_planner.engine.model.assessments import Assessment
from sm_planner.reports import gap_register
from sm_planner.reports.book.material import Material


def baseline(material: Material) -> dict[str, Any]:
    """Charts, the newest assessment of each framework with all its lines, the others, what answers the gaps, own frameworks."""
    plan, today = material.plan, material.today
    full = newest(plan)
    ordered = sorted(plan.assessments, key=lambda one: one.as_of or date.max, reverse=True)
    return {
        "chart": gap_register.report(plan, today).chart,
        "assessments": [
            {"record": one, "result": of_assessment(one), "groups": by_group(one)} for one in ordered
        ],
        "full": [_lines(material, one) for one in full or ordered[:1]],
        "gaps": answered(plan, today),
        "decisions": [{"record": one, "until": approved_until(plan, one)} for one in plan.gap_decisions],
        "frameworks": plan.assessment_frameworks,
    }


def _lines(material: Material, assessment: Assessment) -> dict[str, Any]:
    earlier = before(material.plan, assessment)
    return {
        "record": assessment,
        "lines": [
            {
                "record": row,
                "then": answer_in(earlier, row.code),
                "evidence": [one for one in assessment.evidence if one.code == row.code],
            }
            for row in assessment.answers
        ],
        "rest": [one for one in assessment.evidence if answer_in(assessment, one.code) is None],
    }
