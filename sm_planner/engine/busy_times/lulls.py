"""The lull finder: when work of a length on a component or service would hurt fewest.

Every whole minute is looked at, none by itself: between two edges nothing changes, so that a year of 500 services is
decided in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from sm_planner.engine.busy_times import spans
from sm_planner.engine.busy_times.hurts import Burden, Cause, burdens
from sm_planner.engine.busy_times.spans import MINUTE
from sm_planner.engine.busy_times.windows import zone_of
from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.texts import N_, Text, listed, say

if TYPE_CHECKING:
    import numpy as np

    from sm_planner.engine.busy_times.spans import Spans

MOST = 20
"""How many slots are given."""


class Fit(str, Enum):
    """How work lies to the lull: all of it in one, only its start, or not even that."""

    FITS_IN = N_("Fits In")
    STARTS_IN = N_("Starts In")
    HURTS = N_("Hurts from the Start")


@dataclass(frozen=True)
class Slot:
    """Unix seconds. Work that starts at the start, or at any minute up to the latest start, hurts the same services.

    hurts: what is in the way of work that starts at the start.
    """

    start: int
    end: int
    latest_start: int
    fit: Fit
    hurts: tuple[Cause, ...]
    peak_weight: int
    promised_weight: int


@dataclass(frozen=True)
class Lulls:
    """What the finder found, the slot that hurts fewest first; or why there is none."""

    slots: tuple[Slot, ...]
    zone: str
    services: int
    reason: Text | None = None


def lulls(
    plan: Plan, collection: str, id: str, minutes: int, begin: date, before: date, most: int = MOST
) -> Lulls:
    """Slots for work of so many minutes that begins no earlier than the first day and is over before the last one begins.

    First come those that meet no peak, or those of the least important services; of them those outside of the
    hours that are promised; of them the earliest.
    """
    import numpy as np

    zone = zone_of(plan)
    first, last = (beginning(day, zone) for day in (begin, before))
    found = burdens(plan, collection, id, first, last)
    low, high = -(-first // MINUTE), last // MINUTE - minutes
    if minutes < 1 or high < low:
        return Lulls(
            (), zone, len(found), say(N_("From {0} to {1} there is no room for so much work."), begin, before)
        )
    starts, ends, peaks, promised, closed = _stretches(found, minutes, low, high)
    free = np.flatnonzero(closed == 0)
    if not len(free):
        return Lulls((), zone, len(found), _in_the_way(found, minutes, low, high))
    best = free[np.lexsort((starts[free], promised[free], peaks[free]))[:most]]
    slots = (
        _slot(found, minutes, int(starts[at]), int(ends[at]) - 1, int(peaks[at]), int(promised[at]))
        for at in best
    )
    return Lulls(tuple(slots), zone, len(found))


def _stretches(found: list[Burden], minutes: int, low: int, high: int) -> tuple[np.ndarray, ...]:
    """Stretches of starts between which nothing changes: first one, the one after the last, and the weights of each."""
    import numpy as np

    met = [
        [
            (_within(spans.starts_that_meet(getattr(one, name), minutes), low, high), one.weight)
            for one in found
        ]
        for name in ("peaks", "promised", "closed")
    ]
    edges = [part.ravel() for several in met for part, _ in several]
    points = np.unique(np.concatenate([np.array([low, high + 1], np.int64), *edges]))
    weights = [_weighed(points, several) for several in met]
    return points[:-1], points[1:], *weights


def _within(found: Spans, low: int, high: int) -> Spans:
    import numpy as np

    cut = np.clip(found, low, high + 1)
    return cut[cut[:, 0] < cut[:, 1]]


def _weighed(points: np.ndarray, several: list[tuple[Spans, int]]) -> np.ndarray:
    """For each stretch between two points the weights of the sets in which it lies, together."""
    import numpy as np

    change = np.zeros(len(points), np.int64)
    for part, weight in several:
        change[np.searchsorted(points, part[:, 0])] += weight
        change[np.searchsorted(points, part[:, 1])] -= weight
    return np.cumsum(change)[:-1]


def _slot(found: list[Burden], minutes: int, start: int, latest: int, peak: int, promised: int) -> Slot:
    causes = [one for burden in found for one in burden.causes]
    hurts = tuple(one for one in causes if spans.meets(one.spans, start, start + minutes))
    at_start = any(spans.meets(one.spans, start, start + 1) for one in hurts)
    fit = Fit.HURTS if at_start else Fit.STARTS_IN if hurts else Fit.FITS_IN
    ends = (start * MINUTE, (start + minutes) * MINUTE, latest * MINUTE)
    return Slot(*ends, fit, hurts, peak, promised)


def _in_the_way(found: list[Burden], minutes: int, low: int, high: int) -> Text:
    """Why there is no slot: the entries by which every start is ruled out, those that take most of the time first."""
    taken: dict[str, int] = {}
    for burden in found:
        for one in burden.causes:
            if one.is_closed:
                met = _within(spans.starts_that_meet(one.spans, minutes), low, high)
                name = str(Ref.to(one.record))
                taken[name] = max(taken.get(name, 0), int((met[:, 1] - met[:, 0]).sum()))
    names = sorted((name for name in taken if taken[name]), key=lambda name: (-taken[name], name))
    return say(
        N_("Each slot meets a time in which nothing may be changed: {0}."),
        listed(say(N_("“{0}”"), name) for name in names),
    )
