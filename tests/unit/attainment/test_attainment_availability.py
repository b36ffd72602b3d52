"""Availability: outages merged and cut to service hours, maintenance taken off, and what may still be lost."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.attainment import Availability, availability_of
from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours

HOURS = ServiceHours(
    "Europe/Berlin", {weekday: ["09:00-12:00", "13:00-17:00", "22:00-02:00"] for weekday in WEEK}
)
CLOCK = HOURS.compile(date(2026, 3, 27), date(2026, 3, 31))
MINUTES = (CLOCK.last - CLOCK.first) // 60


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+02:00").timestamp())


def test_only_the_part_of_an_outage_in_service_hours_counts_and_overlaps_count_once():
    outages = [
        (at("2026-03-30 11:30"), at("2026-03-30 13:30")),
        (at("2026-03-30 13:15"), at("2026-03-30 13:45")),
        (at("2026-03-30 18:00"), at("2026-03-30 21:00")),
    ]

    found = availability_of(CLOCK, at("2026-03-30 09:00"), at("2026-03-30 17:00"), outages)

    assert found == Availability(promised=7 * 3600, down=75 * 60)
    assert found.percent == Fraction(100 * (420 - 75), 420)


def test_agreed_maintenance_is_neither_promised_nor_down():
    day = at("2026-03-30 09:00"), at("2026-03-30 17:00")
    maintenance = [(at("2026-03-30 09:00"), at("2026-03-30 10:00"))]
    outages = [(at("2026-03-30 09:30"), at("2026-03-30 10:30"))]

    assert availability_of(CLOCK, *day, outages, maintenance) == Availability(6 * 3600, 1800)


def test_an_outage_that_has_not_ended_lasts_to_the_end_of_the_period():
    day = at("2026-03-30 09:00"), at("2026-03-30 17:00")

    assert availability_of(CLOCK, *day, [(at("2026-03-30 16:00"), None)]).down == 3600
    assert availability_of(CLOCK, *day, [(at("2026-03-30 23:00"), None)]).down == 0


def test_without_promised_time_there_is_no_availability():
    found = availability_of(CLOCK, at("2026-03-30 18:00"), at("2026-03-30 19:00"), [])

    assert found == Availability(0, 0)
    assert found.percent is None


@pytest.mark.parametrize(
    ("promised", "down", "target", "budget", "left"),
    [
        (30 * 86_400, 0, 99.9, 2_592, 2_592),
        (30 * 86_400, 2_592, 99.9, 2_592, 0),
        (30 * 86_400, 2_593, 99.9, 2_592, -1),
        (1_000, 0, 99.95, 0, 0),
        (1_000, 1, 99.95, 0, -1),
        (1_000, 5, 99.5, 5, 0),
        (1_000, 0, 100, 0, 0),
    ],
)
def test_the_error_budget_is_what_the_target_leaves(promised, down, target, budget, left):
    found = Availability(promised, down)

    assert (found.error_budget(target), found.budget_left(target)) == (budget, left)
    assert (left < 0) == (found.percent < Fraction(str(target)))


SPANS = st.lists(st.tuples(st.integers(-60, MINUTES + 60), st.integers(0, 600)), max_size=6)


@given(st.integers(0, MINUTES), st.integers(0, MINUTES), SPANS, SPANS)
def test_availability_is_that_of_counting_every_minute(one, two, outages, maintenance):
    first, last = sorted((one, two))

    def instants(spans):
        return [(CLOCK.first + 60 * start, CLOCK.first + 60 * (start + length)) for start, length in spans]

    def within(minute, spans):
        return any(start <= minute < start + length for start, length in spans)

    found = availability_of(
        CLOCK, CLOCK.first + 60 * first, CLOCK.first + 60 * last, instants(outages), instants(maintenance)
    )

    opened = [
        minute
        for minute in range(first, last)
        if CLOCK.elapsed(CLOCK.first + 60 * minute, CLOCK.first + 60 * minute + 60)
    ]
    promised = [minute for minute in opened if not within(minute, maintenance)]
    down = [minute for minute in promised if within(minute, outages)]
    assert found == Availability(60 * len(promised), 60 * len(down))
