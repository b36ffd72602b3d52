"""Pauses of many tickets, to be had for some of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.sla_clock import Pauses


class PauseIndex:
    """Finds the pauses of any tickets; the rows of ``pauses`` are sorted by ticket."""

    def __init__(self, pauses: Pauses, tickets: int) -> None:
        self._pauses = pauses
        self._count = np.bincount(pauses.ticket, minlength=tickets)
        self._first = np.cumsum(self._count) - self._count

    def of(self, tickets: NDArray[np.int64]) -> Pauses | None:
        """The pauses of ``tickets``, which are numbered anew in their order; None if there are none."""
        count = self._count[tickets]
        number = np.repeat(np.arange(tickets.size), count)
        if not number.size:
            return None
        # Its first row, and how far the row lies behind it among all rows that are found.
        first_found = np.cumsum(count) - count
        rows = np.arange(number.size) + (self._first[tickets] - first_found)[number]
        return Pauses(number, self._pauses.start[rows], self._pauses.stop[rows])
