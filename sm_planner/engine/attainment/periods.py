"""Targets by period: which share of the cases was in time, how long so many took, whether the promise was kept.

- A case belongs to the period in which it started, in the time zone of its log: the month, unless the target is measured over
  another one.
- **Each case**: kept if the promised share of the evaluated cases was in time, or all of them where no share is promised.
  Reached is what so many cases took at most, by nearest rank; a case that is late and has not ended took at least what it
  used so far.
- **Average**: kept if the mean of what the cases took that have ended is not more than promised, and no case went over the
  bound.
- Cases that have not ended and are not late may still decide. If the promise is kept however they end, or missed however, it
  is; else it cannot be told yet. In a period that is not over more cases may come, and only what none of them can mend is told.

What could not be evaluated for another reason is counted beside it and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from sm_planner.engine.agreements.breaches import Result
from sm_planner.engine.agreements.measurements import Period, measured_over, period
from sm_planner.engine.agreements.targets import share_of
from sm_planner.engine.attainment.events import MISSING, NONE, Codes, Seconds
from sm_planner.engine.attainment.outcomes import EVALUATED, Outcome
from sm_planner.engine.attainment.summary import targets_of
from sm_planner.engine.attainment.terms import Level
from sm_planner.engine.attainment.verdicts import Verdicts
from sm_planner.engine.service_time.local_time import EPOCH, first_instant, load_zone, midnight


@dataclass(frozen=True)
class PeriodLine:
    """What became of a target in a period.

    met, missed, pending: cases that were evaluated, and those that have not ended and are not late. averaged: cases that
    count for the average alone. not_evaluated: the others, by reason. value: what was reached, in the unit of the target;
    None if no case counts for it. at_least: whether it may get worse, because cases have not ended. kept: None where it cannot be
    told. is_over: whether the period was over on the day of judgement.
    """

    level: Level
    period: Period
    met: int
    missed: int
    pending: int
    averaged: int
    not_evaluated: dict[Outcome, int]
    value: Fraction | None
    at_least: bool
    kept: bool | None
    is_over: bool

    @property
    def cases(self) -> int:
        """All that started in the period."""
        return self.met + self.missed + self.pending + self.averaged + sum(self.not_evaluated.values())

    @property
    def share(self) -> Fraction | None:
        """Met of those that were evaluated, in percent; None if none was."""
        return _share(self.met, self.met + self.missed)

    @property
    def worst(self) -> Fraction | None:
        """The share if all that have not ended come too late."""
        return _share(self.met, self.met + self.missed + self.pending)

    @property
    def best(self) -> Fraction | None:
        """The share if all that have not ended come in time."""
        return _share(self.met + self.pending, self.met + self.missed + self.pending)

    @property
    def result(self) -> Result:
        """The same as the rules of breaches ask for it; a period without cases was not missed."""
        target = self.level.target
        kept = self.kept if self.cases else True
        return Result(self.level.agreement, target, self.period, self.value, kept, self.at_least, self.cases)


def by_period(verdicts: Verdicts, day: date) -> list[list[PeriodLine]]:
    """Of each target that tickets were judged under its periods, from the first to the last in which cases started.

    day: that of the judgement; a period is over if it ended before.
    """
    place = targets_of(verdicts)
    start = verdicts.tickets.start[verdicts.ticket]
    counts = (verdicts.level != NONE) & (start != MISSING)
    found = []
    for number in dict.fromkeys(place.tolist()):
        level = verdicts.levels[number]
        if level.target is None:
            continue
        rows = np.flatnonzero(counts & (np.append(place, NONE)[verdicts.level] == number))
        if rows.size:
            found.append([*_lines(verdicts, level, rows, start[rows] // verdicts.tickets.ticks, day)])
    return found


def _lines(verdicts: Verdicts, level: Level, rows: Codes, start: Seconds, day: date) -> Iterator[PeriodLine]:
    periods = _periods(measured_over(level.target), start, verdicts.tickets.timezone)
    zone = load_zone(verdicts.tickets.timezone)
    begins = np.array([first_instant(midnight(one.first), zone) for one in periods], np.int64)
    number = np.searchsorted(begins, start, side="right") - 1
    order = np.argsort(number, kind="stable")
    edges = np.searchsorted(number[order], np.arange(len(periods) + 1))
    used = range(int(number.min()), int(number.max()) + 1)
    for place in used:
        yield _line(verdicts, level, rows[order[edges[place] : edges[place + 1]]], periods[place], day)


def _periods(frequency: str, start: Seconds, timezone: str) -> list[Period]:
    """The periods that the starts touch in any time zone."""
    one = period(frequency, (EPOCH + timedelta(seconds=int(start.min()))).date() - timedelta(days=2))
    last = (EPOCH + timedelta(seconds=int(start.max()))).date() + timedelta(days=2)
    found = [one]
    while one.last < last:
        one = period(frequency, one.last + timedelta(days=1))
        found.append(one)
    return found


def _line(verdicts: Verdicts, level: Level, rows: Codes, period: Period, day: date) -> PeriodLine:
    outcome = verdicts.outcome[rows]
    counts = np.bincount(outcome, minlength=len(Outcome)).tolist()
    met, missed, pending, averaged = (
        counts[kind] for kind in (Outcome.MET, Outcome.MISSED, Outcome.OPEN, Outcome.AVERAGED)
    )
    is_over = period.last < day
    judge = _average if level.is_average else _shares
    value, at_least, kept = judge(verdicts, level, rows, is_over)
    return PeriodLine(
        level=level,
        period=period,
        met=met,
        missed=missed,
        pending=pending,
        averaged=averaged,
        not_evaluated={kind: counts[kind] for kind in Outcome if kind not in _DECIDING and counts[kind]},
        value=value,
        at_least=at_least,
        kept=kept,
        is_over=is_over,
    )


_DECIDING = (*EVALUATED, Outcome.OPEN, Outcome.AVERAGED)

Judged = tuple["Fraction | None", bool, "bool | None"]
"""The value that was reached, whether it may get worse, and whether the promise was kept."""


def _shares(verdicts: Verdicts, level: Level, rows: Codes, is_over: bool) -> Judged:
    promised = Fraction(str(share_of(level.target)))
    outcome = verdicts.outcome[rows]
    evaluated = rows[np.isin(outcome, EVALUATED)]
    met, pending = int((outcome == Outcome.MET).sum()), int((outcome == Outcome.OPEN).sum())
    missed = evaluated.size - met
    kept: bool | None = None
    if missed + pending + met:
        worst, best = _share(met, met + missed + pending), _share(met + pending, met + missed + pending)
        if is_over:
            kept = True if worst >= promised else False if best < promised else None
        elif promised == 100 and missed:
            kept = False
    if not evaluated.size:
        return None, pending > 0, kept
    taken = verdicts.taken[evaluated]
    rank = max(-(-promised * evaluated.size // 100), 1)
    order = np.argsort(taken, kind="stable")
    value = int(taken[order[int(rank) - 1]])
    lasting = ~verdicts.ended[evaluated]
    at_least = pending > 0 or bool((lasting & (taken <= value)).any())
    return Fraction(value) / level.unit, at_least, kept


def _average(verdicts: Verdicts, level: Level, rows: Codes, is_over: bool) -> Judged:
    outcome = verdicts.outcome[rows]
    ended = verdicts.ended[rows] & np.isin(outcome, _DECIDING)
    lasting = ~ended & np.isin(outcome, _DECIDING)
    taken = np.maximum(verdicts.taken[rows], 0)
    unit = level.unit
    value = Fraction(int(taken[ended].sum()), int(ended.sum())) / unit if ended.any() else None
    if (outcome == Outcome.MISSED).any():
        return value, bool(lasting.any()), False
    if not is_over or not (ended.any() or lasting.any()):
        return value, bool(lasting.any()), None
    promised = Fraction(str(level.target.value))
    least = Fraction(int(taken[ended | lasting].sum()), int((ended | lasting).sum())) / unit
    kept = least <= promised if not lasting.any() else None if least <= promised else False
    return value, bool(lasting.any()), kept


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None
