"""Verdicts summed up: by service level, service, priority, party or month.

- A ticket counts once for each level that it is judged under. Times of different metrics are never mixed: each
  line is about one metric.
- The percentage is met / (met + missed); what was not evaluated is counted beside it, by reason.
- The P-th percentile of n service times is the smallest that at least P percent of them do not exceed: the
  ⌈P · n / 100⌉-th in order (nearest rank). It is taken over the tickets that ended and were evaluated.
- Time over is the service time beyond the budget of the missed tickets, so far where they have not ended. It is 0
  for a ticket that ended after its deadline, in closed hours.
- A month is that in which a ticket started, in the time zone of its log: so it never moves to another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np

from sm_planner.engine.attainment.events import MISSING, NONE, Codes, Seconds
from sm_planner.engine.attainment.outcomes import EVALUATED, Outcome
from sm_planner.engine.attainment.terms import Level
from sm_planner.engine.attainment.verdicts import Verdicts
from sm_planner.engine.model import PRIORITIES
from sm_planner.engine.service_time.local_time import EPOCH, first_instant, load_zone, midnight

PERCENTILES = (50, 90, 95)
WORST = 5
"""Missed tickets that a line names."""


@dataclass(frozen=True)
class Offender:
    """A missed ticket with the service seconds by which it is over."""

    ticket: str
    over: int


@dataclass(frozen=True)
class Line:
    """What became of the promises of one kind.

    group: id of the agreement, the service or the party, the priority or the month (2027-03); empty where the
    tickets have none. metric: empty for tickets that no agreement covers. level: by service level, which one.
    percentiles: P → service seconds; empty if no ticket ended. over: service seconds, of all missed tickets.
    """

    group: str
    metric: str
    level: Level | None
    met: int
    missed: int
    not_evaluated: dict[Outcome, int]
    percentiles: dict[int, int]
    over: int
    worst: tuple[Offender, ...]

    @property
    def percent(self) -> Fraction | None:
        """Met of those that were evaluated, exactly; None if none was."""
        evaluated = self.met + self.missed
        return Fraction(100 * self.met, evaluated) if evaluated else None


def summarise(verdicts: Verdicts, by: str = "service-level", worst: int = WORST) -> list[Line]:
    """A line for each group and metric, in their order. by: one of GROUPINGS. worst: offenders to name in each."""
    groups, group = GROUPINGS[by](verdicts)
    metrics = [*dict.fromkeys(level.metric for level in verdicts.levels), ""]
    metric_of_level = np.array(
        [*(metrics.index(level.metric) for level in verdicts.levels), len(metrics) - 1]
    )
    key = group * len(metrics) + metric_of_level[verdicts.level]
    order = np.argsort(key, kind="stable")
    changes = np.flatnonzero(np.diff(key[order])) + 1
    lines = []
    for rows in np.split(order, changes) if order.size else ():
        number, metric = divmod(int(key[rows[0]]), len(metrics))
        level = number if by == "service-level" and number < len(verdicts.levels) else NONE
        lines.append(
            _line(
                verdicts,
                rows,
                worst,
                group=groups[number],
                metric=metrics[metric],
                level=None if level == NONE else verdicts.levels[level],
            )
        )
    return lines


def _line(verdicts: Verdicts, rows: Codes, worst: int, **about: Any) -> Line:
    outcome, used = verdicts.outcome[rows], verdicts.used[rows]
    counts = np.bincount(outcome, minlength=len(Outcome)).tolist()
    missed = np.flatnonzero(outcome == Outcome.MISSED)
    over = used[missed] - verdicts.budget[rows[missed]]
    ended = verdicts.ended[rows] & np.isin(outcome, (*EVALUATED, Outcome.AVERAGED))
    return Line(
        **about,
        met=counts[Outcome.MET],
        missed=counts[Outcome.MISSED],
        not_evaluated={kind: counts[kind] for kind in Outcome if kind not in EVALUATED and counts[kind]},
        percentiles=percentiles(used[ended]),
        over=int(over.sum()),
        worst=_worst(verdicts, rows[missed], over, worst),
    )


def percentiles(times: Seconds) -> dict[int, int]:
    """The percentiles of service times by nearest rank; empty if there are no times."""
    ordered = np.sort(times)
    return {
        percent: int(ordered[-(-percent * ordered.size // 100) - 1])
        for percent in (PERCENTILES if ordered.size else ())
    }


def _worst(verdicts: Verdicts, rows: Codes, over: Seconds, count: int) -> tuple[Offender, ...]:
    """The tickets of ``rows`` that are furthest over, the furthest first; ids decide between equals."""
    if over.size > count:
        least = np.partition(over, over.size - count)[over.size - count]
        furthest = over >= least
        rows, over = rows[furthest], over[furthest]
    ids = (verdicts.tickets.ids[ticket] for ticket in verdicts.ticket[rows].tolist())
    offenders = [Offender(id, seconds) for id, seconds in zip(ids, over.tolist(), strict=True)]
    return tuple(sorted(offenders, key=lambda offender: (-offender.over, offender.ticket))[:count])


Grouping = tuple[list[str], Codes]
"""The groups, the last of them for what has none, and the number of each verdict's group."""


