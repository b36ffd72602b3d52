"""Quarters and themes: when what an organisation wants is worked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.rhythm.quarters import Quarter, quarters
from sm_planner.engine.roadmap.schedule import Step, roadmap
from sm_planner.engine.texts import N_

OBJECTIVE, GOAL, PHASE = THEMES = (N_("Objective"), N_("Business Goal"), N_("Phase"))
"""By what improvements are put together."""
PLANNED, LEVELLED = DATES = (N_("Planned"), N_("Levelled"))
"""By which dates."""


@dataclass(frozen=True)
class Theme:
    """title: empty for what belongs to none. cells: the improvements of each quarter, by their starts."""

    title: str
    cells: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True)
class Themes:
    """quarters: the columns. themes: the rows, those in which nothing lies left out. undated: what has no dates."""

    quarters: tuple[Quarter, ...]
    themes: tuple[Theme, ...]
    undated: tuple[Step, ...]


def themes(plan: Plan, today: date, by: str = OBJECTIVE, dates: str = PLANNED) -> Themes:
    """The open improvements by theme and quarter, each in all quarters in which it is worked on."""
    steps = sorted(
        roadmap(plan, today).steps, key=lambda one: (_span(one, dates) or (date.max,) * 2, one.improvement.id)
    )
    dated = [one for one in steps if _span(one, dates)]
    if not dated:
        return Themes((), (), tuple(steps))
    columns = quarters(min(_span(one, dates)[0] for one in dated), max(_span(one, dates)[1] for one in dated))
    return Themes(
        columns,
        tuple(
            Theme(
                title,
                tuple(tuple(one for one in own if _lies_in(one, quarter, dates)) for quarter in columns),
            )
            for title, own in _put_together(plan, dated, by)
        ),
        tuple(one for one in steps if not _span(one, dates)),
    )


def _put_together(plan: Plan, steps: list[Step], by: str) -> list[tuple[str, list[Step]]]:
    """Title and steps of each theme, in the order of the plan; what belongs to none comes last."""
    of, titles = _THEMES[by]
    found: dict[str, list[Step]] = {title: [] for title in (*titles(plan), "")}
    for step in steps:
        title = of(plan, step.improvement)
        found[title if title in found else ""].append(step)
    return [(title, own) for title, own in found.items() if own]


def _of_objective(plan: Plan, one: Improvement) -> str:
    objective = plan.get("objectives", one.objective)
    return (objective.title or objective.id) if objective else ""


def _of_goal(plan: Plan, one: Improvement) -> str:
    objective = plan.get("objectives", one.objective)
    return objective.business_goal if objective else ""


def _of_phase(plan: Plan, one: Improvement) -> str:
    phase = plan.get("phases", one.phase)
    return (phase.title or phase.id) if phase else ""


_THEMES: dict[str, tuple[Callable[[Plan, Improvement], str], Callable[[Plan], list[str]]]] = {
    OBJECTIVE: (_of_objective, lambda plan: [one.title or one.id for one in plan.objectives]),
    GOAL: (_of_goal, lambda plan: [one.business_goal for one in plan.objectives]),
    PHASE: (_of_phase, lambda plan: [one.title or one.id for one in plan.phases]),
}
"""Theme → what an improvement belongs to, and what there is."""


def _span(step: Step, dates: str) -> tuple[date, date] | None:
    one = step.improvement
    start, end = (one.start_date, one.due) if dates == PLANNED else (step.start, step.end)
    return (start, end) if start and end and start <= end else None


def _lies_in(step: Step, quarter: Quarter, dates: str) -> bool:
    start, end = _span(step, dates)
    return start <= quarter.last and end >= quarter.first
