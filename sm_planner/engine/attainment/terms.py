"""What was promised: the time targets of a plan's SLAs as levels, each with its clock and its budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from sm_planner.engine.agreements import targets
from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.measurements import is_average
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.attainment.outcomes import Outcome
from sm_planner.engine.model import PRIORITIES, Agreement, AgreementTarget, Plan
from sm_planner.engine.service_time.calendars import CalendarError, Following, followed_by, hours_of
from sm_planner.engine.service_time.days import Budget
from sm_planner.engine.service_time.service_hours import LONGEST
from sm_planner.engine.service_time.sla_clock import Clock


@dataclass(frozen=True)
class Level:
    """A service level: a metric that an agreement promises, with the target that counts.

    target: None stands for the tickets whose priority has no target. number: which of the agreement's targets it is. service:
    the one whose own hours count, where its scope gives it some.
    """

    agreement: Agreement
    metric: str
    target: AgreementTarget | None
    number: int = 0
    service: str = ""

    @property
    def priority(self) -> str:
        """The priority that the target is for; empty: all."""
        return self.target.priority if self.target else ""

    @cached_property
    def calendar(self) -> str:
        """The id of the calendar in which the target counts."""
        return targets.calendar_of(self.agreement, self.target, self.service) if self.target else ""

    @property
    def is_average(self) -> bool:
        """Whether what is promised is the average of a period."""
        return bool(self.target) and is_average(self.target)

    @property
    def limits_cases(self) -> bool:
        """Whether something is promised to each case: always but of an average without a bound."""
        return not self.is_average or self.target.bound is not None

    @cached_property
    def budget(self) -> Budget:
        """What is promised to each case: service seconds, or days."""
        if not self.target or not self.limits_cases:
            return 0
        one = replace(self.target, value=self.target.bound) if self.is_average else self.target
        return targets.budget(one)

    @property
    def unit(self) -> Fraction:
        """The unit of the target in what is counted of its cases: service seconds, or days of the calendar."""
        return _UNITS[self.target.unit]

    @property
    def is_in_days(self) -> bool:
        """Whether the target counts days of the calendar."""
        return bool(self.target) and self.target.unit in targets.DAYS


_UNITS = {
    **{unit: Fraction(seconds) for unit, seconds in (("Seconds", 1), ("Minutes", 60), ("Hours", 3600))},
    **{unit: Fraction(days) for unit, days in targets.DAYS.items()},
}


class Terms:
    """The SLAs of a plan over a span of days, for judging any number of tickets; clocks are compiled once.

    Agreements hold with what they take from general ones. Those that are drafts promise nothing; ended ones promised until
    they ended.
    """

    def __init__(self, plan: Plan, first_day: date, last_day: date) -> None:
        """``first_day`` to ``last_day`` hold all that the tickets did; of more than a century, the last one counts."""
        self.plan = plan
        self._first_day = max(first_day, last_day - timedelta(days=LONGEST))
        self._last_day = last_day
        self._clocks: dict[tuple[str, int, Following], Clock | Outcome] = {}
        self.agreements = tuple(
            agreement
            for agreement in promising(plan)
            if agreement.kind == "SLA" and agreement.status != "Draft"
        )

    def levels(
        self, agreement: Agreement, metric: str, services: Sequence[str] = ("",)
    ) -> Iterator[tuple[Level, list[tuple[bool, ...]]]]:
        """The levels of a metric, and for which tickets of each of the services they count: without a priority, then by it.

        services: ids; empty for tickets without a service. A service's own targets count, or else those for all of them; and
        of those a priority's own, or else those for all priorities. Nothing if the metric is not promised.
        """
        promised = [
            (number, target)
            for number, target in enumerate(agreement.targets)
            if target.metric == metric and targets.looseness(target) is not None
        ]
        given: dict[tuple[str, str], set[int]] = {}
        for number, target in promised:
            given.setdefault((target.service, target.priority), set()).add(number)
        found: dict[tuple[int, str], tuple[Level, list[tuple[bool, ...]]]] = {}
        for place, service in enumerate(services if promised else ()):
            of_each = [_held(given, service, priority) for priority in ("", *PRIORITIES)]
            for number, target in (*promised, (len(agreement.targets), None)):
                counts = tuple(number in held if target else not held for held in of_each)
                if any(counts):
                    calendar = targets.calendar_of(agreement, target, service) if target else ""
                    level = Level(agreement, metric, target, number, service if calendar else "")
                    _, where = found.setdefault((number, calendar), (level, [_NOWHERE] * len(services)))
                    where[place] = counts
        yield from (found[key] for key in sorted(found))

    def later(self, level: Level) -> date | None:
        """When the first SLA begins after that of a level has ended; None where none does."""
        ended = ends_on(level.agreement)
        later = (one.start_date for one in self.agreements if ended and one.start_date)
        return min((day for day in later if day > ended), default=None) if level.target else None

    def after(
        self, level: Level, service: str, priority: int, covers: Callable[[Agreement], bool]
    ) -> Following | date:
        """The hours that count for tickets of a service that are open when their SLA ends: those of the SLAs that follow it.

        An SLA follows that has the same customer and begins on the day after. priority: place in "" and then PRIORITIES.
        covers: whether an SLA covers such a ticket. The day from which on it cannot be told, where none follows on that day but
        one later, or several do in different hours.
        """
        found: list[tuple[date, str]] = []
        one, calendar = level.agreement, level.calendar
        while ended := ends_on(one):
            later = [other for other in self.agreements if other.start_date and other.start_date > ended]
            later = [other for other in later if covers(other)]
            own = [other for other in later if other.customer == one.customer] or later
            if not own:
                break
            nexts = [other for other in own if (other.start_date - ended).days == 1]
            nexts = [other for other in nexts if other.replaces == one.id] or nexts
            hours = {id for other in nexts for id in self._calendars(other, level.metric, service, priority)}
            if len(hours) != 1 or own[0].customer != one.customer:
                told = {id for other in own for id in self._calendars(other, level.metric, service, priority)}
                if told - {calendar}:
                    return min(other.start_date for other in own)
                break
            if hours != {calendar}:
                (calendar,) = hours
                found.append((ended + timedelta(days=1), calendar))
            one = max(nexts, key=lambda other: ends_on(other) or date.max)
        return tuple(found)

    def _calendars(self, agreement: Agreement, metric: str, service: str, priority: int) -> set[str]:
        """The calendars in which an SLA promises a metric to such a ticket."""
        levels = self.levels(agreement, metric, [service])
        return {level.calendar for level, ((*counts,),) in levels if level.target and counts[priority]}

    def zone(self, calendar: str) -> str:
        """The time zone of a calendar that has a clock."""
        return self.plan.get("calendars", calendar).timezone

    def clock(self, calendar: str, ticks: int = 1, after: Following = ()) -> Clock | Outcome:
        """The clock of a calendar, by its id, and of those that count after it, in units of which ``ticks`` make a second; or
        why there is none."""
        found = self._clocks.get((calendar, ticks, after))
        if found is None:
            found = self._compiled(calendar, after) if ticks == 1 else self.clock(calendar, 1, after)
            if ticks != 1 and isinstance(found, Clock):
                found = found.finer(ticks)
            self._clocks[calendar, ticks, after] = found
        return found

    def _compiled(self, calendar: str, after: Following) -> Clock | Outcome:
        record = self.plan.get("calendars", calendar)
        try:
            if record and after:
                record = followed_by(self.plan, record, after)
            hours = hours_of(record, self.plan) if record else None
        except CalendarError:
            hours = None
        if hours is None:
            return Outcome.NO_HOURS
        try:
            return hours.compile(self._first_day, self._last_day)
        except ValueError:
            return Outcome.OUTSIDE


_NOWHERE = (False,) * (len(PRIORITIES) + 1)


def _held(given: dict[tuple[str, str], set[int]], service: str, priority: str) -> set[int]:
    """The numbers of the targets that hold for tickets of a service and a priority. given: those for exactly these."""
    places = ((service, priority), (service, ""), ("", priority), ("", ""))
    return next((given[place] for place in places if place in given), set())
