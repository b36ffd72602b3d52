"""Sets of whole minutes as arrays: a row for each stretch, its first minute and the one after its last, sorted, apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Spans = np.ndarray
    """int64, two columns."""

MINUTE = 60


def none() -> Spans:
    """The empty set."""
    import numpy as np

    return np.zeros((0, 2), np.int64)


def in_minutes(seconds: Iterable[tuple[int, int]]) -> Spans:
    """Stretches of Unix seconds, in any order, as the minutes that they touch."""
    import numpy as np

    found = np.array(list(seconds), np.int64).reshape(-1, 2)
    return union([np.stack((found[:, 0] // MINUTE, -(-found[:, 1] // MINUTE)), axis=1)])


def union(several: list[Spans]) -> Spans:
    """What lies in any of them; stretches that touch are one."""
    import numpy as np

    every = np.concatenate(several) if several else none()
    every = every[every[:, 0] < every[:, 1]]
    if not len(every):
        return none()
    every = every[np.argsort(every[:, 0], kind="stable")]
    ends = np.maximum.accumulate(every[:, 1])
    opens = np.concatenate(([True], every[1:, 0] > ends[:-1]))
    return np.stack((every[opens, 0], ends[np.concatenate((opens[1:], [True]))]), axis=1)


def without(spans: Spans, less: Spans) -> Spans:
    """What lies in the first and not in the second."""
    import numpy as np

    if not (len(spans) and len(less)):
        return spans
    points = np.unique(np.concatenate((spans.ravel(), less.ravel())))
    kept = inside(spans, points) & ~inside(less, points)
    return union([np.stack((points[:-1], points[1:]), axis=1)[kept[:-1]]])


def inside(spans: Spans, points: np.ndarray) -> np.ndarray:
    """For each minute whether it lies in the set."""
    import numpy as np

    return np.searchsorted(spans[:, 0], points, "right") > np.searchsorted(spans[:, 1], points, "right")


def starts_that_meet(spans: Spans, minutes: int) -> Spans:
    """The minutes at which work of a length would have to start to meet the set."""
    import numpy as np

    return union([spans - np.array([minutes - 1, 0])]) if len(spans) else none()


def meets(spans: Spans, start: int, end: int) -> bool:
    """Whether the set has a minute from the first one up to the second, which is left out."""
    import numpy as np

    place = np.searchsorted(spans[:, 1], start, "right")
    return bool(place < len(spans) and spans[place, 0] < end)
