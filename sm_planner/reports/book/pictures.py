"""The numbers behind the book's small pictures. The templates draw them; a text beside each says the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sm_planner.engine.model import WEEKDAYS, Calendar, Objective
from sm_planner.engine.model.rosters import Roster
from sm_planner.engine.rosters.shifts import weekly
from sm_planner.engine.service_time.calendars import by_weekday
from sm_planner.engine.service_time.service_hours import ServiceHours, Span

DAY = 24 * 3600
WEEK = 7 * DAY
PERCENT = ("Percent", "%")
"""Units of an objective that mean hundredths."""


@dataclass(frozen=True)
class Days:
    """Weekdays in a row, from first to last, with the same windows such as ``09:00–17:00``."""

    first: str
    last: str
    windows: tuple[str, ...]


@dataclass(frozen=True)
class Week:
    """A week of a calendar without holidays. spans: (start, stop) in seconds from Monday 0:00, merged."""

    days: tuple[Days, ...]
    spans: tuple[Span, ...]

    @property
    def hours(self) -> float:
        return sum(stop - start for start, stop in self.spans) / 3600


def week(calendar: Calendar) -> Week | None:
    """None where the calendar's windows cannot be read."""
    try:
        windows = ServiceHours("UTC", by_weekday(calendar.windows)).windows
    except ValueError:
        return None
    return Week(_days(windows), _spans(windows))


@dataclass(frozen=True)
class RosterWeek:
    """The week of a roster. duty, on_call: (start, stop) in seconds from Monday 0:00, merged."""

    duty: tuple[Span, ...]
    on_call: tuple[Span, ...]


def roster_week(roster: Roster) -> RosterWeek | None:
    """None where the hours of a shift cannot be read."""
    try:
        duty, on_call = (
            _spans(ServiceHours("UTC", weekly(one for one in roster.shifts if one.on_call == called)).windows)
            for called in (False, True)
        )
    except ValueError:
        return None
    return RosterWeek(duty, on_call)


def _days(every: tuple[tuple[Span, ...], ...]) -> tuple[Days, ...]:
    days = zip(WEEKDAYS, every, strict=True)
    groups = (
        (windows, [weekday for weekday, _ in group]) for windows, group in groupby(days, lambda day: day[1])
    )
    return tuple(
        Days(weekdays[0], weekdays[-1], tuple(f"{_time(opens)}–{_time(closes)}" for opens, closes in windows))
        for windows, weekdays in groups
        if windows
    )


def _time(seconds: int) -> str:
    """The time of day; over midnight, that of the next day."""
    seconds = seconds if seconds <= DAY else seconds - DAY
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _spans(every: tuple[tuple[Span, ...], ...]) -> tuple[Span, ...]:
    """The windows in the week's order; one over midnight from Sunday goes on in Monday."""
    spans = []
    for number, windows in enumerate(every):
        for opens, closes in windows:
            start, stop = number * DAY + opens, number * DAY + closes
            spans += [(start, stop)] if stop <= WEEK else [(start, WEEK), (0, stop - WEEK)]
    merged: list[Span] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], stop)
        else:
            merged.append((start, stop))
    return tuple(merged)


@dataclass(frozen=True)
class Change:
    """The way from a baseline to its target.

    baseline, target: lengths of their bars, the longer one is 1. difference: target minus baseline.
    to_go: the bars show what is missing to 100 %, as good percentages all look the same from zero.
    """

    baseline: float
    target: float
    difference: float
    to_go: bool = False


def change(objective: Objective) -> Change | None:
    """None where a value is missing or below zero: then there is nothing to draw."""
    baseline, target = objective.baseline, objective.target
    if baseline is None or target is None or min(baseline, target) < 0 or baseline == target:
        return None
    difference = round(target - baseline, 9)
    to_go = objective.unit in PERCENT and min(baseline, target) >= 90 and max(baseline, target) <= 100
    if to_go:
        baseline, target = 100 - baseline, 100 - target
    longest = max(baseline, target)
    return Change(baseline / longest, target / longest, difference, to_go)
