"""The SLA clock: service time between two instants, and the instant at which a budget is used up.

A ``Clock`` is what ``ServiceHours.compile`` returns: the open intervals of a horizon in Unix seconds.
Single times are looked up in plain Python (``sla_clock_tables``); arrays go to ``sla_clock_arrays``,
which is imported, and NumPy with it, when a clock sees its first array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import index
from typing import TYPE_CHECKING, Any, NoReturn, overload

from sm_planner.engine.service_time.days import Budget, Days, ServiceDays
from sm_planner.engine.service_time.local_time import show_instant
from sm_planner.engine.service_time.sla_clock_tables import fastest_table
from sm_planner.engine.service_time.sla_clock_terms import BudgetError, ClockError, HorizonError, Intervals

if TYPE_CHECKING:
    from sm_planner.engine.service_time.sla_clock_arrays import ArrayClock
    from sm_planner.engine.service_time.sla_clock_terms import Pauses, Seconds


class Clock:
    """Counts service time in the horizon [first, last]; never changes after it was made.

    Times are Unix seconds, given as int or as one-dimensional int64 arrays; arrays and ints mix.
    Pauses may reach beyond the horizon: a ticket may wait longer than a clock was compiled for.
    """

    def __init__(
        self,
        first: int,
        last: int,
        intervals: Sequence[tuple[int, int]],
        days: Callable[[], ServiceDays] | None = None,
    ) -> None:
        """``intervals``: open time in Unix seconds, half-open, sorted, disjoint, within [first, last].
        ``days``: gives the open days in it; without it, nothing is counted in days.
        """
        self.first = first
        self.last = last
        self.opens = tuple(start for start, _ in intervals)
        self.closes = tuple(stop for _, stop in intervals)
        self.table = fastest_table(first, last, self.opens, self.closes)
        self._days = days

    @cached_property
    def days(self) -> ServiceDays:
        """The open days of the horizon."""
        return self._days() if self._days else ServiceDays(())

    @property
    def total(self) -> int:
        """Service seconds in the whole horizon."""
        return sum(self.closes) - sum(self.opens)

    def finer(self, ticks: int) -> Clock:
        """The same clock in units of which ``ticks`` make a second, for times with fractions: all it takes and gives."""
        return Clock(
            self.first * ticks,
            self.last * ticks,
            [(start * ticks, stop * ticks) for start, stop in zip(self.opens, self.closes, strict=True)],
            lambda: self.days.finer(ticks),
        )

    @overload
    def elapsed(self, start: int, stop: int, pauses: Intervals | None = None) -> int: ...

    @overload
    def elapsed(self, start: Seconds, stop: Seconds | int, pauses: Pauses | None = None) -> Seconds: ...

    @overload
    def elapsed(self, start: int, stop: Seconds, pauses: Pauses | None = None) -> Seconds: ...

    def elapsed(self, start: Any, stop: Any, pauses: Any = None) -> Any:
        """Service seconds from ``start`` to ``stop``, without those in ``pauses``.

        Raises HorizonError for a time outside the horizon, ClockError for a stop before its start,
        a pause that ends before it begins, or a value of another type.
        """
        if type(start) is not int or type(stop) is not int:
            if _any_array(start, stop):
                return self._arrays.elapsed(start, stop, pauses)
            start, stop = _whole("start", start), _whole("stop", stop)
        if not self.first <= start <= stop <= self.last:
            self._refuse(start, stop)
        seconds = self.table.between(start, stop)
        if pauses is not None:
            seconds -= sum(self.table.between(*pause) for pause in _merged(pauses, start, stop))
        return seconds

    @overload
    def seconds(self, start: int, budget: Budget, beyond: int | None = None) -> int: ...

    @overload
    def seconds(self, start: Seconds, budget: Budget, beyond: int | None = None) -> Seconds | int: ...

    def seconds(self, start: Any, budget: Budget, beyond: int | None = None) -> Any:
        """A budget in service seconds: days are as many as pass from ``start`` until they are over.

        beyond: what days count as that are not over in the horizon; without it they raise BudgetError. Raises
        HorizonError for a start outside the horizon.
        """
        if not isinstance(budget, Days):
            return budget
        if _any_array(start):
            return self._arrays.seconds(start, budget, beyond)
        start = _whole("start", start)
        if not self.first <= start <= self.last:
            self._refuse(start, start)
        if budget.count < 0:
            raise ClockError(f"budget {budget} is negative")
        try:
            return self.table.between(start, self.days.end(start, budget))
        except IndexError:
            if beyond is not None:
                return beyond
            raise BudgetError(
                f"budget {budget} from {show_instant(start)}: it is not over in the horizon, {self._horizon()}"
            ) from None

    @overload
    def due(self, start: int, budget: Budget, pauses: Intervals | None = None) -> int: ...

    @overload
    def due(self, start: Seconds, budget: Seconds | Budget, pauses: Pauses | None = None) -> Seconds: ...

    @overload
    def due(self, start: int, budget: Seconds, pauses: Pauses | None = None) -> Seconds: ...

    def due(self, start: Any, budget: Any, pauses: Any = None) -> Any:
        """The first instant by which ``budget`` service seconds have passed since ``start``.

        A budget that is used up as a window closes is due at that close, not at the next opening.
        Budget 0 is due when the clock first runs: at ``start`` if it runs then, else at the next
        opening, or the end of a pause in open time. A budget of days ends as the hours of its last day
        close, moved by the service time that was paused. Raises BudgetError if the budget is not met in
        the horizon, HorizonError for a start outside it, ClockError for a negative budget, a pause
        that ends before it begins, or a value of another type.
        """
        if type(start) is not int or type(budget) is not int:
            if isinstance(budget, Days):
                return self.due(start, self.seconds(start, budget), pauses)
            if _any_array(start, budget):
                return self._arrays.due(start, budget, pauses)
            start, budget = _whole("start", start), _whole("budget", budget)
        if not self.first <= start <= self.last:
            self._refuse(start, start)
        if budget < 0:
            raise ClockError(f"budget {budget} is negative")
        # Budget n is the end of the n-th second; budget 0 is where the first second begins.
        before = budget - 1 if budget else 0
        if pauses is not None:
            before += self._paused_before(start, before, pauses)
        try:
            second = self.table.after(start, before)
        except IndexError:
            raise BudgetError(self._unmet(start, budget, before)) from None
        return second + 1 if budget else second

    def _paused_before(self, start: int, seconds: int, pauses: Intervals) -> int:
        """Service seconds that fall into pauses before ``seconds`` have been counted since ``start``."""
        paused_seconds = 0
        for paused, resumed in _merged(pauses, start, self.last):
            if self.table.between(start, paused) - paused_seconds > seconds:
                break
            paused_seconds += self.table.between(paused, resumed)
        return paused_seconds

    @cached_property
    def _arrays(self) -> ArrayClock:
        from sm_planner.engine.service_time.sla_clock_arrays import ArrayClock

        return ArrayClock(self)

    def _refuse(self, start: int, stop: int) -> NoReturn:
        """Say what is wrong with two times of which not first <= start <= stop <= last."""
        for name, time in (("start", start), ("stop", stop)):
            if not self.first <= time <= self.last:
                raise HorizonError(f"{name} {show_instant(time)} lies outside the horizon, {self._horizon()}")
        raise ClockError(f"stop {show_instant(stop)} lies before start {show_instant(start)}")

    def _unmet(self, start: int, budget: int, before: int) -> str:
        """Why no second comes after ``before`` service seconds since ``start``."""
        if self.opens and budget:
            missing = f"{before + 1 - self.table.between(start, self.last)} s are missing"
        else:
            missing = "there is no opening left" if self.opens else "there is no opening"
        return f"budget {budget} s from {show_instant(start)}: {missing} in the horizon, {self._horizon()}"

    def _horizon(self) -> str:
        return f"{show_instant(self.first)} to {show_instant(self.last)}"


def _any_array(*values: object) -> bool:
    return any(getattr(value, "ndim", 0) for value in values)


def _whole(name: str, value: Any) -> int:
    """``value`` as int if it is a whole number, be it Python's or NumPy's."""
    try:
        if not isinstance(value, bool):
            return index(value)
    except TypeError:
        pass
    raise ClockError(f"{name} {value!r} is not a whole number of seconds (int or int64 array)")


def _merged(pauses: Intervals, first: int, last: int) -> Iterator[tuple[int, int]]:
    """``pauses`` in order, cut to [first, last] and to what no earlier pause covers."""
    try:
        ordered = sorted((_whole("pause start", start), _whole("pause stop", stop)) for start, stop in pauses)
    except TypeError:
        raise ClockError(f"pauses {pauses!r} are not a sequence of (start, stop)") from None
    for start, stop in ordered:
        if stop < start:
            raise ClockError(f"pause stop {show_instant(stop)} lies before pause start {show_instant(start)}")
    reached = first
    for start, stop in ordered:
        start, stop = max(start, reached), min(stop, last)
        if start < stop:
            yield start, stop
            reached = stop
