"""Weeks alike are followed once: what comes of it is what comes of following every week."""

import random
from datetime import date

import pytest

from sm_planner.engine.chain import feasibility
from sm_planner.engine.chain.course import Hours, Step
from sm_planner.engine.chain.feasibility import Solver
from sm_planner.engine.chain.weeks import weeks
from sm_planner.engine.service_time.local_time import beginning
from sm_planner.engine.service_time.service_hours import WEEK, ServiceHours

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
HOUR = 3_600


def hours_of(chance, ends=date(2028, 4, 1)):
    zone = chance.choice(ZONES)
    window = chance.choice(("00:00-24:00", "08:00-16:30", "09:15-18:00", "22:00-06:00"))
    days = chance.choice((WEEK, WEEK[:5], WEEK[1:3]))
    holidays = [
        date(2027, chance.randrange(1, 13), chance.randrange(1, 29)) for _ in range(chance.randrange(6))
    ]
    rule = ServiceHours(zone, dict.fromkeys(days, [window]), holidays=holidays)
    return Hours(rule.compile(date(2026, 12, 31), ends), zone)


def solved(promise, ways, span, ahead):
    solver, kept = Solver(), feasibility.AHEAD
    feasibility.AHEAD = ahead
    try:
        return solver.latest(promise, ways, *span), [solver.lateness(promise, way, *span) for way in ways]
    finally:
        feasibility.AHEAD = kept


def seconds(lateness):
    """The late starts, those that follow each other as one."""
    joined = []
    for start, stop in lateness.late:
        if joined and joined[-1][1] == start:
            start = joined.pop()[0]
        joined.append((start, stop))
    return lateness.first, lateness.last, joined


@pytest.mark.parametrize("seed", range(24))
def test_a_year_of_weeks_alike_comes_to_what_a_year_of_weeks_does(seed):
    chance = random.Random(seed)  # noqa: S311 - hours, no secret
    ends = chance.choice((date(2028, 4, 1), date(2027, 12, 31), date(2027, 9, 7)))
    promise, *others = (hours_of(chance, ends if number else date(2028, 4, 1)) for number in range(3))
    span = beginning(FIRST, promise.zone), beginning(LAST, promise.zone)
    longest = chance.choice((4, 40, 90, 400))

    def step(hours):
        return Step(hours, chance.randrange(0, longest * HOUR, 900))

    ways = [
        tuple(
            tuple((step(chance.choice((promise, *others))),) for _ in range(chance.randrange(1, 3)))
            for _ in range(chance.randrange(1, 3))
        )
        for _ in range(chance.randrange(1, 3))
    ]
    asked = Step(promise, chance.randrange(HOUR, 2 * longest * HOUR, 900))
    found, late = solved(asked, ways, span, feasibility.AHEAD)
    expected, expected_late = solved(asked, ways, span, ())
    assert found == expected
    assert [one and seconds(one) for one in late] == [one and seconds(one) for one in expected_late]


def test_of_a_year_without_holidays_few_weeks_are_followed():
    office = ServiceHours("Europe/Berlin", dict.fromkeys(WEEK[:5], ["09:00-17:00"]))
    hours = Hours(office.compile(date(2026, 12, 31), date(2028, 4, 1)), "Europe/Berlin")
    span = beginning(FIRST, "Europe/Berlin"), beginning(LAST, "Europe/Berlin")
    found = weeks((hours,), "Europe/Berlin", *span, 1)
    assert sum(map(len, found.alike)) == 52
    assert len(found.followed) <= 6  # before and at each change of the clocks, and all others
    assert found.saves
