"""Who answers in each hour that is promised: the tiers of each service held against its service hours.

Each whole week of the plan's period is looked at, to the second, in real time: a team in another zone, and the weeks in which
clocks change, are counted as they are. What comes back is told once, with the number of weeks. Hours are told by the clock of
the first calendar of the service.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sm_planner.engine.busy_times.spans import none, union, without
from sm_planner.engine.model import WEEKDAYS, Plan, Service
from sm_planner.engine.model.rosters import Roster
from sm_planner.engine.model.vocabulary import NOBODY, ON_DUTY
from sm_planner.engine.rosters import promised, shifts
from sm_planner.engine.rosters.promised import Window
from sm_planner.engine.rosters.weeks import WEEK, Weeks, kinds, mondays
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.service_time.local_time import beginning, is_zone, load_zone
from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.texts import Text

if TYPE_CHECKING:
    from sm_planner.engine.busy_times.spans import Spans

DAYS = 7

FIRST_TIER = 1
"""The tier of the first contact."""


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

    has_roster: whether one of its teams has a roster that can be counted. hours: of the usual
    week in which any are promised. weeks: in how many weeks some are.
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

    @property
    def lacks_roster(self) -> bool:
        """The first contact has to have one; a further tier is held to its roster where it has one."""
        return self.tier == FIRST_TIER and not self.has_roster


@dataclass(frozen=True)
class AfterHours:
    """A service outside its service hours: which of its teams are on call or on duty then, and what was decided and is not so.

    people: named by the shifts on call of these teams, in rosters that hold. holes: hours in which somebody has to be there and
    nobody is.
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
        self._edges: dict[str, Spans] = {}
        self._promises: dict[tuple[Window, ...], _Promise] = {}
        self._hours: dict[Window, Spans] = {}
        self._teams: dict[tuple[str, bool], Spans] = {}
        self._found: dict[tuple[object, ...], tuple[Hours, tuple[Hole, ...]]] = {}

    @cached_property
    def kinds(self) -> tuple[Weeks, ...]:
        """The weeks of the plan; where two are alike, all calendars, rosters and zones are."""
        plan = self.plan
        rosters = [roster for several in self.rosters.values() for roster in several]
        calendars = [plan.get("calendars", window.calendar) for window in self._given]
        zones = [shifts.zone_of(plan, roster) for roster in rosters]
        zones += [one.timezone for one in calendars if is_zone(one.timezone)]
        begins = [record.from_date for record in rosters] + [one.valid_from for one in calendars]
        ends = [record.to_date for record in rosters] + [one.valid_until for one in calendars]
        begins += [window.first for window in self._given]
        ends += [window.last for window in self._given]
        edges = [day for day in begins if day] + [day + timedelta(days=1) for day in ends if day]
        return kinds(mondays(plan, self._today), zones, edges)

    def prepare(self, windows: tuple[Window, ...]) -> None:
        """Count out the hours of windows. Raises CalendarError where one has none."""
        for window in windows:
            if window not in self._hours:
                hours = promised.hours(self.plan, window)
                self._hours[window] = self._all(hours) if hours else none()

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
                    zone=self.promise(windows).zone,
                    has_roster=any(team in self.rosters for team in teams),
                    hours=hours,
                    holes=holes,
                    weeks=self.promise(windows).weeks,
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
            if self._holds(roster)
            for shift in roster.shifts
            if shift.on_call and shift.person
        )
        return AfterHours(
            service=service,
            hours=hours,
            on_call=tuple(on_call),
            people=tuple(people),
            holes=holes if service.after_hours_cover not in ("", NOBODY) else (),
            weeks=self.promise(windows).weeks,
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
            promise = self.promise(windows)
            asked = promise.outside if outside else promise.inside
            off_duty = without(asked, self._there(teams, on_call=False))
            nobody = without(off_duty, self._there(teams, on_call=True))
            seconds = [_length(spans, *promise.usual) for spans in (asked, off_duty, nobody)]
            hours = Hours(seconds[0] - seconds[1], seconds[1] - seconds[2], seconds[2])
            holes = self._holes(off_duty if duty_only else nobody, promise.zone)
            self._found[key] = hours, holes
        return self._found[key]

    def promise(self, windows: tuple[Window, ...]) -> _Promise:
        """What windows promise, by the clock of the first."""
        if windows not in self._promises:
            zone = self.plan.get("calendars", windows[0].calendar).timezone
            weeks = self._weeks(zone)
            inside = without(weeks, without(weeks, union([self._hours[window] for window in windows])))
            edges = weeks.tolist()
            asking = [number for number, edge in enumerate(edges) if _length(inside, *edge)]
            often = max(asking, key=lambda number: len(self.kinds[number].mondays), default=0)
            self._promises[windows] = _Promise(
                zone=zone,
                inside=inside,
                outside=without(weeks[asking], inside),
                usual=tuple(edges[often]),
                weeks=sum(len(self.kinds[number].mondays) for number in asking),
            )
        return self._promises[windows]

    def _weeks(self, zone: str) -> Spans:
        """The week that stands for each kind: its first second, and the one after its last."""
        import numpy as np

        if zone not in self._edges:
            edges = [(beginning(one.monday, zone), beginning(one.monday + WEEK, zone)) for one in self.kinds]
            self._edges[zone] = np.array(edges, np.int64)
        return self._edges[zone]

    def _there(self, teams: tuple[str, ...], *, on_call: bool) -> Spans:
        return union([self._team(team, on_call=on_call) for team in teams])

    def _team(self, team: str, *, on_call: bool) -> Spans:
        """When somebody of a team is there."""
        key = (team, on_call)
        if key not in self._teams:
            self._teams[key] = union(
                [
                    self._all(shifts.hours_of(self.plan, roster, counted))
                    for roster in self.rosters.get(team, ())
                    if (counted := [one for one in roster.shifts if one.on_call == on_call and one.has])
                ]
            )
        return self._teams[key]

    def _all(self, hours: ServiceHours) -> Spans:
        """Hours in the week that stands for each kind."""
        return union([shifts.within(hours, weeks) for weeks in self.kinds])

    def _holes(self, spans: Spans, zone: str) -> tuple[Hole, ...]:
        """Stretches of the weeks, those at the same hours told once; of most weeks first."""
        edges, clock = self._weeks(zone).tolist(), load_zone(zone)
        found: dict[Stretch, list[tuple[int, int, date]]] = {}
        for start, stop in spans.tolist():
            for number in range(bisect_right(edges, [start, inf]) - 1, len(edges)):
                begin, end = edges[number]
                if begin >= stop:
                    break
                first, last, weeks = max(start, begin), min(stop, end), self.kinds[number]
                stretch = Stretch(_minute(first, clock, weeks.monday), _minute(last, clock, weeks.monday))
                found.setdefault(stretch, []).append((len(weeks.mondays), last - first, weeks.monday))
        holes = [
            Hole(
                stretch=stretch,
                seconds=max(several)[1],
                total=sum(weeks * seconds for weeks, seconds, _ in several),
                weeks=sum(weeks for weeks, _, _ in several),
                first=min(monday for _, _, monday in several),
            )
            for stretch, several in found.items()
        ]
        return tuple(sorted(holes, key=lambda hole: (-hole.weeks, hole.stretch.start, hole.first)))

    def _holds(self, roster: Roster) -> bool:
        """Whether it holds on a day of the weeks that are looked at."""
        days = [monday for one in self.kinds for monday in one.mondays]
        first, last = min(days), max(days) + WEEK - timedelta(days=1)
        return (roster.from_date or last) <= last and (roster.to_date or first) >= first

    def _is_on_call(self, windows: tuple[Window, ...], team: str) -> bool:
        """Whether a team is on call outside the hours of the usual week."""
        promise = self.promise(windows)
        rest = without(promise.outside, self._team(team, on_call=True))
        return _length(rest, *promise.usual) < _length(promise.outside, *promise.usual)


@dataclass(frozen=True)
class _Promise:
    """Some windows in the weeks that stand for all.

    inside, outside: the promised hours, and the others of the weeks in which any are. usual: the most frequent week in which
    any are. weeks: how many there are of these.
    """

    zone: str
    inside: Spans
    outside: Spans
    usual: tuple[int, int]
    weeks: int


def _length(spans: Spans, begin: int, end: int) -> int:
    """How many seconds of a stretch lie in the set."""
    within = spans.clip(begin, end)
    return int((within[:, 1] - within[:, 0]).sum())


def _minute(unix: int, clock: ZoneInfo, monday: date) -> int:
    """Minutes since a Monday began, by the clock on the wall."""
    local = datetime.fromtimestamp(unix, clock)
    return ((local.date() - monday).days * 24 + local.hour) * 60 + local.minute


def _told(minute: int) -> tuple[str, str]:
    day, rest = divmod(minute, 1440)
    return WEEKDAYS[day % DAYS], f"{rest // 60:02}:{rest % 60:02}"