def _by_level(verdicts: Verdicts) -> Grouping:
    """By target: the levels of services with hours of their own are one with those of others."""
    place = targets_of(verdicts)
    groups = [*(level.agreement.id for level in verdicts.levels), ""]
    return groups, np.append(place, len(verdicts.levels))[verdicts.level]


def targets_of(verdicts: Verdicts) -> Codes:
    """Of each level, the first that is about the same target."""
    first: dict[tuple[Any, ...], int] = {}
    keys = ((one.agreement.id, one.metric, one.number, one.target) for one in verdicts.levels)
    return np.array([first.setdefault(key, number) for number, key in enumerate(keys)], np.int64)


def _by_code(names: tuple[str, ...], codes: Codes) -> Grouping:
    ordered = sorted(range(len(names)), key=names.__getitem__)
    place = np.full(len(names) + 1, len(names))  # its last item is that of NONE
    place[ordered] = np.arange(len(names))
    return [*(names[number] for number in ordered), ""], place[codes]


def _by_service(verdicts: Verdicts) -> Grouping:
    return _by_code(verdicts.tickets.services, verdicts.tickets.service[verdicts.ticket])


def _by_priority(verdicts: Verdicts) -> Grouping:
    return _by_code(PRIORITIES, verdicts.priority)


def _by_party(verdicts: Verdicts) -> Grouping:
    return _by_code(verdicts.tickets.parties, verdicts.tickets.party[verdicts.ticket])


def _by_month(verdicts: Verdicts) -> Grouping:
    start = verdicts.tickets.start[verdicts.ticket]
    started = start != MISSING
    start = start // verdicts.tickets.ticks
    months = _months(int(start[started].min()), int(start.max())) if started.any() else []
    zone = load_zone(verdicts.tickets.timezone)
    begins = [first_instant(midnight(month), zone) for month in months]
    number = np.searchsorted(np.array(begins, np.int64), start, side="right") - 1
    return [*(f"{month:%Y-%m}" for month in months), ""], np.where(started, number, len(months))


def _months(first: int, last: int) -> list[date]:
    """First days of the months that [first, last] touches in any time zone."""
    day = (EPOCH + timedelta(seconds=first) - timedelta(days=2)).date().replace(day=1)
    end = (EPOCH + timedelta(seconds=last) + timedelta(days=2)).date()
    months = []
    while day <= end:
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months


GROUPINGS: dict[str, Callable[[Verdicts], Grouping]] = {
    "service-level": _by_level,
    "service": _by_service,
    "priority": _by_priority,
    "party": _by_party,
    "month": _by_month,
}
"""What verdicts can be grouped by."""
