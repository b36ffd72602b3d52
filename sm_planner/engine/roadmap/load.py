"""What the teams have to do in each quarter, against what they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.model import Plan, Team
from sm_planner.engine.rhythm.quarters import Quarter, quarters
from sm_planner.engine.roadmap.schedule import Step, roadmap
from sm_planner.engine.roadmap.teams import people_of

_CLOSE = 0.005


@dataclass(frozen=True)
class Load:
    """Person-days of a team in a quarter, from today on. has: None where it is not known how many people it has. planned: by the
    dates that are planned; levelled: by those that its capacity allows."""

    team: Team
    quarter: Quarter
    has: float | None
    planned: float
    levelled: float

    @property
    def is_overloaded(self) -> bool:
        return self.has is not None and self.planned > self.has + _CLOSE


def loads(plan: Plan, today: date) -> tuple[Load, ...]:
    """The load of each team that does something, quarter by quarter, from today to its last date."""
    return plan.derived(_loads, today)


def _loads(plan: Plan, today: date) -> tuple[Load, ...]:
    steps: dict[str, list[Step]] = {}
    for step in roadmap(plan, today).steps:
        if step.team and step.work:
            steps.setdefault(step.team.id, []).append(step)
    return tuple(
        load
        for team in plan.teams
        if team.id in steps
        for load in _of_team(plan, team, steps[team.id], today)
    )


def _of_team(plan: Plan, team: Team, steps: Sequence[Step], today: date) -> list[Load]:
    planned: dict[Quarter, float] = defaultdict(float)
    levelled: dict[Quarter, float] = defaultdict(float)
    for step in steps:
        for found, start, end in (
            (planned, step.improvement.start_date, step.improvement.due),
            (levelled, step.start, step.end),
        ):
            for quarter, work in _spread(step, start, end, today):
                found[quarter] += work
    days, people = roadmap(plan, today).calendars.of(team), people_of(team)
    last = max((*planned, *levelled), default=None)
    return [
        Load(
            team=team,
            quarter=quarter,
            has=None
            if people is None
            else people * days.count(max(quarter.first, today).toordinal(), quarter.last.toordinal()),
            planned=planned[quarter],
            levelled=levelled[quarter],
        )
        for quarter in (quarters(today, last.last) if last else ())
    ]


def _spread(step: Step, start: date | None, end: date | None, today: date) -> Iterator[tuple[Quarter, float]]:
    """What is left of the work, spread evenly over its working days from today on. What should be over already has to be done
    now."""
    if not (start and end) or start > end:
        return
    first, last = max(start, today), max(end, today)
    whole = step.days.count(first.toordinal(), last.toordinal())
    if not whole or end < today:
        yield Quarter.of(first), step.work
        return
    for quarter in quarters(first, last):
        begin, until = max(first, quarter.first), min(last, quarter.last)
        yield quarter, step.work * step.days.count(begin.toordinal(), until.toordinal()) / whole
