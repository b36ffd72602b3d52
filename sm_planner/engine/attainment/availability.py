"""Availability from outages: how much of the promised time a service was up, and what may still be lost.

Agreed maintenance is no promised time: it counts neither as promised nor as down. Outages that overlap count once,
and only inside service hours. So with the promised time A and the time down D, the availability is (A − D) / A,
and a target of T percent leaves an error budget of A · (100 − T) / 100.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sm_planner.engine.service_time.sla_clock import Clock
from sm_planner.engine.service_time.sla_clock_terms import Intervals


@dataclass(frozen=True)
class Availability:
    """Service seconds of a period: promised (less maintenance), and down."""

    promised: int
    down: int

    @property
    def percent(self) -> Fraction | None:
        """The availability in percent, exactly; None if nothing was promised in the period."""
        return Fraction(100 * (self.promised - self.down), self.promised) if self.promised else None

    def error_budget(self, target: float) -> int:
        """Whole seconds that a target in percent allows to be down in the period."""
        return int(self.promised * (100 - Fraction(str(target))) / 100)

    def budget_left(self, target: float) -> int:
        """Seconds of the error budget that are left; less than 0 exactly if the target is missed."""
        return self.error_budget(target) - self.down


def availability_of(
    clock: Clock,
    first: int,
    last: int,
    outages: Iterable[tuple[int, int | None]],
    maintenance: Intervals = (),
) -> Availability:
    """The availability of a service in [first, last), in the hours of ``clock``; all times in Unix seconds.

    outages: half-open intervals in any order; they may overlap and reach beyond the period. None is the end of one
    that has not ended. maintenance: agreed intervals. Raises what ``Clock.elapsed`` raises.
    """
    planned = list(maintenance)
    down = [(start, max(start, last) if stop is None else stop) for start, stop in outages]
    promised = clock.elapsed(first, last, planned)
    return Availability(promised, promised - clock.elapsed(first, last, [*planned, *down]))
