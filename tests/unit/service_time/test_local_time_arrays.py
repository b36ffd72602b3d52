"""A million local times at once: the answers that one time gets, gaps and folds reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.service_time.local_time import EPOCH, LocalTimeError, NonexistentTimeError, to_unix
from sm_planner.engine.service_time.local_time_arrays import to_unix_array

ZONES = [
    "Asia/Kolkata",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Havana",
    "Africa/Casablanca",
]


def wall(text: str) -> int:
    return round((datetime.fromisoformat(text) - EPOCH).total_seconds())


def changes(zone: str) -> list[int]:
    """Wall time, to the hour, around every change of the zone's clocks from 2000 to 2030."""
    info = ZoneInfo(zone)
    days = [datetime(2000, 1, 1) + timedelta(days=n) for n in range(365 * 30)]  # noqa: DTZ001
    offsets = [day.replace(tzinfo=info).utcoffset() for day in days]
    return [
        wall(str(day + timedelta(hours=hour)))
        for day, one, two in zip(days, offsets, offsets[1:], strict=False)
        if one != two
        for hour in range(25)
    ]


NEAR_CHANGES = {zone: changes(zone) or [0] for zone in ZONES}


@st.composite
def times(draw) -> tuple[str, list[int]]:
    zone = draw(st.sampled_from(ZONES))
    anywhere = st.integers(wall("1950-01-01"), wall("2100-01-01"))
    near = st.builds(
        lambda hour, more: hour + more, st.sampled_from(NEAR_CHANGES[zone]), st.integers(-3600, 3600)
    )
    return zone, draw(st.lists(anywhere | near, min_size=1, max_size=30))


@given(times())
def test_every_reading_is_that_of_a_single_time(drawn):
    zone, walls = drawn
    read = to_unix_array(np.array(walls), zone)

    for item, seconds in enumerate(walls):
        try:
            earlier = later = to_unix(EPOCH + timedelta(seconds=seconds), zone)
            gap = fold = False
        except LocalTimeError as error:
            earlier, later = error.earlier, error.later
            gap = isinstance(error, NonexistentTimeError)
            fold = not gap
        assert (read.earlier[item], read.later[item]) == (earlier, later)
        assert (read.gap[item], read.fold[item]) == (gap, fold)


def test_gaps_and_folds_stand_at_their_index_among_other_times():
    texts = ["2026-03-29 01:59:59", "2026-03-29 02:30:00", "2026-10-25 02:30:00", "2026-10-25 03:00:00"]

    read = to_unix_array(np.array([wall(text) for text in texts]), "Europe/Berlin")

    assert read.gap.tolist() == [False, True, False, False]
    assert read.fold.tolist() == [False, False, True, False]
    assert (read.later - read.earlier).tolist() == [0, 3600, 3600, 0]


def test_no_times_have_no_readings():
    assert to_unix_array(np.array([], np.int64), "Europe/Berlin").before.tolist() == []


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="'Europe/Bärlin' is not an IANA time zone"):
        to_unix_array(np.array([0]), "Europe/Bärlin")
