"""Who answers in each hour that is promised: the tiers of each service held against its service hours.

Each whole week of the plan's period is looked at, to the second, in real time: a team in another zone, and the weeks in which
clocks change, are counted as they are. What comes back is told once, with the number of weeks. Hours are told by the clock of
the first calendar of the service.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from sm_planner.engine.busy_times.spans import none, union, without
from sm_planner.engine.model import WEEKDAYS, Plan, Service
from sm_planner.engine.model.rosters import Roster
from sm_planner.engine.model.vocabulary import NOBODY, ON_DUTY
from sm_planner.engine.rosters import promised, shifts
from sm_planner.engine.rosters.promised import Window
from sm_planner.engine.rosters.weeks import WEEK, Weeks, kinds, mondays
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.service_time.local_time import beginning, load_zone
from sm_planner.engine.texts import Text

if TYPE_CHECKING:
    from sm_planner.engine.busy_times.spans import Spans

DAYS = 7


@dataclass(frozen=True)
class Stretch:
    """A stretch of the week by the clock on the wall: minutes since Monday began; the end of Sunday is 10,080."""

    start: int
    stop: int

    @property
    def begins(self) -> tuple[str, str]:
        """Weekday and hour."""
        return _told(self.start)

    @property
    def ends(self) -> tuple[str, str]:
        """Weekday and hour; midnight is 24:00 of the day before."""
        weekday, hour = _told(self.stop - 1) if self.stop % 1440 == 0 else _told(self.stop)
        return weekday, "24:00" if self.stop % 1440 == 0 else hour


@dataclass(frozen=True)
class Hole:
    """A stretch of the week in which nobody is there.

    seconds: how long it is in most of the weeks; total: in all of them together. weeks: in how many of the weeks of the plan it is
    there. first: the Monday of the first.
    """

    stretch: Stretch
    seconds: int
    total: int
    weeks: int
    first: date


@dataclass(frozen=True)
class Hours:
    """Seconds of a week: on duty, on call with nobody on duty, and with nobody at all."""

    duty: int = 0
    on_call: int = 0
    nobody: int = 0

    @property
    def total(self) -> int:
        return self.duty + self.on_call + self.nobody


@dataclass(frozen=True)
class Cover:
    """A tier of a service in its service hours.

    has_roster: whether one of its teams has a roster that can be counted. hours: of the first week of the most frequent kind.
    weeks: how many were looked at.
    """

    service: Service
    tier: int
    teams: tuple[str, ...]
    calendars: tuple[str, ...]
    zone: str
    has_roster: bool
    hours: Hours
    holes: tuple[Hole, ...]
    weeks: int


@dataclass(frozen=True)
class AfterHours:
    """A service outside its service hours: which of its teams are on call or on duty then, and what was decided and is not so.

    people: named by the shifts on call of these teams. holes: hours in which somebody has to be there and nobody is.
    """

    service: Service
    hours: Hours
    on_call: tuple[str, ...]
    people: tuple[str, ...]
    holes: tuple[Hole, ...]
    weeks: int


@dataclass(frozen=True)
class Coverage:
    """All services of a plan. uncountable: those whose hours cannot be counted, each with the reason."""

    covers: tuple[Cover, ...]
    after_hours: tuple[AfterHours, ...]
    uncountable: tuple[tuple[Service, Text], ...]


def coverage(plan: Plan, today: date) -> Coverage:
    """Who answers in which hour of the week, for each service that customers use."""
    return plan.derived(_coverage, today)


def _coverage(plan: Plan, today: date) -> Coverage:
    covers: list[Cover] = []
    after: list[AfterHours] = []
    uncountable = []
    given = promised.windows(plan)
    work = _Work(plan, today, given.values())
    for service in promised.for_customers(plan):
        windows = given.get(service.id, ())
        try:
            work.prepare(windows)
        except CalendarError as error:
            uncountable.append((service, error.message))
            continue
        if windows:
            covers += work.covers(service, windows)
            after.append(work.after_hours(service, windows))
    return Coverage(tuple(covers), tuple(after), tuple(uncountable))


class _Work:
    """What many services ask for, worked out once."""

    def __init__(self, plan: Plan, today: date, given: Iterable[tuple[Window, ...]]) -> None:
        self.plan = plan
        self.rosters: dict[str, list[Roster]] = {}
        for roster in shifts.countable(plan):
            self.rosters.setdefault(roster.team, []).append(roster)
        self._given = {window for windows in given for window in windows}
        self._today = today
        self._hours: dict[Window, dict[Weeks, Spans]] = {}
        self._teams: dict[tuple[str, bool, Weeks], Spans] = {}
        self._found: dict[tuple[object, ...], tuple[Hours, tuple[Hole, ...]]] = {}

    @cached_property
    def kinds(self) -> tuple[Weeks, ...]:
        """The weeks of the plan; where two are alike, all calendars, rosters and zones are."""
        plan = self.plan
        rosters = [roster for several in self.rosters.values() for roster in several]
        calendars = [plan.get("calendars", window.calendar) for window in self._given]
        zones = [shifts.zone_of(plan, roster) for roster in rosters]
        zones += [one.timezone for one in calendars if shifts.is_known(one.timezone)]
        begins = [record.from_date for record in rosters] + [one.valid_from for one in calendars]
        ends = [record.to_date for record in rosters] + [one.valid_until for one in calendars]
        begins += [window.first for window in self._given]
        ends += [window.last for window in self._given]
        edges = [day for day in begins if day] + [day + timedelta(days=1) for day in ends if day]
        return kinds(mondays(plan, self._today), zones, edges)

    @cached_property
    def usual(self) -> Weeks:
        """The most frequent kind of weeks, the first of them."""
        return max(self.kinds, key=lambda weeks: len(weeks.mondays))

    @cached_property
    def weeks(self) -> int:
        return sum(len(weeks.mondays) for weeks in self.kinds)

    def prepare(self, windows: tuple[Window, ...]) -> None:
        """Count out the hours of windows. Raises CalendarError where one has none."""
        for window in windows:
            if window not in self._hours:
                hours = promised.hours(self.plan.get("calendars", window.calendar), window)
                self._hours[window] = {
                    weeks: shifts.within(hours, weeks) if hours else none() for weeks in self.kinds
                }

    def zone(self, windows: tuple[Window, ...]) -> str:
        return self.plan.get("calendars", windows[0].calendar).timezone

    def covers(self, service: Service, windows: tuple[Window, ...]) -> list[Cover]:
        tiers: dict[int, dict[str, None]] = {}
        for row in sorted(service.support_tiers, key=lambda row: row.tier):
            tiers.setdefault(row.tier, {})[row.team] = None
        found = []
        for tier, teams in tiers.items():
            hours, holes = self.compare(windows, tuple(teams))
            found.append(
                Cover(
                    service=service,
                    tier=tier,
                    teams=tuple(teams),
                    calendars=tuple(dict.fromkeys(window.calendar for window in windows)),
                    zone=self.zone(windows),
                    has_roster=any(team in self.rosters for team in teams),
                    hours=hours,
                    holes=holes,
                    weeks=self.weeks,
                )
            )
        return found

    def after_hours(self, service: Service, windows: tuple[Window, ...]) -> AfterHours:
        teams = tuple(dict.fromkeys(row.team for row in service.support_tiers))
        hours, holes = self.compare(
            windows, teams, outside=True, duty_only=service.after_hours_cover == ON_DUTY
        )
        on_call = [team for team in teams if self._is_on_call(windows, team)]
        people = dict.fromkeys(
            shift.person
            for team in on_call
            for roster in self.rosters[team]
            for shift in roster.shifts
            if shift.on_call and shift.person
        )
        return AfterHours(
            service=service,
            hours=hours,
            on_call=tuple(on_call),
            people=tuple(people),
            holes=holes if service.after_hours_cover not in ("", NOBODY) else (),
            weeks=self.weeks,
        )

    def compare(
        self,
        windows: tuple[Window, ...],
        teams: tuple[str, ...],
        *,
        outside: bool = False,
        duty_only: bool = False,
    ) -> tuple[Hours, tuple[Hole, ...]]:
        """The hours of the usual week, and the holes of all weeks. outside: of the hours that the windows leave."""
        key = (windows, teams, outside, duty_only)
        if key not in self._found:
            zone = self.zone(windows)
            hours, found = Hours(), _Holes(zone)
            for weeks in self.kinds:
                asked = self._asked(windows, weeks, outside)
                off_duty = without(asked, self._there(teams, False, weeks))
                nobody = without(off_duty, self._there(teams, True, weeks))
                if weeks is self.usual:
                    missing = _length(nobody)
                    hours = Hours(_length(asked) - _length(off_duty), _length(off_duty) - missing, missing)
                found.add(off_duty if duty_only else nobody, weeks)
            self._found[key] = hours, found.told()
        return self._found[key]

    def _asked(self, windows: tuple[Window, ...], weeks: Weeks, outside: bool) -> Spans:
        """The promised hours of a week by the clock of their zone, or all others."""
        import numpy as np

        zone = self.zone(windows)
        week = np.array([[beginning(weeks.monday, zone), beginning(weeks.monday + WEEK, zone)]], np.int64)
        rest = without(week, union([self._hours[window][weeks] for window in windows]))
        return rest if outside else without(week, rest)

    def _there(self, teams: tuple[str, ...], on_call: bool, weeks: Weeks) -> Spans:
        return union([self._team(team, on_call, weeks) for team in teams])

    def _team(self, team: str, on_call: bool, weeks: Weeks) -> Spans:
        """When somebody of a team is there."""
        key = (team, on_call, weeks)
        if key not in self._teams:
            self._teams[key] = union(
                [
                    shifts.within(shifts.hours_of(self.plan, roster, counted), weeks)
                    for roster in self.rosters.get(team, ())
                    if (counted := [one for one in roster.shifts if one.on_call == on_call and one.has])
                ]
            )
        return self._teams[key]

    def _is_on_call(self, windows: tuple[Window, ...], team: str) -> bool:
        """Whether a team is on call outside the hours of the usual week."""
        asked = self._asked(windows, self.usual, outside=True)
        return _length(without(asked, self._team(team, True, self.usual))) < _length(asked)


class _Holes:
    """Holes of several weeks, those at the same hours once."""

    def __init__(self, zone: str) -> None:
        self._zone = load_zone(zone)
        self._found: dict[Stretch, list[tuple[int, int, date]]] = {}

    def add(self, spans: Spans, weeks: Weeks) -> None:
        for start, stop in spans.tolist():
            stretch = Stretch(self._minute(start, weeks.monday), self._minute(stop, weeks.monday))
            self._found.setdefault(stretch, []).append((len(weeks.mondays), stop - start, weeks.monday))

    def told(self) -> tuple[Hole, ...]:
        """Those of most weeks first; of the length that they have in most of them."""
        holes = [
            Hole(
                stretch=stretch,
                seconds=max(several)[1],
                total=sum(weeks * seconds for weeks, seconds, _ in several),
                weeks=sum(weeks for weeks, _, _ in several),
                first=min(monday for _, _, monday in several),
            )
            for stretch, several in self._found.items()
        ]
        return tuple(sorted(holes, key=lambda hole: (-hole.weeks, hole.stretch.start, hole.first)))

    def _minute(self, unix: int, monday: date) -> int:
        local = datetime.fromtimestamp(unix, self._zone)
        return ((local.date() - monday).days * 24 + local.hour) * 60 + local.minute


def _length(spans: Spans) -> int:
    return int((spans[:, 1] - spans[:, 0]).sum())


def _told(minute: int) -> tuple[str, str]:
    day, rest = divmod(minute, 1440)
    return WEEKDAYS[day % DAYS], f"{rest // 60:02}:{rest % 60:02}"
