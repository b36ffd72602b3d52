"""What of the communication plan falls due when, what was held, and where it was silent for longer than planned.

A run stands for the day of the series that is nearest to it: one that was held a little early or late moves no other day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sm_planner.engine.communication.audience import Addressed
from sm_planner.engine.model import Plan
from sm_planner.engine.model.communication import Communication, CommunicationRun
from sm_planner.engine.model.vocabulary import ONCE
from sm_planner.engine.rhythm.frequencies import days_of, nth, period_after, place, returns


@dataclass(frozen=True)
class Gap:
    """A silence that lasted longer than planned.

    since: the run before, or None where there was none. wanted: by when the next was due. until: when it was held, or the
    day of today where it was not.
    """

    since: date | None
    wanted: date
    until: date
    is_open: bool

    @property
    def days(self) -> int:
        """How many days it was late."""
        return (self.until - self.wanted).days


def is_timed(one: Addressed) -> bool:
    """Whether it is said when it is to be held."""
    return one.first_date is not None and (one.frequency == ONCE or returns(one.frequency))


def held(plan: Plan, one: Communication, today: date) -> tuple[CommunicationRun, ...]:
    """The runs that were held up to a day, the oldest first."""
    runs = plan.facts("communication_runs", "communications", one.id)
    return tuple(run for run in runs if run.day and run.day <= today)


def last_held(plan: Plan, one: Communication, today: date) -> CommunicationRun | None:
    return next(iter(reversed(held(plan, one, today))), None)


def next_due(plan: Plan, one: Communication, today: date) -> date | None:
    """The next day on which it is to be held, in the past where it is late; None where nothing more is."""
    last = last_held(plan, one, today)
    return due_after(one, last.day if last else None)


def due_after(one: Addressed, last: date | None) -> date | None:
    """The next day on which it is to be held after a run; last: its day, None before the first."""
    if not is_timed(one):
        return None
    if one.frequency == ONCE:
        return None if last else one.first_date
    day = nth(one.first_date, one.frequency, _stands_for(one, last) + 1 if last else 0)
    return None if day == date.max or (one.last_date and day > one.last_date) else day


def days_ahead(plan: Plan, one: Communication, today: date, until: date) -> Iterator[date]:
    """The days on which it is to be held from the next on, also one that is late, up to a day."""
    due = next_due(plan, one, today)
    if due is None or due > until:
        return
    if one.frequency == ONCE:
        yield due
        return
    end = min(until, one.last_date or until)
    late = [day for day in days_of(one.first_date, one.frequency, due, min(today, end)) if day < today]
    yield from late[-1:]  # what was left out before is not caught up
    yield from days_of(one.first_date, one.frequency, max(due, today), end)


def gaps(plan: Plan, one: Communication, today: date) -> tuple[Gap, ...]:
    """Where it was silent for longer than planned, the oldest first: before a run, or until today."""
    found = []
    before: date | None = None
    for run in held(plan, one, today):
        wanted = _wanted(one, before)
        if wanted and run.day > wanted:
            found.append(Gap(before, wanted, run.day, is_open=False))
        before = run.day
    wanted = _wanted(one, before)
    if wanted and today > wanted:
        found.append(Gap(before, wanted, today, is_open=True))
    return tuple(found)


def latest_gap(plan: Plan, one: Communication, today: date) -> Gap | None:
    """The gap that is open, or before the last run; None where the last was in time and the next is not late."""
    last = last_held(plan, one, today)
    found = [gap for gap in gaps(plan, one, today) if gap.is_open or gap.until == last.day]
    return found[-1] if found else None


def _wanted(one: Communication, before: date | None) -> date | None:
    """The last day on which the next run is in time: its day in the series, and no earlier than a period after the last run."""
    due = due_after(one, before)
    if due is None or before is None:
        return due
    return max(due, period_after(before, one.frequency))


def _stands_for(one: Addressed, day: date) -> int:
    """The number of the day of the series for which a run stands: the nearest, the earlier one of two; -1 for long before."""
    number = place(one.first_date, one.frequency, day)
    before, after = (nth(one.first_date, one.frequency, at) for at in (number, number + 1))
    return max(-1, number if day - before <= after - day else number + 1)
