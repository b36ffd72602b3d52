"""Tickets × service levels → verdicts, level by level with NumPy.

A promise is met if the ticket ends no later than its deadline, the instant at which the budget is used up (see
``Clock.due``), and missed if it ends later, or has not ended and the deadline has passed. Everything else is not
evaluated, with its reason.

What a change of its priority does to a running clock is what the agreement says: the time that has passed counts against
the target of the new priority; or that target counts from the change on; or the target of the first priority counts to the
end. A priority that changes as the clock stops, or later, changes nothing of it. Where the agreement is silent, the
priority counts that the map of the log names, for all of a ticket's life.

Each case is judged by the time that the target promises; of an average, by what no case may exceed. Where an average
limits no case, its cases are neither met nor missed, and count for their period alone.

``used`` is the service time from start to end. It decides unless it equals the budget: then the ticket may have
ended at its deadline or in closed hours after it, and the last second tells: if the clock ran in it, the deadline
is the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.agreements.term import ends_on
from sm_planner.engine.agreements.terms import Scope
from sm_planner.engine.attainment.events import MISSING, NONE, Codes, RowFault, Seconds
from sm_planner.engine.attainment.outcomes import Outcome
from sm_planner.engine.attainment.pauses import PauseIndex
from sm_planner.engine.attainment.terms import Level, Terms
from sm_planner.engine.attainment.tickets import FAR, Tickets
from sm_planner.engine.model import PRIORITIES, Agreement, Plan
from sm_planner.engine.model.vocabulary import GOES_ON, STAYS
from sm_planner.engine.service_time.local_time import DAY, EPOCH, first_instant, load_zone, midnight
from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_terms import Pauses

_MET, _MISSED, _OPEN, _AVERAGED = (
    np.uint8(outcome) for outcome in (Outcome.MET, Outcome.MISSED, Outcome.OPEN, Outcome.AVERAGED)
)
_PRIORITIES = len(PRIORITIES) + 1
"""Places of a service: for tickets without a priority, then for each priority."""
_FAULTS = {
    RowFault.NONE: Outcome.MET,
    RowFault.UNREADABLE: Outcome.UNREADABLE,
    RowFault.UNCLEAR: Outcome.UNCLEAR,
    RowFault.NO_ORDER: Outcome.NO_ORDER,
    RowFault.TWO_STARTS: Outcome.TWO_STARTS,
    RowFault.NO_START: Outcome.NO_START,
    RowFault.NO_ANSWER: Outcome.NO_ANSWER,
    RowFault.UNDATED: Outcome.UNDATED,
}
_ALL = slice(None)
_OUTCOME_OF_FAULT = np.array([_FAULTS[fault] for fault in RowFault], np.uint8)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """A row for each ticket and each level that it is judged under: arrays of one length.

    ticket: its index in ``tickets``. level: its index in ``levels``, NONE if no agreement covers the ticket.
    outcome: values of Outcome. used: whole service seconds until the ticket ended, or until ``until`` (Unix seconds) if
    it has not; MISSING where they were not counted. ended: whether it had ended by then. budget: whole service seconds that
    were promised to the case; MISSING where they were not counted, or no case is limited. taken: what the ticket took in what
    the target counts: ``used``, or days of the calendar. priority: index in PRIORITIES of the one that it was judged by, or
    NONE.
    """

    tickets: Tickets
    levels: tuple[Level, ...]
    until: int
    ticket: Codes
    level: Codes
    outcome: NDArray[np.uint8]
    used: Seconds
    ended: NDArray[np.bool_]
    budget: Seconds
    taken: Seconds
    priority: Codes

    def __len__(self) -> int:
        return self.ticket.size


def evaluate(plan: Plan, tickets: Tickets, until: int) -> Verdicts:
    """Judge tickets by the SLAs of a plan, as they stand at the instant ``until`` (Unix seconds)."""
    started = tickets.start[(tickets.start != MISSING) & (tickets.start <= until * tickets.ticks)]
    first = int(started.min()) // tickets.ticks if started.size else until
    day = timedelta(days=1)
    return judge(Terms(plan, _utc_day(first) - day, _utc_day(until) + day), tickets, until)


def judge(terms: Terms, tickets: Tickets, until: int) -> Verdicts:
    """Judge tickets by terms that are compiled already; see evaluate."""
    batches = _Batches(terms, tickets, until)
    for agreement in terms.agreements:
        services = batches.covered(agreement)
        for metric in tickets.ends:
            view = batches.view(agreement.priority_change, metric)
            for level, counts in terms.levels(agreement, metric, [batches.name(one) for one in services]):
                batches.add(level, view, view.rows(zip(services, counts, strict=True)))
    return batches.verdicts()


def used_and_late(
    clock: Clock, start: Seconds, stop: Seconds, budget: int | Seconds, pauses: Pauses | None
) -> tuple[Seconds, NDArray[np.bool_]]:
    """Service time from each start to its stop, and whether the stop lies after the deadline.

    Times, budget (one for all, or one of each) and what is counted are in the unit of the clock. All times lie in the horizon
    of the clock. Of a single ticket: ``stop > clock.due(start, budget, pauses)``.
    """
    used = clock.elapsed(start, stop, pauses)
    late = used > budget
    equal = np.flatnonzero((used == budget) & (np.asarray(budget) > 0))
    if equal.size:
        own = pauses and PauseIndex(pauses, start.size).of(equal)
        late[equal] = clock.elapsed(start[equal], stop[equal] - 1, own) == used[equal]
    return used, late


class _View:
    """Tickets in the order of service and priority, so that a level finds its own side by side. Rows are places in it."""

    def __init__(self, tickets: Tickets, priority: Codes, begin: Seconds) -> None:
        """priority: of each ticket, the one that counts. begin: when its clock begins."""
        self.priority = priority
        kind = tickets.service * _PRIORITIES + priority
        kind -= NONE * (_PRIORITIES + 1)
        kinds = (len(tickets.services) + 1) * _PRIORITIES
        if kinds <= 1 << 16:
            kind = kind.astype(np.uint16)  # which NumPy sorts several times as fast
        self.order = np.argsort(kind, kind="stable")
        self._begins = np.searchsorted(kind.take(self.order), np.arange(kinds + 1))
        self.start = tickets.start.take(self.order)
        self.begin = self.start if begin is tickets.start else begin.take(self.order)
        self.pauses = PauseIndex(_in_order(tickets.pauses, self.order, kind), len(tickets))

    def rows(self, services: Iterable[tuple[int, tuple[bool, ...]]]) -> Codes:
        """The tickets of each service whose priority counts for it; the first of those is for tickets without one."""
        kinds = [
            (service - NONE) * _PRIORITIES + priority
            for service, counts in services
            for priority in range(_PRIORITIES)
            if counts[priority]
        ]
        spans = [np.arange(self._begins[kind], self._begins[kind + 1]) for kind in kinds]
        return np.concatenate([np.empty(0, np.int64), *spans])


def _as_they_count(tickets: Tickets, rule: str, metric: str) -> tuple[Codes, Seconds]:
    """The priority of each ticket that counts for a metric, and when its clock begins, by what the agreement says."""
    changes = tickets.changes
    if changes is None or not rule:
        return tickets.priority, tickets.start
    if rule == STAYS:
        return changes.first, tickets.start
    end = tickets.ends[metric].take(changes.ticket)
    runs = np.flatnonzero(changes.at < np.where(end == MISSING, FAR, end))
    ticket = changes.ticket[runs]
    last = runs[np.append(ticket[1:] != ticket[:-1], True)[: runs.size]]
    priority = changes.first.copy()
    priority[changes.ticket[last]] = changes.priority[last]
    if rule == GOES_ON:
        return priority, tickets.start
    begin = tickets.start.copy()
    begin[changes.ticket[last]] = np.maximum(begin[changes.ticket[last]], changes.at[last])
    return priority, np.where(tickets.start == MISSING, MISSING, begin)


class _Batches:
    """Verdicts in the making: columns of a batch for each level."""

    def __init__(self, terms: Terms, tickets: Tickets, until: int) -> None:
        self._terms = terms
        self._tickets = tickets
        self._until = until
        self._ticks = tickets.ticks
        obstacle = _OUTCOME_OF_FAULT.take(tickets.fault)
        obstacle[(obstacle == Outcome.MET) & (tickets.start == MISSING)] = Outcome.NO_START
        self._obstacle = obstacle
        self._obstacles = {
            metric: np.where(obstacle == Outcome.MET, _OUTCOME_OF_FAULT.take(faults), obstacle)
            for metric, faults in tickets.faults.items()
        }
        self._views: dict[tuple[str, str], _View] = {}
        self._numbers = {service: number for number, service in enumerate(tickets.services)}
        self._judged = np.zeros(len(tickets), bool)
        self._covered: dict[str, frozenset[int]] = {}
        self._levels: list[Level] = []
        self._columns: list[tuple[NDArray[Any], ...]] = []

    def view(self, rule: str, metric: str) -> _View:
        """The tickets as they count for a metric under what an agreement says of a priority that changes."""
        if self._tickets.changes is None or not rule:
            rule = metric = ""
        elif rule == STAYS:
            metric = ""
        if (rule, metric) not in self._views:
            self._views[rule, metric] = _View(self._tickets, *_as_they_count(self._tickets, rule, metric))
        return self._views[rule, metric]

    def covered(self, agreement: Agreement) -> list[int]:
        """The numbers of the services that the agreement covers; NONE if it covers tickets without a service."""
        scope, process = Scope.of(agreement), self._tickets.process
        if scope.covers(process, "", ""):
            return [NONE, *self._numbers.values()]
        named = (service for service in scope.services if scope.covers(process, service, ""))
        return sorted(self._numbers[service] for service in named if service in self._numbers)

    def name(self, service: int) -> str:
        """The id of a service by its number; empty for that of tickets without one."""
        return "" if service == NONE else self._tickets.services[service]

    def add(self, level: Level, view: _View, rows: Codes) -> None:
        """Judge those tickets of ``rows`` under a level that started while its agreement was in force."""
        rows = self._in_force(level.agreement, view, rows)
        if not rows.size:
            return
        ticket = view.order.take(rows)
        priority = view.priority.take(ticket)
        start, end = view.begin.take(rows), self._tickets.ends[level.metric].take(ticket)
        until = self._until * self._ticks
        ended = (end != MISSING) & (end <= until)
        stop = np.where(ended, end, until)
        outcome = self._obstacles.get(level.metric, self._obstacle).take(ticket)
        used, budget = np.full(rows.size, MISSING), np.full(rows.size, MISSING)
        counted = used.copy() if level.is_in_days else used
        places = np.arange(rows.size)
        for clock, own in self._clocks(level, ticket, priority, stop):
            part = outcome[own]
            _set_obstacles(part, clock, start[own], stop[own], ended[own])
            outcome[own] = part
            clear = places[own][part == Outcome.MET]
            if not clear.size:
                continue
            pauses = view.pauses.of(rows[clear])
            promised = _promised(level, clock, start[clear], self._ticks)
            taken, late = used_and_late(clock, start[clear], stop[clear], promised, pauses)
            used[clear] = taken // self._ticks
            met = _MET if level.limits_cases else _AVERAGED
            outcome[clear] = np.where(late, _MISSED, np.where(ended[clear], met, _OPEN))
            if level.limits_cases:
                budget[clear] = promised // self._ticks
            if level.is_in_days:
                counted[clear] = days_of(level, clock, start[clear], stop[clear], pauses)
        self._judged[ticket] = True
        number = np.full(rows.size, len(self._levels))
        self._columns.append((ticket, number, outcome, used, ended, budget, counted, priority))
        self._levels.append(level)

    def _clocks(
        self, level: Level, ticket: Codes, priority: Codes, stop: Seconds
    ) -> Iterator[tuple[Clock | Outcome, Codes | slice]]:
        """The clocks of a level, or why there is none, each with the places of the tickets for which it counts.

        It is another one for tickets that are still open when their SLA has ended and the next one has other hours: each
        counts on its days.
        """
        if not level.target:
            yield Outcome.NO_TARGET, _ALL
            return
        clock = self._terms.clock(level.calendar, self._ticks)
        later = self._terms.later(level)
        # The days of a calendar of another zone begin half a day earlier or later.
        over = np.flatnonzero(stop > self._midnight(later, -1)) if later else np.empty(0, np.int64)
        if not over.size:
            yield clock, _ALL
            return
        places = np.arange(ticket.size)
        service, priority = self._tickets.service.take(ticket[over]), priority[over]
        kinds, of_each = np.unique((service - NONE) * _PRIORITIES + priority - NONE, return_inverse=True)
        for number, kind in enumerate(kinds.tolist()):
            one, place = divmod(kind, _PRIORITIES)
            one += NONE
            after = self._terms.after(level, self.name(one), place, partial(self._covers, one))
            own = over[of_each == number]
            if isinstance(after, date):
                own = own[stop[own] > self._midnight(after, 0)]
                yield Outcome.HOURS_CHANGED, own
            elif after:
                yield self._terms.clock(level.calendar, self._ticks, after), own
            else:
                continue
            places[own] = NONE
        yield clock, places[places != NONE]

    def _covers(self, service: int, agreement: Agreement) -> bool:
        if agreement.id not in self._covered:
            self._covered[agreement.id] = frozenset(self.covered(agreement))
        return service in self._covered[agreement.id]

    def _in_force(self, agreement: Agreement, view: _View, rows: Codes) -> Codes:
        """Those that started on the days of the agreement; one without a start may have."""
        if agreement.start_date:
            start = view.start.take(rows)
            rows = rows[(start >= self._midnight(agreement.start_date, 0)) | (start == MISSING)]
        if last := ends_on(agreement):
            rows = rows[view.start.take(rows) < self._midnight(last, 1)]
        return rows

    def _midnight(self, day: date, later: int) -> int:
        """When the day that comes ``later`` days after ``day`` begins where the tickets are, in their unit."""
        wall = midnight(day) + later * DAY
        return first_instant(wall, load_zone(self._tickets.timezone)) * self._ticks

    def verdicts(self) -> Verdicts:
        """All batches in one, with a row for each ticket that no level is for."""
        rows = np.flatnonzero(~self._judged)
        outcome = self._obstacle[rows]
        outcome[outcome == Outcome.MET] = Outcome.NO_AGREEMENT
        none, missing = np.full(rows.size, NONE), np.full(rows.size, MISSING)
        not_ended = np.zeros(rows.size, bool)
        others = (rows, none, outcome, missing, not_ended, missing, missing, self._tickets.priority[rows])
        columns = map(np.concatenate, zip(*self._columns, others, strict=True))
        return Verdicts(self._tickets, tuple(self._levels), self._until, *columns)


def _promised(level: Level, clock: Clock, start: Seconds, ticks: int) -> int | Seconds:
    """What is promised to each case that starts so, or to all alike, in the unit of the clock. Days that are not over while
    the clock tells are more than any case can take."""
    if not level.limits_cases:
        return FAR
    if isinstance(level.budget, int):
        return level.budget * ticks
    return clock.seconds(start, level.budget, beyond=FAR)


def days_of(level: Level, clock: Clock, start: Seconds, stop: Seconds, pauses: Pauses | None) -> Seconds:
    """How many days of the calendar each case took: the fewest that would not have been too few for it.

    What the clock counted until the stop is laid from the start on without its pauses, as a promise in days moves with them.
    """
    used = clock.elapsed(start, stop, pauses)
    reached, counts = start.copy(), np.flatnonzero(used)
    reached[counts] = clock.due(start[counts], used[counts])
    dates, ends = np.array(clock.days.dates, np.int64), np.array(clock.days.ends, np.int64)
    first, last = np.searchsorted(ends, start, side="right"), np.searchsorted(ends, reached)
    # Used up as a day closed: it was over then, or later in closed hours or a pause, which is late for it.
    closing = np.flatnonzero((used > 0) & (last < ends.size) & (np.append(ends, 0)[last] == reached))
    if closing.size:
        own = pauses and PauseIndex(pauses, start.size).of(closing)
        last[closing] += clock.elapsed(start[closing], stop[closing] - 1, own) == used[closing]
    if level.target.unit == "Business Days":
        return np.maximum(last - first, 0)
    between = np.append(dates, 0)[last - 1] - np.append(dates, 0)[np.minimum(first, dates.size)] + 1
    return np.where(last > first, between, 0)


def _in_order(pauses: Pauses, order: Codes, kind: Codes) -> Pauses:
    """The pauses, their tickets numbered by ``order``, and sorted by that; it is the stable order of ``kind``."""
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    rows = np.argsort(kind.take(pauses.ticket), kind="stable")
    return Pauses(place.take(pauses.ticket.take(rows)), pauses.start.take(rows), pauses.stop.take(rows))


def _set_obstacles(
    outcome: NDArray[np.uint8],
    clock: Clock | Outcome,
    start: Seconds,
    stop: Seconds,
    ended: NDArray[np.bool_],
) -> None:
    """Say in ``outcome`` what keeps tickets from being judged by the clock, where it is still MET."""
    if not isinstance(clock, Clock):
        outcome[outcome == Outcome.MET] = clock
        return
    turned = start > stop
    odd = turned | (start < clock.first) | (stop > clock.last)
    if odd.any():
        odd &= outcome == Outcome.MET
        outcome[odd & ~turned] = Outcome.OUTSIDE
        outcome[odd & turned & ended] = Outcome.TURNED
        outcome[odd & turned & ~ended] = Outcome.OPEN  # it starts after the instant of judgement


def _utc_day(unix: int) -> date:
    return (EPOCH + timedelta(seconds=unix)).date()
