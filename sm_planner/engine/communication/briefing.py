"""Whether those who lead people at the first line hear a message before their people do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.communication.audience import people, reached, supervisors
from sm_planner.engine.communication.confirming import heard_by
from sm_planner.engine.communication.runs import held, next_due
from sm_planner.engine.model import Plan
from sm_planner.engine.model.communication import Communication
from sm_planner.engine.model.vocabulary import SUPERVISOR_BRIEFING, TEAM_BRIEFING


@dataclass(frozen=True)
class Day:
    """When somebody is briefed first. held: whether he was; else the day is planned."""

    day: date
    held: bool


@dataclass(frozen=True)
class Order:
    """A supervisor and the briefing of his team.

    team: the name of the team or unit. whom: the id of the supervisor. told, team_told: when each is briefed first; None
    where neither was held nor planned. unconfirmed: the day of the last run that he heard and has not confirmed in time; None
    where there is none.
    """

    briefing: Communication
    team: str
    whom: str
    told: Day | None
    team_told: Day | None
    unconfirmed: date | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the supervisor hears it on an earlier day. What is only planned does not come before what was held."""
        if self.told is None or self.team_told is None:
            return self.told is not None
        return self.told.day < self.team_told.day and (self.told.held or not self.team_told.held)


def orders(plan: Plan, today: date) -> Iterator[Order]:
    """For each briefing of teams: who of their supervisors is briefed when, and when the team is."""
    for briefing in plan.communications:
        if briefing.kind == TEAM_BRIEFING:
            team_told = _first(plan, briefing, today)
            for team, whom in supervisors(plan, briefing):
                yield Order(
                    briefing, team, whom, told(plan, whom, today), team_told, _unconfirmed(plan, whom, today)
                )


def told(plan: Plan, whom: str, today: date) -> Day | None:
    """When a briefing of supervisors reached somebody first, or is to."""
    briefings = (one for one in plan.communications if one.kind == SUPERVISOR_BRIEFING)
    days = [day for one in briefings if (day := _first(plan, one, today, whom))]
    return min(days, key=lambda one: (not one.held, one.day), default=None)


def _unconfirmed(plan: Plan, whom: str, today: date) -> date | None:
    """The day of a briefing of supervisors that somebody heard last, and has not confirmed though the time for it is over."""
    days = (
        one.run.day
        for one in heard_by(plan, whom, today)
        if one.communication.kind == SUPERVISOR_BRIEFING and not one.confirmation and one.due < today
    )
    return min(days, default=None)


def _first(plan: Plan, one: Communication, today: date, whom: str = "") -> Day | None:
    """When a communication was held first, or is to be; for somebody, when it reached him, or is to."""
    for run in held(plan, one, today):
        if not whom or whom in reached(plan, one, run):
            return Day(run.day, held=True)
    due = next_due(plan, one, today)
    if due is None or (whom and whom not in people(plan, one, due)):
        return None
    return Day(due, held=False)
