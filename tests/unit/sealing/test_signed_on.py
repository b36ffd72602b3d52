"""A signature is dated as people at the site count days, whatever day it is in UTC."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.sealing import seal


def sealed(plan, hour: int):
    return seal.make(
        plan,
        signer=plan.executive_sponsor,
        signed_at=datetime(2026, 11, 29, hour, tzinfo=timezone.utc),
        meaning="I approve it.",
        channel="test",
    )


@pytest.mark.parametrize(
    ("zone", "hour", "day"),
    [
        ("UTC", 19, date(2026, 11, 29)),
        ("Asia/Kolkata", 18, date(2026, 11, 29)),
        ("Asia/Kolkata", 19, date(2026, 11, 30)),
        ("America/Los_Angeles", 7, date(2026, 11, 28)),
    ],
)
def test_a_signature_is_dated_in_the_zone_of_the_site(example, zone, hour, day):
    assert replace(example, zone=zone).signed_on(sealed(example, hour)) == day


def test_a_time_that_cannot_be_read_is_no_day(example):
    assert example.signed_on(replace(sealed(example, 19), signed_at="bent")) is None
