"""What the SLA clocks, of single times and of arrays, have in common: what they are given and what they refuse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sm_planner.engine.service_time.days import Budget, ServiceDays
    from sm_planner.engine.service_time.sla_clock_tables import Edges, Grid

    Seconds = NDArray[np.int64]

Intervals = Iterable[tuple[int, int]]
"""Half-open intervals [start, stop) of Unix seconds; they may overlap and come in any order."""


class ClockError(ValueError):
    """A question that the clock cannot answer."""


class HorizonError(ClockError):
    """A time before or after the days for which the clock was compiled."""


class BudgetError(ClockError):
    """A budget that is not met before the end of the horizon."""


@dataclass(frozen=True, eq=False)
class Pauses:
    """Pauses of a batch: ticket ``ticket[k]`` (its index in the batch) stood still in [start[k], stop[k]).

    Three int64 arrays of one length, rows in any order; a ticket has none, one or many rows, which
    may overlap. Rows that are sorted by ticket and start are read fastest.
    """

    ticket: Seconds
    start: Seconds
    stop: Seconds


class OneByOne(Protocol):
    """A clock that answers for single times: see :class:`sm_planner.engine.service_time.sla_clock.Clock`."""

    first: int
    last: int
    table: Edges | Grid

    @property
    def total(self) -> int: ...

    @property
    def days(self) -> ServiceDays: ...

    def seconds(self, start: int, budget: Budget, beyond: int | None = None) -> int: ...

    def elapsed(self, start: int, stop: int, pauses: Intervals | None = None) -> int: ...

    def due(self, start: int, budget: int, pauses: Intervals | None = None) -> int: ...
