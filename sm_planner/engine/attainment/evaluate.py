"""Tickets × service levels → verdicts, level by level with NumPy.

A promise is met if the ticket ends no later than its deadline, the instant at which the budget is used up (see
``Clock.due``), and missed if it ends later, or has not ended and the deadline has passed. Everything else is not
evaluated, with its reason.

``used`` is the service time from start to end. It decides unless it equals the budget: then the ticket may have
ended at its deadline or in closed hours after it, and the last second tells: if the clock ran in it, the deadline
is the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.agreements import Scope
from sm_planner.engine.attainment.events import MISSING, NONE, Codes, Fault, Seconds
from sm_planner.engine.attainment.outcomes import Outcome
from sm_planner.engine.attainment.pauses import PauseIndex
from sm_planner.engine.attainment.terms import Level, Terms
from sm_planner.engine.attainment.tickets import Tickets
from sm_planner.engine.local_time import DAY, EPOCH, first_instant, load_zone
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.sla_clock import Clock, Pauses

_FAULTS = {Fault.UNREADABLE: Outcome.UNREADABLE, Fault.UNCLEAR: Outcome.UNCLEAR}


@dataclass(frozen=True, eq=False)
class Verdicts:
    """A row for each ticket and each level that it is judged under: arrays of one length.

    ticket: its index in ``tickets``. level: its index in ``levels``, NONE if no agreement covers the ticket.
    outcome: values of Outcome. used: service seconds until the ticket ended, or until ``until`` if it has not;
    MISSING where they were not counted. ended: whether it had ended by then.
    """

    tickets: Tickets
    levels: tuple[Level, ...]
    until: int
    ticket: Codes
    level: Codes
    outcome: NDArray[np.uint8]
    used: Seconds
    ended: NDArray[np.bool_]

    def __len__(self) -> int:
        return self.ticket.size


def evaluate(plan: Plan, tickets: Tickets, until: int) -> Verdicts:
    """Judge tickets by the SLAs of a plan, as they stand at the instant ``until`` (Unix seconds)."""
    started = tickets.start[(tickets.start != MISSING) & (tickets.start <= until)]
    first = int(started.min()) if started.size else until
    day = timedelta(days=1)
    return judge(Terms(plan, _utc_day(first) - day, _utc_day(until) + day), tickets, until)


def judge(terms: Terms, tickets: Tickets, until: int) -> Verdicts:
    """Judge tickets by terms that are compiled already; see evaluate."""
    batches = _Batches(terms, tickets, until)
    for agreement in terms.agreements:
        rows = batches.covered(agreement)
        for metric in tickets.ends:
            for level, counts in terms.levels(agreement, metric):
                batches.add(level, rows[np.array(counts)[tickets.priority[rows]]])
    return batches.verdicts()


def used_and_late(
    clock: Clock, start: Seconds, stop: Seconds, budget: int, pauses: Pauses | None
) -> tuple[Seconds, NDArray[np.bool_]]:
    """Service seconds from each start to its stop, and whether the stop lies after the deadline.

    All times lie in the horizon of the clock. Of a single ticket: ``stop > clock.due(start, budget, pauses)``.
    """
    used = clock.elapsed(start, stop, pauses)
    late = used > budget
    equal = np.flatnonzero(used == budget) if budget else np.empty(0, np.int64)
    if equal.size:
        own = pauses and PauseIndex(pauses, start.size).of(equal)
        late[equal] = clock.elapsed(start[equal], stop[equal] - 1, own) == budget
    return used, late


class _Batches:
    """Verdicts in the making: columns of a batch for each level."""

    def __init__(self, terms: Terms, tickets: Tickets, until: int) -> None:
        self._terms = terms
        self._tickets = tickets
        self._until = until
        self._zone = load_zone(tickets.timezone)
        self._pauses = PauseIndex(tickets.pauses, len(tickets))
        self._by_service = np.argsort(tickets.service, kind="stable")
        self._service_ends = np.searchsorted(
            tickets.service, np.arange(len(tickets.services)), "right", sorter=self._by_service
        )
        self._numbers = {service: number for number, service in enumerate(tickets.services)}
        self._judged = np.zeros(len(tickets), bool)
        self._levels: list[Level] = []
        self._columns: list[tuple[NDArray[Any], ...]] = []

    def covered(self, agreement: Agreement) -> Codes:
        """The tickets of services that the agreement covers, which started while it was in force."""
        scope, process = Scope.of(agreement), self._tickets.process
        if scope.covers(process, "", ""):
            rows = np.arange(len(self._tickets))
        else:
            named = [service for service in sorted(scope.services) if scope.covers(process, service, "")]
            rows = np.concatenate([np.empty(0, np.int64), *map(self._of_service, named)])
        start = self._tickets.start[rows]
        in_force = np.ones(rows.size, bool)
        if agreement.start_date:
            in_force &= (start >= self._midnight(agreement.start_date, 0)) | (start == MISSING)
        if agreement.end_date:
            in_force &= start < self._midnight(agreement.end_date, 1)
        return rows[in_force]

    def _of_service(self, service: str) -> Codes:
        number = self._numbers.get(service)
        if number is None:
            return np.empty(0, np.int64)
        ends = self._service_ends
        begin = ends[number - 1] if number else np.count_nonzero(self._tickets.service == NONE)
        return self._by_service[begin : ends[number]]

    def _midnight(self, day: date, later: int) -> int:
        """The instant at which the day that comes ``later`` days after ``day`` begins."""
        return first_instant((day.toordinal() - EPOCH.toordinal() + later) * DAY, self._zone)

    def add(self, level: Level, rows: Codes) -> None:
        """Judge the tickets of ``rows`` under a level."""
        if not rows.size:
            return
        start, end = self._tickets.start[rows], self._tickets.ends[level.metric][rows]
        ended = (end != MISSING) & (end <= self._until)
        stop = np.where(ended, end, self._until)
        clock = self._terms.clock(level.calendar) if level.target else Outcome.NO_TARGET
        outcome = self._obstacles(clock, rows, start, stop, ended)
        used = np.full(rows.size, MISSING)
        clear = np.flatnonzero(outcome == Outcome.MET)
        if clear.size:
            used[clear], late = used_and_late(
                clock, start[clear], stop[clear], level.budget, self._pauses.of(rows[clear])
            )
            outcome[clear] = np.where(late, Outcome.MISSED, np.where(ended[clear], Outcome.MET, Outcome.OPEN))
        self._judged[rows] = True
        self._columns.append((rows, np.full(rows.size, len(self._levels)), outcome, used, ended))
        self._levels.append(level)

    def _obstacles(
        self, clock: Clock | Outcome, rows: Codes, start: Seconds, stop: Seconds, ended: NDArray[np.bool_]
    ) -> NDArray[np.uint8]:
        """What keeps each ticket from being judged, the gravest of several; MET where nothing does."""
        obstacles = np.zeros(rows.size, np.uint8)
        if isinstance(clock, Clock):
            obstacles[(start < clock.first) | (stop > clock.last)] = Outcome.OUTSIDE
        else:
            obstacles[:] = clock
        obstacles[start > stop] = Outcome.OPEN
        obstacles[(start > stop) & ended] = Outcome.TURNED
        obstacles[start == MISSING] = Outcome.NO_START
        fault = self._tickets.fault[rows]
        for kind, outcome in _FAULTS.items():
            obstacles[fault == kind] = outcome
        return obstacles

    def verdicts(self) -> Verdicts:
        """All batches in one, with a row for each ticket that no level is for."""
        rows = np.flatnonzero(~self._judged)
        faults = self._tickets.fault[rows]
        outcome = np.full(rows.size, Outcome.NO_AGREEMENT, np.uint8)
        for kind, told in _FAULTS.items():
            outcome[faults == kind] = told
        others = (rows, np.full(rows.size, NONE), outcome, np.full(rows.size, MISSING), np.zeros(rows.size, bool))
        columns = map(np.concatenate, zip(*self._columns, others, strict=True))
        return Verdicts(self._tickets, tuple(self._levels), self._until, *columns)


def _utc_day(unix: int) -> date:
    return (EPOCH + timedelta(seconds=unix)).date()
