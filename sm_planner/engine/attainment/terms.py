"""What was promised: the time targets of a plan's SLAs as levels, each with its clock and its budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sm_planner.engine.agreements import targets
from sm_planner.engine.agreements.families import promising
from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.attainment.outcomes import Outcome
from sm_planner.engine.model import PRIORITIES, Agreement, AgreementTarget, Plan
from sm_planner.engine.service_time.calendars import CalendarError, hours_of
from sm_planner.engine.service_time.days import Budget
from sm_planner.engine.service_time.service_hours import LONGEST
from sm_planner.engine.service_time.sla_clock import Clock


@dataclass(frozen=True)
class Level:
    """A service level: a metric that an agreement promises, with the target that counts.

    target: None stands for the tickets whose priority has no target.
    """

    agreement: Agreement
    metric: str
    target: AgreementTarget | None

    @property
    def priority(self) -> str:
        """The priority that the target is for; empty: all."""
        return self.target.priority if self.target else ""

    @cached_property
    def calendar(self) -> str:
        """The id of the calendar in which the target counts."""
        return targets.calendar_of(self.agreement, self.target) if self.target else ""

    @cached_property
    def budget(self) -> Budget:
        """What is promised: service seconds, or days of the calendar."""
        return targets.budget(self.target) if self.target else 0


class Terms:
    """The SLAs of a plan over a span of days, for judging any number of tickets; clocks are compiled once.

    Agreements that are drafts promise nothing; ended ones promised until they ended.
    """

    def __init__(self, plan: Plan, first_day: date, last_day: date) -> None:
        """``first_day`` to ``last_day`` hold all that the tickets did; of more than a century, the last one counts."""
        self._plan = plan
        self._first_day = max(first_day, last_day - timedelta(days=LONGEST))
        self._last_day = last_day
        self._clocks: dict[tuple[str, int], Clock | Outcome] = {}
        self.agreements = tuple(
            agreement
            for agreement in promising(plan)
            if agreement.kind == "SLA" and agreement.status != "Draft"
        )

    def levels(self, agreement: Agreement, metric: str) -> Iterator[tuple[Level, tuple[bool, ...]]]:
        """The levels of a metric, and for which tickets each counts: those without a priority, then by priority.

        A priority's own targets count, or else those for all priorities. Nothing if the metric is not promised.
        """
        promised = [
            target
            for target in agreement.targets
            if target.metric == metric and targets.looseness(target) is not None
        ]
        held = targets.by_priority(promised, metric)
        for_all = tuple(target for target in promised if not target.priority)
        of_each = [for_all, *(held.get(priority, ()) for priority in PRIORITIES)]
        for target in promised:
            counts = tuple(any(target is one for one in found) for found in of_each)
            yield Level(agreement, metric, target), counts
        if promised and not all(of_each):
            yield Level(agreement, metric, None), tuple(not found for found in of_each)

    def followers(self, level: Level) -> Iterator[Agreement]:
        """SLAs that begin after that of a level has ended, and promise the same in other service hours."""
        ended = ends_on(level.agreement)
        for agreement in self.agreements if ended and level.target else ():
            if agreement.start_date and agreement.start_date > ended:
                calendars = {one.calendar for one, _ in self.levels(agreement, level.metric) if one.target}
                if calendars - {level.calendar}:
                    yield agreement

    def clock(self, calendar: str, ticks: int = 1) -> Clock | Outcome:
        """The clock of a calendar, by its id, in units of which ``ticks`` make a second; or why there is none."""
        found = self._clocks.get((calendar, ticks))
        if found is None:
            found = self._compiled(calendar) if ticks == 1 else self.clock(calendar)
            if ticks != 1 and isinstance(found, Clock):
                found = found.finer(ticks)
            self._clocks[calendar, ticks] = found
        return found

    def _compiled(self, calendar: str) -> Clock | Outcome:
        record = self._plan.get("calendars", calendar)
        try:
            hours = hours_of(record, self._plan) if record else None
        except CalendarError:
            hours = None
        if hours is None:
            return Outcome.NO_HOURS
        try:
            return hours.compile(self._first_day, self._last_day)
        except ValueError:
            return Outcome.OUTSIDE
