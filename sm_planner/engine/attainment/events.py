"""Events of tickets as columns, in order: what every reader of a log makes, and what tickets are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.attainment.log_map import LogMap
from sm_planner.engine.reading.problems import Problem
from sm_planner.engine.service_time.local_time import DAY, first_instant, load_zone, midnight

Seconds = NDArray[np.int64]
Codes = NDArray[np.int64]

MISSING = int(np.iinfo(np.int64).min)
"""Stands in a column of times for the time that there is not."""
NONE = -1
"""Stands in a column of codes for the value that there is not."""


class RowFault(IntEnum):
    """Why a ticket cannot be judged for what stands in its log."""

    NONE = 0
    UNREADABLE = 1
    """A row of it cannot be read."""
    UNCLEAR = 2
    """A local time of it is not exactly one instant."""
    NO_ORDER = 3
    """Rows of it have the same time and say different things, and nothing says which came first."""
    TWO_STARTS = 4
    """Its rows differ in when it was opened: two tickets may have one id."""
    NO_START = 5
    """Its only row has no time, and the log has no column for when it was opened."""
    NO_ANSWER = 6
    """It was answered before its first event, or at a time that the log does not have."""
    UNDATED = 7
    """It came into its state at a time that the log does not have."""


@dataclass(frozen=True, eq=False)
class EventLog:
    """Events in the order of their tickets and times: arrays with one item for each row that could be read.

    tickets: ids; ``ticket`` holds their indices. at: when the row's state began. opened: when its ticket was, or
    MISSING. Both are Unix time in units of which ``ticks`` make a second: 1, or 1,000,000 where the log has fractions.
    state: values of State. priority: indices of PRIORITIES. service, party: indices of ``services`` and ``parties``.
    Codes are NONE where the row has no value. fault: of each ticket. undated: of each ticket, the state that its only
    row gives without a time, else NONE; such a ticket has one event, the one that it was opened by.
    problems: what could not be read, the first thousand; ``unread`` is how many there were.
    """

    map: LogMap
    tickets: tuple[str, ...]
    services: tuple[str, ...]
    parties: tuple[str, ...]
    ticket: Codes
    at: Seconds
    opened: Seconds
    state: Codes
    priority: Codes
    service: Codes
    party: Codes
    fault: Codes
    undated: Codes
    ticks: int = 1
    problems: tuple[Problem, ...] = ()
    unread: int = 0

    def known_until(self, day: date) -> int:
        """The instant up to which the log can be judged on ``day``: its last event, or the end of that day.

        In whole Unix seconds: the one by which the last event has happened.
        """
        end = first_instant(midnight(day) + DAY, load_zone(self.map.timezone))
        return min(end, -(-int(self.at.max()) // self.ticks)) if self.at.size else end
