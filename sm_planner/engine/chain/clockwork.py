"""The hours of calendars, compiled, and what was solved in them: kept for every plan that has the same calendars.

Whether steps end in time depends on the hours and on the budgets alone. A plan in which a letter or a price changed
has the same hours as before, so that nothing has to be solved again; so have most versions of a plan.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from sm_planner.engine.chain.course import Hours, starts
from sm_planner.engine.chain.feasibility import Solver
from sm_planner.engine.model import Calendar, Plan
from sm_planner.engine.service_time.calendars import CalendarError, clock_of, hours_of
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.service_hours import ServiceHours
from sm_planner.engine.texts import N_, say

KEPT = 4
"""Sets of calendars of which a process keeps what it worked out: those that were asked for last."""


@lru_cache(maxsize=KEPT)
def clockwork(calendars: tuple[Calendar, ...], first_day: date) -> Clockwork:
    """The clockwork of these calendars for starts from a day on."""
    return Clockwork(calendars, first_day)


class Clockwork:
    """Compiles each of some calendars once, and solves in their hours."""

    def __init__(self, calendars: tuple[Calendar, ...], first_day: date) -> None:
        """first_day: no start lies before it."""
        self.solver = Solver()
        self._first_day = first_day
        self._plan = Plan(calendars=calendars)
        self._rules: dict[str, ServiceHours] = {}
        self._hours: dict[tuple[str, int], Hours] = {}
        self._uncovered: dict[tuple, tuple[int, int]] = {}

    def rule(self, calendar: str) -> ServiceHours:
        """The hours of a calendar; CalendarError if they cannot be counted."""
        if calendar not in self._rules:
            self._rules[calendar] = hours_of(self._calendar(calendar), self._plan)
        return self._rules[calendar]

    def hours(self, calendar: str, tail: int) -> Hours:
        """The hours of a calendar in a year of starts and ``tail`` days more; CalendarError if there are none."""
        if (calendar, tail) not in self._hours:
            rule = self.rule(calendar)
            # A day earlier, because the first day begins at different instants in different zones.
            first_day = self._first_day - timedelta(days=1)
            clock = clock_of(self._calendar(calendar), rule, first_day, self.end(tail))
            self._hours[calendar, tail] = Hours(clock, rule.timezone)
        return self._hours[calendar, tail]

    def end(self, tail: int) -> date:
        """The last day that is compiled with such a tail."""
        return self._first_day + timedelta(days=366 + tail)

    def uncovered(
        self, calendar: str, by: str, tail: int, first_day: date, last_day: date
    ) -> tuple[int, int]:
        """Open seconds of a calendar on these days in which another is closed, and all its open seconds; as far
        as both hold. Raises CalendarError where there are no hours."""
        key = calendar, by, tail, first_day, last_day
        if key not in self._uncovered:
            hours, other = self.hours(calendar, tail), self.hours(by, tail).clock
            zone = self.rule(calendar).timezone
            first = max(beginning(first_day, zone), other.first)
            last = min(beginning(last_day + timedelta(days=1), zone), other.last)
            windows = [(start, stop) for start, stop, _, _ in starts(hours, first, last)]
            total = sum(stop - start for start, stop in windows)
            self._uncovered[key] = total - sum(other.elapsed(*window) for window in windows), total
        return self._uncovered[key]

    def _calendar(self, id: str) -> Calendar:
        record = self._plan.get("calendars", id)
        if record is None:
            raise CalendarError(say(N_("There is no calendar “{0}”."), id))
        return record
