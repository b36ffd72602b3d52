"""People of rosters: how many a team needs for its shifts, how many it has, and who is on two shifts at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from sm_planner.engine.busy_times.windows import local
from sm_planner.engine.model import WEEKDAYS, Improvement, Plan, Team
from sm_planner.engine.model.rosters import Roster, Shift
from sm_planner.engine.rosters import shifts
from sm_planner.engine.rosters.weeks import WEEK, Weeks, kinds, mondays
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.service_hours import ServiceHours

HOUR = 3600


@dataclass(frozen=True)
class Staffing:
    """What the rosters of a team need.

    seconds: on duty in a week, all people together. at_once: how many people are needed at the same time, on duty or on call.
    by_roster: how many people that makes; None without a roster, or without hours of a full-time week. needed: these, or as many as
    the team says by itself if that is more; None where neither is known. actions: open improvements that name the team.
    """

    team: Team
    rosters: tuple[Roster, ...]
    seconds: int
    at_once: int
    by_roster: int | None
    needed: int | None
    there: int
    actions: tuple[Improvement, ...]

    @property
    def short(self) -> int:
        """How many people are missing."""
        return max(0, (self.needed or 0) - self.there)


@dataclass(frozen=True)
class Clash:
    """Somebody on two shifts at once. weekday, hour: when that begins, by the clock of the first. monday: of the first such week."""

    person: str
    first: tuple[Roster, Shift]
    second: tuple[Roster, Shift]
    weekday: str
    hour: str
    monday: date


def staffing(plan: Plan, today: date) -> tuple[Staffing, ...]:
    """The teams of the organisation itself, with what their rosters need of people."""
    return plan.derived(_staffing, today)


def clashes(plan: Plan, today: date) -> tuple[Clash, ...]:
    """Who is on two shifts at once, each pair of shifts told once."""
    return plan.derived(_clashes, today)


def _weeks(plan: Plan, today: date, rosters: tuple[Roster, ...]) -> tuple[Weeks, ...]:
    zones = frozenset(shifts.zone_of(plan, one) for one in rosters)
    edges = {roster.from_date for roster in rosters if roster.from_date}
    edges |= {roster.to_date + timedelta(days=1) for roster in rosters if roster.to_date}
    return plan.derived(_kinds, today, zones, frozenset(edges))


def _kinds(plan: Plan, today: date, zones: frozenset[str], edges: frozenset[date]) -> tuple[Weeks, ...]:
    return kinds(mondays(plan, today), zones, edges)


def _staffing(plan: Plan, today: date) -> tuple[Staffing, ...]:
    counted = shifts.countable(plan)
    acted: dict[str, list[Improvement]] = {}
    for one in plan.improvements:
        if one.is_taken_up and one.is_open:
            acted.setdefault(one.team, []).append(one)
    return tuple(
        _of_team(plan, today, team, tuple(one for one in counted if one.team == team.id), acted)
        for team in plan.teams
        if team.kind != "External"
    )


def _of_team(
    plan: Plan, today: date, team: Team, rosters: tuple[Roster, ...], acted: dict[str, list[Improvement]]
) -> Staffing:
    seconds = at_once = 0
    placed = [(shift.takes, shifts.hours_of(plan, one, (shift,))) for one in rosters for shift in one.shifts]
    for weeks in _weeks(plan, today, rosters) if rosters else ():
        seconds = max(seconds, _seconds(rosters, weeks))
        at_once = max(at_once, _at_once(placed, weeks))
    full = plan.settings.full_time_hours
    by_roster = max(at_once, -(-seconds // (full * HOUR))) if rosters and full else None
    known = [number for number in (by_roster, team.people_needed) if number is not None]
    return Staffing(
        team=team,
        rosters=rosters,
        seconds=seconds,
        at_once=at_once,
        by_roster=by_roster,
        needed=max(known, default=None),
        there=len(team.members),
        actions=tuple(acted.get(team.id, ())),
    )


def _holds(roster: Roster, day: date) -> bool:
    return (roster.from_date or day) <= day <= (roster.to_date or day)


def _seconds(rosters: tuple[Roster, ...], weeks: Weeks) -> int:
    """What all people together are on duty in a week, as if no clock changed: shifts that begin on a day on which their roster
    holds."""
    return sum(
        shifts.seconds(shift) * shift.takes
        for roster in rosters
        for shift in roster.shifts
        for weekday in shift.weekdays
        if not shift.on_call and _holds(roster, weeks.monday + timedelta(days=WEEKDAYS.index(weekday)))
    )


def _at_once(placed: list[tuple[int, ServiceHours]], weeks: Weeks) -> int:
    """How many people shifts need at the same time, at most. placed: how many each takes, and when."""
    changes: list[tuple[int, int]] = []
    for takes, hours in placed:
        for start, stop in shifts.within(hours, weeks).tolist():
            changes += [(start, takes), (stop, -takes)]
    most = there = 0
    for _, change in sorted(changes):
        there += change
        most = max(most, there)
    return most


def _clashes(plan: Plan, today: date) -> tuple[Clash, ...]:
    named: dict[str, list[tuple[Roster, Shift]]] = {}
    for roster in shifts.countable(plan):
        for shift in roster.shifts:
            if shift.person:
                named.setdefault(shift.person, []).append((roster, shift))
    return tuple(
        clash
        for person, given in named.items()
        if len(given) > 1
        for clash in _of_person(plan, today, person, given)
    )


def _of_person(plan: Plan, today: date, person: str, given: list[tuple[Roster, Shift]]) -> Iterator[Clash]:
    rosters = tuple(dict.fromkeys(roster for roster, _ in given))
    weeks_of = _weeks(plan, today, rosters)
    hours = [shifts.hours_of(plan, roster, (shift,)) for roster, shift in given]
    placed = [[shifts.within(one, weeks).tolist() for one in hours] for weeks in weeks_of]
    for first, second in combinations(range(len(given)), 2):
        for weeks, spans in zip(weeks_of, placed, strict=True):
            zone = shifts.zone_of(plan, given[first][0])
            if (start := _meeting(spans[first], spans[second], weeks, zone)) is not None:
                begins = local(start, zone)
                weekday = WEEKDAYS[begins.weekday()]
                yield Clash(person, given[first], given[second], weekday, f"{begins:%H:%M}", weeks.monday)
                break


def _meeting(one: list[list[int]], other: list[list[int]], weeks: Weeks, zone: str) -> int | None:
    """The first second of the week that lies in both."""
    begin, end = beginning(weeks.monday, zone), beginning(weeks.monday + WEEK, zone)
    found = (
        max(start, begin, first)
        for start, stop in one
        for first, last in other
        if max(start, begin, first) < min(stop, end, last)
    )
    return min(found, default=None)
