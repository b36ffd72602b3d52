"""Local times in NumPy arrays: what ``to_unix`` says of one time, for a million at once.

Nothing is raised for a gap or a fold: both readings of every time are given, and the caller decides.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from sm_planner.engine.service_time.local_time import DAY, EPOCH, load_zone, readings

Seconds = NDArray[np.int64]

_QUARTER = 900
_CHANGES = np.iinfo(np.int64).min
"""Stands for the offset of a stretch in which the clocks change."""


class Readings(NamedTuple):
    """Unix seconds of local times by the offset before a change of the clocks and by the one after it.

    The two are equal unless the time lies in a gap or in a fold.
    """

    before: Seconds
    after: Seconds

    @property
    def gap(self) -> NDArray[np.bool_]:
        """Where the clock was put forward over the time, which is never shown."""
        return self.before > self.after

    @property
    def fold(self) -> NDArray[np.bool_]:
        """Where the clock was put back over the time, which is shown twice."""
        return self.before < self.after

    @property
    def earlier(self) -> Seconds:
        return np.minimum(self.before, self.after)

    @property
    def later(self) -> Seconds:
        return np.maximum(self.before, self.after)


def to_unix_array(wall: Seconds, timezone: str) -> Readings:
    """Both readings of local times, given in naive seconds since 1970-01-01 00:00 on the wall.

    timezone: IANA name. Times lie in the years 2 to 9998. Raises ValueError for an unknown zone.

    A stretch at whose two ends the offset is the same has that offset throughout, for no zone changes its
    offset twice in a day (in tzdata, the shortest time between two changes is more than three). So whole days
    are settled first, then the quarters of an hour of the few days with a change, then what is left, one by one.
    """
    zone = load_zone(timezone)
    before = np.empty_like(wall)
    after = np.empty_like(wall)
    left = slice(None)
    for width in (DAY, _QUARTER):
        times = wall[left]
        if not times.size:
            return Readings(before, after)
        offsets = _offsets(times, width, zone)
        before[left] = after[left] = times - offsets
        unsettled = np.flatnonzero(offsets == _CHANGES)
        left = unsettled if isinstance(left, slice) else left[unsettled]
    for item in left.tolist():
        before[item], after[item] = _readings(int(wall[item]), zone)
    return Readings(before, after)


def _offsets(wall: Seconds, width: int, zone: ZoneInfo) -> Seconds:
    """Wall time less Unix time of each of ``wall``; _CHANGES where it changes in its stretch of ``width`` s."""
    stretch = wall // width
    first = int(stretch.min())
    stretch -= first
    occurs = np.zeros(int(stretch.max()) + 1, bool)
    occurs[stretch] = True
    table = np.empty(occurs.size, np.int64)
    for cell in np.flatnonzero(occurs).tolist():
        table[cell] = _offset((first + cell) * width, width, zone)
    return table[stretch]


def _offset(start: int, width: int, zone: ZoneInfo) -> int:
    stop = start + width
    offsets = {
        *(start - unix for unix in _readings(start, zone)),
        *(stop - unix for unix in _readings(stop, zone)),
    }
    return offsets.pop() if len(offsets) == 1 else _CHANGES


def _readings(wall: int, zone: ZoneInfo) -> tuple[int, int]:
    return readings(EPOCH + timedelta(seconds=wall), zone)
