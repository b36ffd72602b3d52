"""Submitted assessments in the order of their days: what is known now, and what was known the time before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import INDEPENDENT, Assessment, AssessmentAnswer


def submitted(plan: Plan) -> dict[str, tuple[Assessment, ...]]:
    """Framework → its submitted assessments, the oldest first; of one day the independent one last."""
    return plan.derived(_submitted)


def _submitted(plan: Plan) -> dict[str, tuple[Assessment, ...]]:
    found: dict[str, list[Assessment]] = defaultdict(list)
    for one in sorted(filter(lambda one: one.is_submitted and one.as_of, plan.assessments), key=_order):
        found[one.framework].append(one)
    return {framework: tuple(assessments) for framework, assessments in found.items()}


def _order(one: Assessment) -> tuple[date, bool, str]:
    return one.as_of, one.kind == INDEPENDENT, one.id


def newest(plan: Plan) -> tuple[Assessment, ...]:
    """The newest submitted assessment of each framework."""
    return tuple(assessments[-1] for assessments in submitted(plan).values())


def before(plan: Plan, assessment: Assessment) -> Assessment | None:
    """The submitted assessment before that one, of an earlier day, if it was made on the same scale."""
    earlier = [
        one
        for one in submitted(plan).get(assessment.framework, ())
        if one is not assessment and (not assessment.as_of or one.as_of < assessment.as_of)
    ]
    return earlier[-1] if earlier and earlier[-1].levels == assessment.levels else None


def answer_in(assessment: Assessment | None, code: str) -> AssessmentAnswer | None:
    """What an assessment says of a line."""
    rows = assessment.answers if assessment else ()
    return next((one for one in rows if one.code == code), None)


def track(plan: Plan, framework: str, code: str) -> tuple[tuple[Assessment, AssessmentAnswer], ...]:
    """What the submitted assessments of a framework said of a line, the oldest first."""
    found = ((one, answer_in(one, code)) for one in submitted(plan).get(framework, ()))
    return tuple((one, row) for one, row in found if row)
