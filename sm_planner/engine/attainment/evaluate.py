"""Tickets × service levels → verdicts, level by level with NumPy.

A promise is met if the ticket ends no later than its deadline, the instant at which the budget is used up (see
``Clock.due``), and missed if it ends later, or has not ended and the deadline has passed. Everything else is not
evaluated, with its reason.

``used`` is the service time from start to end. It decides unless it equals the budget: then the ticket may have
ended at its deadline or in closed hours after it, and the last second tells: if the clock ran in it, the deadline
is the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.attainment.events import MISSING, NONE, Codes, Fault, Seconds
from sm_planner.engine.attainment.outcomes import Outcome
from sm_planner.engine.attainment.terms import Level, Terms
from sm_planner.engine.attainment.tickets import Tickets
from sm_planner.engine.local_time import DAY, EPOCH, first_instant, load_zone
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.sla_clock import Clock, Pauses

_FAULTS = ((Fault.UNREADABLE, Outcome.UNREADABLE), (Fault.UNCLEAR, Outcome.UNCLEAR))


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
    return judge(Terms(plan, _day(first) - timedelta(days=1), _day(until) + timedelta(days=1)), tickets, until)


def judge(terms: Terms, tickets: Tickets, until: int) -> Verdicts:
    """Judge tickets by terms that are compiled already, see evaluate."""
    batches = _Batches(tickets, until)
    for agreement in terms.agreements:
        rows = batches.covered(terms, agreement)
        for metric in tickets.ends:
            for level, counts in terms.levels(agreement, metric):
                batches.add(terms, level, rows[np.array(counts)[tickets.priority[rows]]])
    return batches.verdicts()


def used_and_late(
    clock: Clock, start: Seconds, stop: Seconds, budget: int, pauses: Pauses
) -> tuple[Seconds, NDArray[np.bool_]]:
    """Service seconds from each start to its stop, and whether the stop lies after the deadline.

    All times lie in the clock's horizon. The scalar rule is ``stop > clock.due(start, budget, pauses)``.
    """
    used = clock.elapsed(start, stop, pauses)
    late = used > budget
    equal = np.flatnonzero(used == budget) if budget else ()
    if len(equal):
        before = clock.elapsed(start[equal], stop[equal] - 1, _PauseIndex(pauses, start.size).of(equal))
        late[equal] = before == budget
    return used, late


class _Batch(NamedTuple):
    ticket: Codes
    level: int
    outcome: NDArray[np.uint8]
    used: Seconds
    ended: NDArray[np.bool_]


class _Batches:
    """Verdicts in the making: a batch for each level."""

    def __init__(self, tickets: Tickets, until: int) -> None:
        self._tickets = tickets
        self._until = until
        self._pauses = _PauseIndex(tickets.pauses, len(tickets))
        self._by_service = np.argsort(tickets.service, kind="stable")
        self._services = np.searchsorted(
            tickets.service[self._by_service], np.arange(NONE, len(tickets.services) + 1)
        )
        self._levels: list[Level] = []
        self._batches: list[_Batch] = []

    def covered(self, terms: Terms, agreement: Agreement) -> Codes:
        """The tickets of the services that the agreement covers, which started while it was in force."""
        tickets = self._tickets
        found = [
            self._by_service[self._services[code + 1] : self._services[code + 2]]
            for code, service in ((NONE, ""), *enumerate(tickets.services))
            if terms.covers(agreement, tickets.process, service)
        ]
        rows = np.concatenate(found) if found else np.empty(0, np.int64)
        zone = load_zone(tickets.timezone)
        start = tickets.start[rows]
        if agreement.start_date:
            begins = first_instant(_midnight(agreement.start_date), zone)
            rows, start = _picked((start >= begins) | (start == MISSING), rows, start)
        if agreement.end_date:
            ends = first_instant(_midnight(agreement.end_date) + DAY, zone)
            rows, start = _picked(start < ends, rows, start)
        return rows

    def add(self, terms: Terms, level: Level, rows: Codes) -> None:
        """Judge the tickets of ``rows`` under a level."""
        if not rows.size:
            return
        tickets, until = self._tickets, self._until
        start, end = tickets.start[rows], tickets.ends[level.metric][rows]
        ended = (end != MISSING) & (end <= until)
        stop = np.where(ended, end, until)
        outcome = np.full(rows.size, Outcome.OPEN, np.uint8)
        outcome[ended] = Outcome.MET
        clock = terms.clock(level.calendar) if level.target else Outcome.NO_TARGET
        if isinstance(clock, Clock):
            outcome[(start < clock.first) | (stop > clock.last)] = Outcome.OUTSIDE
        else:
            outcome[:] = clock
        outcome[start > stop] = Outcome.OPEN
        outcome[(start > stop) & ended] = Outcome.TURNED
        outcome[start == MISSING] = Outcome.NO_START
        for fault, told in _FAULTS:
            outcome[tickets.fault[rows] == fault] = told
        used = np.full(rows.size, MISSING)
        if isinstance(clock, Clock):
            known = np.flatnonzero(outcome <= Outcome.OPEN)
            ...
        self._batches.append(_Batch(rows, len(self._levels), outcome, used, ended))
        self._levels.append(level)
