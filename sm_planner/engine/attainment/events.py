"""Events of tickets as columns, in order: what every reader of a log makes, and what tickets are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.attainment.log_map import LogMap
from sm_planner.engine.local_time import DAY, EPOCH, first_instant, load_zone
from sm_planner.engine.plan_file.problems import Problem

Seconds = NDArray[np.int64]
Codes = NDArray[np.int64]

MISSING = int(np.iinfo(np.int64).min)
"""Stands in a column of times for the time that there is not."""
NONE = -1
"""Stands in a column of codes for the value that there is not."""


class Fault(IntEnum):
    """Why a ticket cannot be judged for what stands in its log."""

    NONE = 0
    UNREADABLE = 1
    """A row of it cannot be read."""
    UNCLEAR = 2
    """A local time of it is not exactly one instant."""


@dataclass(frozen=True, eq=False)
class EventLog:
    """Events in the order of their tickets and times: arrays with one item for each row that could be read.

    tickets: ids; ``ticket`` holds their indices. at: Unix seconds at which the row's state began. opened: Unix
    seconds, or MISSING. state: values of State. priority: indices of PRIORITIES. service, party: indices of
    ``services`` and ``parties``. Codes are NONE where the row has no value. fault: of each ticket.
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
    problems: tuple[Problem, ...] = ()
    unread: int = 0

    def known_until(self, day: date) -> int:
        """The instant up to which the log can be judged on ``day``: its last event, or the end of that day."""
        end_of_day = (day.toordinal() - EPOCH.toordinal() + 1) * DAY
        end = first_instant(end_of_day, load_zone(self.map.timezone))
        return min(end, int(self.at.max())) if self.at.size else end
