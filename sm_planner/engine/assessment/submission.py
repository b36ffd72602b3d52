"""When an assessment can be submitted."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.assessments import INDEPENDENT, Assessment
from sm_planner.engine.texts import N_, Text, say


def refuse_submission(plan: Plan, assessment: Assessment, today: date) -> Text | None:
    """Why an assessment cannot be submitted yet."""
    if not assessment.as_of or not assessment.assessor:
        return say(N_("Say who assesses, and as of which day."))
    if assessment.as_of > today:
        return say(N_("An assessment tells of a day that is over, or of today."))
    if not any(one.score is not None for one in assessment.answers):
        return say(N_("No line has a level yet. Answer some of them first."))
    if assessment.kind == INDEPENDENT and (process := owned(plan, assessment)):
        return say(
            N_("{0} owns or manages the process “{1}”, and does not assess it independently."),
            plan.title_of("people", assessment.assessor),
            plan.title_of("processes", process),
        )
    return None


def owned(plan: Plan, assessment: Assessment) -> str:
    """The first process with a level that the assessor owns or manages; empty where there is none."""
    day = assessment.as_of or date.min
    held = {
        role.id
        for role in plan.roles
        if any(row.person == assessment.assessor and row.runs(day) for row in role.holders)
    }
    for one in assessment.answers:
        process = plan.get("processes", one.process)
        if process and one.score is not None and held & {process.owner_role, process.manager_role}:
            return process.id
    return ""
