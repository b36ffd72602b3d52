"""Tickets: when the clock of each began, stood still and stopped, from the events of a log.

- The clock begins when the ticket was opened: the log's column for that, or else the ticket's first event if that is in
  a new state. A ticket that the log has from a later state on began at a time that is not known.
- The first event in a state that is not new is the response, if a new one comes before it. Who was answered before the
  log knows of the ticket, or at a time that it has no column for, was answered at a time that is not known.
- The ticket is resolved (or fulfilled) when it enters a resolved state for the last time and does not leave it.
  If it leaves one, it was reopened: the end is withdrawn, the clock goes on, and the time in between is a pause,
  because nobody could work on it.
- The time in waiting states is a pause.
- A ticket that is cancelled and does not leave that is left out. If it does, it was reopened.
- The last priority, service and party that its rows name are the ticket's own; the map can say that the first
  priority counts, and which service is meant where no row names one. How its priority changed is kept beside: agreements
  can say what a change does to a running clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.attainment.events import MISSING, NONE, Codes, EventLog, RowFault, Seconds
from sm_planner.engine.attainment.log_map import State
from sm_planner.engine.service_time.sla_clock_terms import Pauses

Mask = NDArray[np.bool_]

_ENDS = (State.RESOLVED, State.CANCELLED)
FAR = 1 << 60
"""When a pause ends that has not ended yet: beyond every horizon."""


@dataclass(frozen=True, eq=False)
class Changes:
    """How the priorities of tickets changed, as far as the log tells.

    first: the first priority that each ticket has, from its beginning on; NONE where none is named. Then three arrays of one
    length, sorted by ticket and time: ticket ``ticket[k]`` had priority ``priority[k]`` from ``at[k]`` on, and another before.
    """

    first: Codes
    ticket: Codes
    at: Seconds
    priority: Codes


@dataclass(frozen=True, eq=False)
class Tickets:
    """Tickets as columns: arrays with one item for each.

    Times are Unix time in units of which ``ticks`` make a second. start: or MISSING. ends: metric → times, or MISSING
    where it has not ended. pauses: of all tickets, sorted by ticket and start. priority: indices of PRIORITIES;
    service, party: indices of ``services`` and ``parties``; NONE where there is none. fault: values of RowFault.
    faults: metric → those that concern it alone. process: id of the process that the tickets run through; empty: not
    known. timezone: in which months are counted. left_out: how many were cancelled. later_events, later_tickets: how
    many come after the instant up to which the log was looked at; the tickets are those that begin then.
    """

    ids: tuple[str, ...]
    services: tuple[str, ...]
    parties: tuple[str, ...]
    start: Seconds
    ends: Mapping[str, Seconds]
    pauses: Pauses
    priority: Codes
    service: Codes
    party: Codes
    fault: Codes
    faults: Mapping[str, Codes] = field(default_factory=dict)
    process: str = ""
    timezone: str = "UTC"
    ticks: int = 1
    left_out: int = 0
    later_events: int = 0
    later_tickets: int = 0
    changes: Changes | None = None

    def __len__(self) -> int:
        return len(self.ids)


def tickets_of(log: EventLog, until: int) -> Tickets:
    """The tickets of a log as they stood at the instant ``until`` (Unix seconds): later events are not looked at.

    A ticket all of whose events come later is left out and counted; one whose events cannot be read is not, it has a
    fault.
    """
    events = _Events(log, until)
    begun = events.first(events.every, log.at, MISSING)
    state = events.first(events.every, log.state, NONE)
    opened = events.first(log.opened != MISSING, log.opened, MISSING)
    start = opened if "opened" in log.map.columns else np.where(state == State.NEW, begun, MISSING)
    service = log.services.index(log.map.service) if log.map.service else NONE
    of_priority = events.first if log.map.priority_counts == "first" else events.last
    sound = log.fault == RowFault.NONE
    cancelled = sound & (begun != MISSING) & (events.cancelled() | (log.undated == State.CANCELLED))
    kept = np.flatnonzero(((begun != MISSING) | ~sound) & ~cancelled)
    answered_unseen = ((state != State.NEW) & (state != NONE)) | (log.undated > State.NEW)
    return Tickets(
        ids=tuple(log.tickets[item] for item in kept.tolist()),
        services=log.services,
        parties=log.parties,
        start=start[kept],
        ends={
            "Response": events.first(log.state != State.NEW, log.at, MISSING)[kept],
            log.map.metric: events.first(events.ended & (log.state == State.RESOLVED), log.at, MISSING)[kept],
        },
        pauses=events.pauses(kept),
        priority=of_priority(log.priority != NONE, log.priority, NONE)[kept],
        service=events.last(log.service != NONE, log.service, service)[kept],
        party=events.last(log.party != NONE, log.party, NONE)[kept],
        fault=log.fault[kept],
        faults={
            "Response": np.where(answered_unseen, RowFault.NO_ANSWER, RowFault.NONE)[kept],
            log.map.metric: np.where(log.undated > State.WORKING, RowFault.UNDATED, RowFault.NONE)[kept],
        },
        process=log.map.process,
        timezone=log.map.timezone,
        ticks=log.ticks,
        left_out=int(cancelled.sum()),
        later_events=int(log.at.size - events.every.sum()),
        later_tickets=int((sound & (begun == MISSING)).sum()),
        changes=events.changes(kept),
    )


class _Events:
    """The events of a log up to an instant. Masks and columns are those of the log."""

    def __init__(self, log: EventLog, until: int) -> None:
        self._log = log
        self.every = log.at <= until * log.ticks
        """The events that count."""
        last_open = self.last(~np.isin(log.state, _ENDS), np.arange(log.at.size), NONE)
        self.ended = self.every & (np.arange(log.at.size) > last_open[log.ticket])
        """Events in a resolved or cancelled state, after which the ticket is not open any more."""

    def first(self, which: Mask, column: Seconds, otherwise: int) -> Seconds:
        """The column's value at the first event of each ticket that is in ``which``."""
        return self._picked(which, column, otherwise, np.s_[1:])

    def last(self, which: Mask, column: Seconds, otherwise: int) -> Seconds:
        """The column's value at the last event of each ticket that is in ``which``."""
        return self._picked(which, column, otherwise, np.s_[:-1])

    def _picked(self, which: Mask, column: Seconds, otherwise: int, inner: slice) -> Seconds:
        rows = np.flatnonzero(which & self.every)
        ticket = self._log.ticket[rows]
        picked = np.ones(rows.size, bool)
        picked[inner] = ticket[1:] != ticket[:-1]
        values = np.full(len(self._log.tickets), otherwise)
        values[ticket[picked]] = column[rows[picked]]
        return values

    def cancelled(self) -> Mask:
        """The tickets that ended by being cancelled, also if they were closed before or after that."""
        found = np.zeros(len(self._log.tickets), bool)
        found[self._log.ticket[self.ended & (self._log.state == State.CANCELLED)]] = True
        return found

    def changes(self, kept: Codes) -> Changes | None:
        """How the priorities of the tickets in ``kept`` changed; rows that name none change none."""
        log = self._log
        rows = np.flatnonzero((log.priority != NONE) & self.every)
        ticket, priority = log.ticket[rows], log.priority[rows]
        own = ticket[1:] == ticket[:-1]
        changed = np.flatnonzero(own & (priority[1:] != priority[:-1])) + 1
        number = self._numbers(kept)
        changed = changed[number[ticket[changed]] != NONE]
        if not changed.size:
            return None
        return Changes(
            first=self.first(log.priority != NONE, log.priority, NONE)[kept],
            ticket=number[ticket[changed]],
            at=log.at[rows[changed]],
            priority=priority[changed],
        )

    def _numbers(self, kept: Codes) -> Codes:
        """The place in ``kept`` of each ticket of the log, NONE for one that is not in it."""
        number = np.full(len(self._log.tickets), NONE)
        number[kept] = np.arange(kept.size)
        return number

    def pauses(self, kept: Codes) -> Pauses:
        """When the clocks of the tickets in ``kept`` stood still: while they waited, or had ended too soon."""
        log = self._log
        left = np.full(log.at.size, FAR)  # when each event's state was left
        followed = self.every[1:] & (log.ticket[1:] == log.ticket[:-1])
        left[:-1][followed] = log.at[1:][followed]
        number = self._numbers(kept)
        stands = (log.state == State.WAITING) | (np.isin(log.state, _ENDS) & ~self.ended)
        rows = np.flatnonzero(stands & self.every & (number[log.ticket] != NONE))
        return Pauses(number[log.ticket[rows]], log.at[rows], left[rows])
