"""Wall-clock time of a zone and Unix seconds: the one place that knows gaps and folds.

When clocks are put forward, a stretch of wall time does not exist (a *gap*); when they are put
back, a stretch happens twice (a *fold*). ``to_unix`` reports both, because a time that somebody
wrote down may be wrong; ``first_instant`` has a rule for both, because the edge of a service
window must lie somewhere. ``local_time_arrays`` gives the readings of a million times at once.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta, timezone
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

DAY = 86_400
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the naive epoch: wall time is counted in seconds from here


class LocalTimeError(ValueError):
    """A local time that is not exactly one instant; ``earlier`` and ``later`` are the two readings.

    Both are Unix seconds. In a fold the time happens at both. In a gap it happens at neither: they
    are what it would be by the offset after the jump and by the offset before it.
    """

    def __init__(self, message: str, earlier: int, later: int) -> None:
        super().__init__(message)
        self.earlier = earlier
        self.later = later


class NonexistentTimeError(LocalTimeError):
    """The clock was put forward over this time: a gap."""


class AmbiguousTimeError(LocalTimeError):
    """The clock was put back over this time, which happens twice: a fold."""


def load_zone(name: str) -> ZoneInfo:
    """The IANA time zone ``name``; ValueError with the closest known names where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError):
        known = available_timezones()
    if not known:
        raise ValueError(f"timezone: {name!r} cannot be loaded, there is no time zone data: install tzdata")
    close = get_close_matches(str(name), known, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "write it like 'Europe/Berlin'"
    raise ValueError(f"timezone: {name!r} is not an IANA time zone; {hint}")


def is_zone(name: str) -> bool:
    """Whether there is an IANA time zone of that name."""
    try:
        load_zone(name)
    except ValueError:
        return False
    return True


def to_unix(local: datetime, timezone: str) -> int:
    """Unix seconds of the naive ``local`` time in ``timezone``; fractions of a second are dropped.

    Raises NonexistentTimeError in a gap and AmbiguousTimeError in a fold, both with the two
    possible readings, and ValueError if ``local`` is not a naive datetime.
    """
    if not isinstance(local, datetime) or local.tzinfo is not None:
        raise ValueError(f"local time: {local!r} is not a naive datetime")
    first, second = readings(local, load_zone(timezone))
    if first > second:
        raise NonexistentTimeError(
            f"{local} does not exist in {timezone}: the clock was put forward over it", second, first
        )
    if first < second:
        raise AmbiguousTimeError(
            f"{local} happens twice in {timezone}: at {show_instant(first)} and at {show_instant(second)}",
            first,
            second,
        )
    return first


def midnight(day: date) -> int:
    """Wall time, in naive seconds from 1970-01-01 00:00, at which ``day`` begins."""
    return (day.toordinal() - EPOCH.toordinal()) * DAY


def beginning(day: date, timezone: str) -> int:
    """The instant (Unix seconds) at which ``day`` begins in ``timezone``, by the rule of :func:`first_instant`."""
    return first_instant(midnight(day), load_zone(timezone))


def first_instant(wall: int, zone: ZoneInfo) -> int:
    """The first instant (Unix seconds) at which the clock of ``zone`` shows ``wall`` or a later time.

    ``wall`` counts naive seconds from 1970-01-01 00:00 on the wall. The rule makes wall times in a
    gap the instant of the jump and wall times in a fold their first occurrence, and never lets a
    later wall time come before an earlier one.
    """
    local = EPOCH + timedelta(seconds=wall)
    first, second = readings(local, zone)
    if first <= second:
        return first
    # In a gap, the jump comes after the second reading and not after the first.
    jumped = bisect_left(
        range(second, first),
        True,
        key=lambda unix: datetime.fromtimestamp(unix, zone).replace(tzinfo=None) >= local,
    )
    return second + jumped


def show_instant(unix: int) -> str:
    """``unix`` as it stands in messages: the number, and the time in UTC where it has one."""
    try:
        return f"{unix} ({datetime.fromtimestamp(unix, timezone.utc):%Y-%m-%dT%H:%M:%SZ})"
    except (OverflowError, OSError, ValueError):
        return str(unix)


def readings(local: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Unix seconds of the naive ``local`` by the offset before and after a change of the clocks.

    Equal where nothing changes; in a gap the first is the greater, in a fold the second.
    """
    local = local.replace(microsecond=0, tzinfo=zone)
    return int(local.replace(fold=0).timestamp()), int(local.replace(fold=1).timestamp())
