"""Who does an improvement, how many people that team has for it, and on which days it works."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sm_planner.engine.model import Plan, Team
from sm_planner.engine.model.improvements import Improvement
from sm_planner.engine.model.roadmap import BusyTime
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.rhythm.busy import closed_days, closes_days, is_general, services_of
from sm_planner.engine.roadmap.working_days import WORKWEEK, Off, WorkingDays


def team_of(plan: Plan, improvement: Improvement) -> Team | None:
    """The team that does an improvement: the one that it names, or that of its owner where there is one alone."""
    if improvement.work_team:
        return plan.get("teams", improvement.work_team)
    return plan.derived(_teams_of_people).get(improvement.improvement_owner)


def _teams_of_people(plan: Plan) -> dict[str, Team]:
    """Person → the team that the person leads or belongs to, where there is one alone."""
    found: dict[str, list[Team]] = defaultdict(list)
    for team in plan.teams:
        for person in {team.lead, *(member.person for member in team.members)} - {""}:
            found[person].append(team)
    return {person: teams[0] for person, teams in found.items() if len(teams) == 1}


def people_of(team: Team | None) -> float | None:
    """How many people of a team can work on improvements at a time; None where the plan does not know."""
    if team is None:
        return None
    if team.people_for_improvements is not None:
        return team.people_for_improvements
    return float(len(team.members)) or None


class Calendars:
    """The working days of teams, each made once. today: the first day that matters, if nothing began before."""

    def __init__(self, plan: Plan, first: date) -> None:
        self._plan, self._first = plan, first
        self._known: dict[tuple[str, frozenset[str]], WorkingDays] = {}
        self._closing = [one for one in plan.busy_times if closes_days(one)]

    def of(self, team: Team | None, improvement: Improvement | None = None) -> WorkingDays:
        """The days on which a team works, or works on an improvement: not in a peak of the service that it changes."""
        entries = frozenset(one.id for one in self._closing if self._closes(one, team, improvement))
        key = (team.id if team else "", entries)
        if key not in self._known:
            self._known[key] = self._made(team, entries)
        return self._known[key]

    def _made(self, team: Team | None, entries: frozenset[str]) -> WorkingDays:
        calendar = self._plan.get("calendars", team.calendar) if team else None
        off = [
            Off(first, last, one.id)
            for one in self._closing
            if one.id in entries
            for first, last in closed_days(one, self._first)
        ]
        weekdays = WORKWEEK
        if calendar and calendar.windows:
            named = {WEEKDAYS.index(window.weekday) for window in calendar.windows if window.weekday}
            weekdays = named or WORKWEEK
            whole = [one.day for one in calendar.holidays if one.day and not (one.opens or one.closes)]
            off += [Off(day.toordinal(), day.toordinal()) for day in whole]
        return WorkingDays(weekdays, off, self._first.toordinal())

    def _closes(self, entry: BusyTime, team: Team | None, improvement: Improvement | None) -> bool:
        """Whether an entry keeps a team from working, or from working on an improvement."""
        if is_general(entry):
            return True
        if entry.team:
            return team is not None and entry.team == team.id
        return bool(
            improvement and improvement.service and improvement.service in services_of(self._plan, entry)
        )
