"""Pauses of many tickets, to be had for some of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.service_time.sla_clock_terms import Pauses


class PauseIndex:
    """Finds the pauses of any tickets; the rows of ``pauses`` are sorted by ticket."""

    def __init__(self, pauses: Pauses, tickets: int) -> None:
        self._pauses = pauses
        self._first = np.zeros(
            tickets + 1, np.int64
        )  # the first row of each ticket, and the end of the last one
        np.cumsum(np.bincount(pauses.ticket, minlength=tickets), out=self._first[1:])

    def of(self, tickets: NDArray[np.int64]) -> Pauses | None:
        """The pauses of ``tickets``, which are numbered anew in their order; None if there are none.

        tickets: indices, each greater than the one before; what stands side by side is found at once.
        """
        begin, end = int(tickets[0]), int(tickets[-1]) + 1
        if end - begin == tickets.size:
            found = slice(self._first[begin], self._first[end])
            number = self._pauses.ticket[found] - begin
        else:
            first = self._first.take(tickets)
            count = self._first.take(tickets + 1) - first
            number = np.repeat(np.arange(tickets.size), count)
            first -= np.cumsum(count) - count  # how far the rows of a ticket lie from where they go
            found = first.take(number) + np.arange(number.size)
        if not number.size:
            return None
        return Pauses(number, self._pauses.start[found], self._pauses.stop[found])
