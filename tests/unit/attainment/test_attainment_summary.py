"""Verdicts summed up: every ticket is counted, nothing twice, and the figures are what they say they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.attainment import (
    GROUPINGS,
    MISSING,
    NONE,
    Level,
    Offender,
    Outcome,
    Tickets,
    Verdicts,
    summarise,
)
from sm_planner.engine.attainment.summary import percentiles
from sm_planner.engine.model import Agreement, AgreementTarget
from sm_planner.engine.service_time.sla_clock_terms import Pauses

EMPTY = np.empty(0, np.int64)
HOUR = 3600


def utc(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


@dataclass(frozen=True)
class Row:
    """A ticket and its verdict under one level."""

    outcome: Outcome
    used: int = MISSING
    ended: bool = True
    level: int = 0
    start: int = utc("2026-01-05 09:00")
    priority: int = 0
    service: int = 0
    party: int = 0


def level(id: str = "sla", metric: str = "Resolution", priority: str = "P1", hours: int = 8) -> Level:
    target = AgreementTarget(metric=metric, priority=priority, value=float(hours), unit="Hours")
    return Level(Agreement(id=id, kind="SLA"), metric, target)


ONE_LEVEL = (level(),)


def verdicts(*rows: Row, levels=ONE_LEVEL, timezone: str = "UTC") -> Verdicts:
    def column(name, dtype=np.int64):
        return np.array([getattr(row, name) for row in rows], dtype)

    tickets = Tickets(
        ids=tuple(f"T{number}" for number in range(len(rows))),
        services=("web", "mail"),
        parties=("north", "south"),
        start=column("start"),
        ends={},
        pauses=Pauses(EMPTY, EMPTY, EMPTY),
        priority=column("priority"),
        service=column("service"),
        party=column("party"),
        fault=np.zeros(len(rows), np.int64),
        timezone=timezone,
    )
    return Verdicts(
        tickets,
        levels,
        utc("2026-02-01"),
        np.arange(len(rows)),
        column("level"),
        column("outcome", np.uint8),
        column("used"),
        column("ended", bool),
        np.array([levels[row.level].budget for row in rows], np.int64),
        column("used"),
        column("priority"),
    )


def test_a_line_counts_verdicts_and_reasons_and_gives_the_share_of_what_was_evaluated():
    (line,) = summarise(
        verdicts(
            Row(Outcome.MET, 2 * HOUR),
            Row(Outcome.MET, 4 * HOUR),
            Row(Outcome.MISSED, 9 * HOUR),
            Row(Outcome.OPEN, 1 * HOUR, ended=False),
            Row(Outcome.NO_START),
            Row(Outcome.NO_START),
        )
    )

    assert (line.group, line.metric, line.level.priority) == ("sla", "Resolution", "P1")
    assert (line.met, line.missed, line.percent) == (2, 1, Fraction(200, 3))
    assert line.not_evaluated == {Outcome.OPEN: 1, Outcome.NO_START: 2}
    assert line.percentiles == {50: 4 * HOUR, 90: 9 * HOUR, 95: 9 * HOUR}
    assert (line.over, line.worst) == (HOUR, (Offender("T2", HOUR),))


def test_where_nothing_was_evaluated_there_is_no_share():
    (line,) = summarise(verdicts(Row(Outcome.OPEN, HOUR, ended=False)))

    assert (line.percent, line.percentiles, line.worst, line.over) == (None, {}, (), 0)


def test_a_missed_ticket_that_has_not_ended_is_over_so_far_but_in_no_percentile():
    (line,) = summarise(verdicts(Row(Outcome.MISSED, 20 * HOUR, ended=False), Row(Outcome.MET, HOUR)))

    assert line.over == 12 * HOUR
    assert line.percentiles[95] == HOUR


def test_the_furthest_over_come_first_and_ids_decide_between_equals():
    rows = [Row(Outcome.MISSED, hours * HOUR) for hours in (9, 12, 10, 12, 10, 10)]

    (line,) = summarise(verdicts(*rows), worst=4)

    assert [offender.ticket for offender in line.worst] == ["T1", "T3", "T2", "T4"]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("service-level", [("a", "Response"), ("a", "Resolution"), ("", "")]),
        ("service", [("mail", "Resolution"), ("web", "Response"), ("", "")]),
        ("priority", [("P1", "Response"), ("P2", ""), ("", "Resolution")]),
        ("party", [("north", "Response"), ("south", ""), ("", "Resolution")]),
        ("month", [("2026-01", "Response"), ("2026-03", "Resolution"), ("", "")]),
    ],
)
def test_lines_come_in_the_order_of_their_groups_with_what_has_none_last(by, expected):
    levels = (level("a", "Response"), level("a", "Resolution"))
    rows = (
        Row(Outcome.NO_AGREEMENT, level=NONE, start=MISSING, service=NONE, priority=1, party=1),
        Row(Outcome.MET, HOUR, level=1, start=utc("2026-03-05 09:00"), service=1, priority=NONE, party=NONE),
        Row(Outcome.MET, HOUR, level=0),
    )

    lines = summarise(verdicts(*rows, levels=levels), by)

    assert [(line.group, line.metric) for line in lines] == expected


@pytest.mark.parametrize(
    ("start", "timezone", "month"),
    [
        ("2026-03-31 22:30", "UTC", "2026-03"),
        ("2026-03-31 22:30", "Europe/Berlin", "2026-04"),
        ("2026-04-01 03:30", "America/New_York", "2026-03"),
    ],
)
def test_a_month_is_that_of_the_start_in_the_zone_of_the_log(start, timezone, month):
    judged = verdicts(Row(Outcome.MET, HOUR, start=utc(start)), timezone=timezone)

    assert [line.group for line in summarise(judged, "month")] == [month]


def test_two_levels_that_are_called_alike_stay_apart():
    rows = (Row(Outcome.MET, HOUR, level=0), Row(Outcome.MET, HOUR, level=1))

    lines = summarise(verdicts(*rows, levels=(level(hours=2), level(hours=4))))

    assert [line.level.budget for line in lines] == [2 * HOUR, 4 * HOUR]


def test_no_verdicts_make_no_lines():
    assert [summarise(verdicts(), by) for by in GROUPINGS] == [[]] * len(GROUPINGS)


ROWS = st.builds(
    Row,
    outcome=st.sampled_from(Outcome),
    used=st.integers(0, 20 * HOUR),
    ended=st.booleans(),
    level=st.integers(0, 2),
    start=st.integers(utc("2025-11-01 00:00"), utc("2026-02-01 00:00")) | st.just(MISSING),
    priority=st.integers(NONE, 4),
    service=st.integers(NONE, 1),
    party=st.integers(NONE, 1),
).map(lambda row: replace(row, level=NONE) if row.outcome is Outcome.NO_AGREEMENT else row)
LEVELS = (level("a"), level("a", "Response", "P2"), level("b", hours=2))


@given(st.lists(ROWS, max_size=40), st.sampled_from(sorted(GROUPINGS)))
def test_totals_add_up_whatever_they_are_grouped_by(rows, by):
    lines = summarise(verdicts(*rows, levels=LEVELS), by)

    total = Counter()
    for line in lines:
        total.update({Outcome.MET: line.met, Outcome.MISSED: line.missed, **line.not_evaluated})
    assert +total == Counter(row.outcome for row in rows)
    assert sum(line.over for line in lines) == sum(
        row.used - LEVELS[row.level].budget for row in rows if row.outcome is Outcome.MISSED
    )
    assert len({(line.group, line.metric, line.level) for line in lines}) == len(lines)


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_a_percentile_is_the_smallest_time_that_its_share_does_not_exceed(times):
    for percent, found in percentiles(np.array(times)).items():
        reached = [time for time in times if 100 * sum(one <= time for one in times) >= percent * len(times)]
        assert found == min(reached)
