"""The SLA clock for NumPy arrays: the answers ``Clock`` gives for one time, for a million at once.

The tables are those of ``sla_clock_tables``. Batches are worked through in chunks, so that intermediate
results stay in the cache, and without a Python loop over items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.service_time.days import UNKNOWN, Days
from sm_planner.engine.service_time.local_time import show_instant
from sm_planner.engine.service_time.sla_clock_tables import Edges, Grid
from sm_planner.engine.service_time.sla_clock_terms import ClockError, OneByOne, Pauses

Seconds = NDArray[np.int64]

_FURTHEST = 1 << 62
"""How far the stretches of all tickets may reach, one behind the other."""
CHUNK = 1 << 16
"""Items worked on at a time: half a megabyte an array."""


class ArrayClock:
    """``elapsed`` and ``due`` for arrays; made by a Clock when it sees the first one.

    Takes what ``Clock`` takes and raises what ``Clock`` raises: the error of the first item that
    cannot be answered, with its index and the number of such items.
    """

    def __init__(self, clock: OneByOne) -> None:
        table = clock.table
        self._clock = clock
        self._total = clock.total
        self._table = _ArrayGrid(table) if isinstance(table, Grid) else _ArrayEdges(table)

    def elapsed(self, start: Any, stop: Any, pauses: Pauses | None) -> Seconds:
        """Service seconds from each start to its stop, see ``Clock.elapsed``."""
        clock, served = self._clock, self._table.served
        start, stop = _batch(start=start, stop=stop)
        seconds = np.empty(start.shape, np.int64)
        for part in _chunks(start):
            starts, stops = start[part], stop[part]
            if starts.min() < clock.first or stops.max() > clock.last or (stops < starts).any():
                bad = (start < clock.first) | (stop > clock.last) | (stop < start)
                _refuse(bad, lambda i: clock.elapsed(int(start[i]), int(stop[i])))
            np.subtract(served(stops), served(starts), out=seconds[part])
        if pauses is not None:
            ticket, paused, resumed = self._merged(pauses, start, stop)
            np.subtract.at(seconds, ticket, self._served(resumed) - self._served(paused))
        return seconds

    def seconds(self, start: Any, budget: Days, beyond: int | None) -> Seconds:
        """What days come to from each start, see ``Clock.seconds``."""
        clock = self._clock
        (start,) = _batch(start=start)
        bad = (start < clock.first) | (start > clock.last)
        if bad.any() or budget.count < 0:
            _refuse(bad | (budget.count < 0), lambda i: clock.seconds(int(start[i]), budget))
        ends = clock.days.ends_of(start, budget)
        unknown = ends == UNKNOWN
        if unknown.any() and beyond is None:
            _refuse(unknown, lambda i: clock.seconds(int(start[i]), budget))
        seconds = self._served(np.where(unknown, start, ends)) - self._served(start)
        seconds[unknown] = 0 if beyond is None else beyond
        return seconds

    def due(self, start: Any, budget: Any, pauses: Pauses | None) -> Seconds:
        """The instant at which each budget is used up, see ``Clock.due``."""
        start, budget = _batch(start=start, budget=budget)
        pushed: Seconds | None = None
        if pauses is not None:
            self._check_due(start, budget, slice(None))
            pushed = self._pushed(pauses, start, budget)
        due = np.empty(start.shape, np.int64)
        for part in _chunks(start):
            self._check_due(start, budget, part)
            budgets = budget[part]
            used_up = self._table.served(start[part])
            used_up += budgets
            if pushed is not None:
                used_up += pushed[part]
            # The last second that counts; budget 0 takes the one that budget 1 would count.
            last = used_up - (1 if budgets.min() else np.minimum(budgets, 1))
            if last.view(np.uint64).max() >= self._total:  # unsigned: sums past 2**63 are large
                self._refuse_unmet(start, budget, pushed, pauses)
            np.add(used_up, self._table.shift(last), out=due[part])
        return due

    def _check_due(self, start: Seconds, budget: Seconds, part: slice) -> None:
        clock, starts = self._clock, start[part]
        if starts.size and (
            starts.min() < clock.first or starts.max() > clock.last or budget[part].min() < 0
        ):
            bad = (start < clock.first) | (start > clock.last) | (budget < 0)
            _refuse(bad, lambda i: clock.due(int(start[i]), int(budget[i])))

    def _refuse_unmet(
        self, start: Seconds, budget: Seconds, pushed: Seconds | None, pauses: Pauses | None
    ) -> NoReturn:
        left = self._total - self._served(start) - (0 if pushed is None else pushed)

        def ask(i: int) -> int:
            own = None
            if pauses is not None:
                ticket, paused, resumed = _pause_rows(pauses, start.size)
                own = zip(paused[ticket == i].tolist(), resumed[ticket == i].tolist(), strict=True)
            return self._clock.due(int(start[i]), int(budget[i]), own)

        _refuse(np.maximum(budget, 1) > left, ask)

    def _served(self, times: Seconds) -> Seconds:
        """W of each of ``times``, the service seconds in the horizon before it."""
        seconds = np.empty(times.shape, np.int64)
        for part in _chunks(times):
            seconds[part] = self._table.served(times[part])
        return seconds

    def _merged(
        self, pauses: Pauses, start: Seconds, stop: Seconds
    ) -> tuple[NDArray[np.intp], Seconds, Seconds]:
        """Ticket, start and stop of all pauses in order, each cut to its ticket's [start, stop] and to
        what no earlier pause of the ticket covers."""
        ticket, paused, resumed = _pause_rows(pauses, start.size)
        paused = np.clip(paused, start[ticket], stop[ticket])
        resumed = np.clip(resumed, start[ticket], stop[ticket])
        # All tickets on one line of time, each on a stretch of its own.
        length = self._clock.last - self._clock.first + 1
        if length * start.size > _FURTHEST:  # fractions of a second, over many tickets: ranks stand for times
            times, ranks = np.unique(np.concatenate((paused, resumed)), return_inverse=True)
            ticket, paused, resumed = _cut(ticket, *np.split(ranks.astype(np.int64), 2), times.size)
            return ticket, times[paused], times[resumed]
        return _cut(ticket, paused, resumed, length)

    def _pushed(self, pauses: Pauses, start: Seconds, budget: Seconds) -> Seconds:
        """Service seconds by which the pauses of each ticket push its due instant."""
        ticket, paused, resumed = self._merged(pauses, start, np.broadcast_to(self._clock.last, start.shape))
        served = self._served(paused)
        lost = self._served(resumed) - served
        lost_before = np.cumsum(lost) - lost
        lost_before -= lost_before[np.searchsorted(ticket, ticket)]  # less what earlier tickets lost
        counted = served - lost_before - self._served(start[ticket])
        running = counted < np.maximum(budget[ticket], 1)
        pushed = np.zeros(start.shape, np.int64)
        np.add.at(pushed, ticket[running], lost[running])
        return pushed


class _ArrayEdges:
    """``Edges`` for arrays: a binary search an item."""

    def __init__(self, edges: Edges) -> None:
        self._opens = np.array(edges.opens, np.int64)
        self._closes = np.array(edges.closes, np.int64)
        self._before = np.array(edges.before, np.int64)
        self._shifts = np.array(edges.shifts, np.int64)

    def served(self, times: Seconds) -> Seconds:
        """W of each of ``times``, which lie in the horizon."""
        window = np.searchsorted(self._closes, times, side="right")
        return np.maximum(times - self._opens[window], 0) + self._before[window]

    def shift(self, seconds: Seconds) -> Seconds:
        """What must be added to W(t) to get the t at which the clock runs; for W(t) below the total."""
        return self._shifts[np.searchsorted(self._before, seconds, side="right") - 1]


class _ArrayGrid:
    """``Grid`` for arrays: a division and a look at the table an item.

    Of an entry and the same entry + t, W(t) is the one that is smaller as an unsigned number: a
    negated entry of an open cell is huge, until adding t wraps it around to W(t).
    """

    def __init__(self, grid: Grid) -> None:
        self._origin = grid.origin
        self._cell = np.uint64(grid.cell)
        self._entries = np.array(grid.entries, np.int64).view(np.uint64)
        self._shifts = np.array(grid.shifts, np.int64)

    def served(self, times: Seconds) -> Seconds:
        """W of each of ``times``, which lie in the horizon."""
        offset = (times - self._origin).view(np.uint64)
        entry = self._look_up(self._entries, offset)
        offset += entry
        return np.minimum(offset, entry, out=entry).view(np.int64)

    def shift(self, seconds: Seconds) -> Seconds:
        """What must be added to W(t) to get the t at which the clock runs; for W(t) below the total."""
        return self._look_up(self._shifts, seconds.view(np.uint64))

    def _look_up(self, table: NDArray[Any], offset: NDArray[np.uint64]) -> NDArray[Any]:
        return table.take((offset // self._cell).view(np.int64), mode="clip")


def _batch(**values: Any) -> Sequence[Seconds]:
    """``values`` as int64 arrays of one shape; a single number stands for an array of it."""
    arrays = {name: np.asarray(value) for name, value in values.items()}
    for name, array in arrays.items():
        if array.dtype == bool or not np.can_cast(array.dtype, np.int64):
            raise ClockError(f"{name} is an array of {array.dtype}, not of int64 (whole seconds)")
    shapes = {name: array.shape for name, array in arrays.items() if array.ndim}
    if len(set(shapes.values())) != 1 or any(len(shape) > 1 for shape in shapes.values()):
        raise ClockError(f"arrays are one-dimensional and of one length, not {shapes}")
    return np.broadcast_arrays(*(array.astype(np.int64, copy=False) for array in arrays.values()))


def _chunks(array: Seconds) -> Iterator[slice]:
    return (slice(at, at + CHUNK) for at in range(0, array.size, CHUNK))


def _pause_rows(pauses: Pauses, tickets: int) -> tuple[NDArray[np.intp], Seconds, Seconds]:
    """The three arrays of ``pauses``, checked."""
    if not isinstance(pauses, Pauses):
        raise ClockError(f"pauses of a batch are given as Pauses(ticket, start, stop), not {pauses!r}")
    ticket, start, stop = _batch(ticket=pauses.ticket, start=pauses.start, stop=pauses.stop)
    strange = (ticket < 0) | (ticket >= tickets)
    if strange.any():
        raise ClockError(
            f"pause ticket {ticket[strange][0]} is no index of {tickets} tickets{_where(strange)}"
        )
    turned = stop < start
    if turned.any():
        raise ClockError(
            f"pause stop {show_instant(int(stop[turned][0]))} lies before "
            f"pause start {show_instant(int(start[turned][0]))}{_where(turned)}"
        )
    return ticket, start, stop


def _cut(
    ticket: NDArray[np.intp], paused: Seconds, resumed: Seconds, length: int
) -> tuple[NDArray[np.intp], Seconds, Seconds]:
    """Pauses in order, each cut to what no earlier pause of its ticket covers; times span less than ``length``."""
    stretch = ticket * length
    if (np.diff(paused + stretch) < 0).any():
        order = np.argsort(paused + stretch, kind="stable")
        ticket, paused, resumed, stretch = (rows[order] for rows in (ticket, paused, resumed, stretch))
    reached = np.maximum.accumulate(resumed + stretch)
    paused[1:] = np.maximum(paused[1:], reached[:-1] - stretch[1:])
    return ticket, paused, np.maximum(paused, resumed)


def _refuse(bad: NDArray[np.bool_], ask: Callable[[int], int]) -> NoReturn:
    """Raise what ``ask`` raises for the first item that is ``bad``, and say where and how many they are."""
    try:
        ask(int(bad.argmax()))
    except ClockError as error:
        raise type(error)(f"{error}{_where(bad)}") from None
    raise AssertionError("the clock answers for one time what it refuses for an array")


def _where(bad: NDArray[np.bool_]) -> str:
    return f" (index {bad.argmax()}, the first of {np.count_nonzero(bad)} among {bad.size})"
