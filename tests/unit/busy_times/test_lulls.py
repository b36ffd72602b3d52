"""The lull finder and the windows that it stands on: against a look at each minute."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.busy_times import spans
from sm_planner.engine.busy_times.conflicts import conflicts
from sm_planner.engine.busy_times.lulls import Fit, lulls
from sm_planner.engine.busy_times.standing import standing_on
from sm_planner.engine.busy_times.windows import is_countable, windows, zone_of
from sm_planner.engine.model import Agreement, Calendar, Component, Plan, Service, Stakeholder
from sm_planner.engine.model.agreements import AgreementScope
from sm_planner.engine.model.roadmap import BusyTime, BusyWeekday, LeftOutDay
from sm_planner.engine.model.services import CalendarWindow, MaintenanceNeed, ServiceDependency
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.rhythm.recurrence import days
from sm_planner.engine.service_time.local_time import EPOCH

BERLIN = "Europe/Berlin"
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""When the clocks of Berlin are put forward over 02:00 to 03:00, and back from 03:00 to 02:00."""


def busy(id: str, kind: str, begin: str, end: str = "", **rest) -> BusyTime:
    return BusyTime(
        id=id,
        title=id.title(),
        kind=kind,
        from_date=date.fromisoformat(begin),
        to_date=date.fromisoformat(end or begin),
        **rest,
    )


WARD = Plan(
    id="p",
    services=(
        Service(id="network", title="Network"),
        Service(
            id="record",
            title="Record",
            customers=("ward", "clinic"),
            importance="Critical",
            dependencies=(ServiceDependency(service="network"),),
        ),
        Service(id="mail", title="Mail", customers=("clinic",), importance="Low"),
    ),
    components=(Component(id="switch", title="Switch", services=("network", "mail")),),
    stakeholders=(
        Stakeholder(id="ward", title="Ward", unit="Nursing"),
        Stakeholder(id="clinic", title="Clinic", unit="Clinics"),
    ),
    calendars=(
        Calendar(
            id="day",
            title="Day",
            timezone=BERLIN,
            windows=tuple(CalendarWindow(weekday=one, opens="08:00", closes="18:00") for one in WEEKDAYS),
        ),
    ),
    agreements=(
        Agreement(
            id="sla",
            title="Mail by day",
            kind="SLA",
            customer="clinic",
            service_hours="day",
            scope=(AgreementScope(service="mail"),),
        ),
    ),
    busy_times=(busy("round", "Peak", "2027-03-02", from_time="18:00", to_time="20:00", unit="nursing"),),
)


def find(plan: Plan, minutes: int, begin: date, before: date, most: int = 20, id: str = "switch"):
    return lulls(plan, "components", id, minutes, begin, before, most)


def hour(unix: int, zone: str = BERLIN) -> str:
    return datetime.fromtimestamp(unix, ZoneInfo(zone)).strftime("%m-%d %H:%M")


def span(plan: Plan, entry: BusyTime) -> list[tuple[str, str, float]]:
    found = windows(plan, entry, 0, 4_000_000_000)
    return [(hour(one.start), hour(one.end), (one.end - one.start) / 3600) for one in found]


@pytest.mark.parametrize(
    ("day", "begin", "end", "expected"),
    [
        (SPRING, "01:00", "05:00", ("03-28 01:00", "03-28 05:00", 3)),
        (SPRING, "02:30", "05:00", ("03-28 03:00", "03-28 05:00", 2)),
        (AUTUMN, "02:30", "05:00", ("10-31 02:30", "10-31 05:00", 3.5)),
        (SPRING - timedelta(days=1), "22:00", "06:00", ("03-27 22:00", "03-28 06:00", 7)),
        (AUTUMN, "", "", ("10-31 00:00", "11-01 00:00", 25)),
        (SPRING, "", "", ("03-28 00:00", "03-29 00:00", 23)),
        (SPRING, "20:00", "", ("03-28 20:00", "03-29 00:00", 4)),
    ],
)
def test_a_window_over_the_change_of_the_clocks(day, begin, end, expected):
    entry = busy("x", "Lull", day.isoformat(), from_time=begin, to_time=end, timezone=BERLIN)
    assert span(WARD, entry) == [expected]


def test_a_window_that_never_is_takes_no_time():
    entry = busy("x", "Lull", SPRING.isoformat(), from_time="02:10", to_time="02:50", timezone=BERLIN)
    assert span(WARD, entry) == []


def test_days_that_follow_each_other_are_one_window():
    assert span(WARD, busy("x", "Peak", "2027-03-01", "2027-03-03")) == [("03-01 00:00", "03-04 00:00", 72)]
    apart = busy("x", "Peak", "2027-03-01", "2027-03-03", left_out=(LeftOutDay(day=date(2027, 3, 2)),))
    assert [one[:2] for one in span(WARD, apart)] == [
        ("03-01 00:00", "03-02 00:00"),
        ("03-03 00:00", "03-04 00:00"),
    ]


def test_the_zone_is_its_own_or_that_of_most_calendars():
    assert zone_of(WARD) == BERLIN
    assert zone_of(WARD, busy("x", "Peak", "2027-03-01", timezone="Asia/Tokyo")) == "Asia/Tokyo"
    assert zone_of(Plan(id="p")) == "UTC"
    assert not is_countable(busy("x", "Peak", "2027-03-01", timezone="Berlin"))
    assert not is_countable(busy("x", "Peak", "2027-03-01", from_time="eight"))
    assert span(WARD, busy("x", "Peak", "2027-03-01", from_time="eight")) == []


MOVES = st.tuples(
    st.integers(-1, 5),
    st.none() | st.integers(-2, 5),
    st.none() | st.tuples(st.integers(0, 1439), st.integers(0, 1439)).filter(lambda one: one[0] != one[1]),
)
"""Of which day from the first one a time is moved, to which, and to which minutes of the day."""


@settings(max_examples=120, deadline=None)
@given(
    day=st.sampled_from([SPRING, AUTUMN]).flatmap(
        lambda day: st.integers(-3, 3).map(lambda days: day + timedelta(days=days))
    ),
    length=st.integers(0, 2),
    begin=st.integers(0, 23 * 60 + 59),
    end=st.integers(1, 24 * 60),
    repeats=st.sampled_from(("", "Daily", "Weekly")),
    zone=st.sampled_from((BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")),
    moves=st.lists(MOVES, max_size=3),
)
def test_windows_against_a_look_at_each_minute(day, length, begin, end, repeats, zone, moves):
    if begin == end:
        end += 1
    if end > 24 * 60:
        return
    entry = BusyTime(
        id="x",
        from_date=day,
        to_date=day + timedelta(days=length),
        from_time=f"{begin // 60:02}:{begin % 60:02}",
        to_time=f"{end // 60:02}:{end % 60:02}",
        timezone=zone,
        repeats=repeats,
        left_out=tuple(
            LeftOutDay(
                day=day + timedelta(days=of),
                instead_on=None if to is None else day + timedelta(days=to),
                from_time=clock(hours and hours[0]),
                to_time=clock(hours and hours[1]),
            )
            for of, to, hours in moves
        ),
    )
    first = int(datetime.combine(day, datetime.min.time(), timezone.utc).timestamp()) - 86_400
    last = first + 6 * 86_400
    ours = spans.in_minutes(windows(WARD, entry, first, last))
    minutes = np.arange(first // 60, last // 60)
    on_wall = day_spans(entry, begin, end)
    expected = []
    reached = -1
    for minute in minutes:
        local = datetime.fromtimestamp(int(minute) * 60, ZoneInfo(zone)).replace(tzinfo=None)
        wall = int((local - EPOCH).total_seconds()) // 60
        # The clock that was put back shows again what it had reached: an edge lies where it was first reached.
        reached = max(reached, wall)
        expected.append(any(opens <= reached < closes for opens, closes in on_wall))
    assert spans.inside(ours, minutes).tolist() == expected


def day_spans(entry: BusyTime, begin: int, end: int) -> list[tuple[int, int]]:
    """The hours of each of its days, in minutes of wall time: as its rule gives them, and as each is moved."""
    by_rule = days(
        replace(entry, left_out=()),
        entry.from_date - timedelta(days=12),
        entry.from_date + timedelta(days=12),
    )
    found = []
    for ordinal in by_rule:
        day = date.fromordinal(ordinal)
        rows = [row for row in entry.left_out if row.day == day]
        found += [] if rows else [(day, begin, end)]
        for row in rows:
            if row.from_time or row.to_time:
                opens, closes = (read(one) for one in (row.from_time or "00:00", row.to_time or "24:00"))
                found.append((row.instead_on or day, opens, closes))
            elif row.instead_on:
                found.append((row.instead_on, begin, end))
    return [
        (midnight + opens, midnight + closes + (1440 if closes <= opens else 0))
        for day, opens, closes in found
        for midnight in [(day - date(1970, 1, 1)).days * 1440]
    ]


def clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def read(told: str) -> int:
    return int(told[:2]) * 60 + int(told[3:])


def test_a_time_that_is_moved_is_at_its_new_hours_alone():
    row = LeftOutDay(day=date(2027, 3, 8), instead_on=date(2027, 3, 28), from_time="01:00", to_time="05:00")
    weekly = busy(
        "x", "Lull", "2027-03-01", from_time="20:00", to_time="21:00", timezone=BERLIN, repeats="Weekly"
    )
    moved = replace(weekly, repeats_until=date(2027, 3, 15), left_out=(row,))
    assert span(WARD, moved) == [
        ("03-01 20:00", "03-01 21:00", 1),
        ("03-15 20:00", "03-15 21:00", 1),
        ("03-28 01:00", "03-28 05:00", 3),  # over the change of the clocks
    ]
    never = replace(moved, left_out=(replace(row, day=date(2027, 3, 9)),))  # on which it is not
    assert len(span(WARD, never)) == 3 and span(WARD, never)[-1][0] == "03-15 20:00"


def test_a_whole_day_that_is_moved_joins_its_neighbours_and_with_hours_is_no_whole_day():
    two = busy("x", "Peak", "2027-03-01", "2027-03-02")
    moved = replace(two, left_out=(LeftOutDay(day=date(2027, 3, 1), instead_on=date(2027, 3, 3)),))
    assert span(WARD, moved) == [("03-02 00:00", "03-04 00:00", 48)]
    shorter = replace(two, left_out=(LeftOutDay(day=date(2027, 3, 1), to_time="12:00"),))
    assert span(WARD, shorter) == [("03-01 00:00", "03-01 12:00", 12), ("03-02 00:00", "03-03 00:00", 24)]
    assert not is_countable(replace(two, left_out=(LeftOutDay(day=date(2027, 3, 1), to_time="noon"),)))


def test_who_stands_on_a_component():
    assert [one.id for one in standing_on(WARD, "components", "switch")] == ["network", "record", "mail"]
    assert [one.id for one in standing_on(WARD, "services", "network")] == ["network", "record"]
    assert [one.id for one in standing_on(WARD, "services", "record")] == ["record"]
    circle = replace(
        WARD,
        services=tuple(
            replace(one, dependencies=(*one.dependencies, ServiceDependency(service="record")))
            for one in WARD.services
        ),
    )
    assert [one.id for one in standing_on(circle, "services", "record")] == ["network", "record", "mail"]


def test_a_slot_in_the_lull_of_all():
    best = find(WARD, 120, date(2027, 3, 2), date(2027, 3, 3)).slots[0]
    assert (hour(best.start), hour(best.latest_start)) == ("03-02 00:00", "03-02 06:00")
    assert best.fit is Fit.FITS_IN and not best.hurts


def test_who_is_hurt_and_why():
    found = find(WARD, 18 * 60, date(2027, 3, 2), date(2027, 3, 3))
    assert not [one for one in found.slots if not one.hurts]
    best = found.slots[0]
    assert (hour(best.start), best.fit) == ("03-02 00:00", Fit.STARTS_IN)
    assert [(one.service.id, one.record.id, one.customers(WARD)) for one in best.hurts] == [
        ("mail", "sla", ("clinic",))
    ]
    worst = found.slots[-1]
    assert [(one.service.id, one.record.id, one.customers(WARD)) for one in worst.hurts] == [
        ("record", "round", ("ward",)),
        ("mail", "sla", ("clinic",)),
    ]
    assert (worst.peak_weight, worst.promised_weight) == (4, 1)


def test_a_lull_takes_the_promised_hours_away():
    quiet = replace(WARD, busy_times=(busy("fair", "Lull", "2027-03-02", unit="Clinics"),))
    best = find(quiet, 24 * 60, date(2027, 3, 2), date(2027, 3, 3)).slots[0]
    assert best.fit is Fit.FITS_IN


def test_why_there_is_no_slot():
    closed = replace(
        WARD,
        busy_times=(
            busy("freeze", "Blackout", "2027-03-01", "2027-03-09"),
            busy("launch", "Go-live", "2027-03-02", service="record", from_time="12:00", to_time="14:00"),
        ),
    )
    found = find(closed, 60, date(2027, 3, 2), date(2027, 3, 3))
    assert found.slots == ()
    assert str(found.reason) == (
        "Each slot meets a time in which nothing may be changed: “Freeze”, “Launch”."
    )
    assert str(find(WARD, 1500, date(2027, 3, 2), date(2027, 3, 3)).reason) == (
        "From 2027-03-02 to 2027-03-03 there is no room for so much work."
    )
    assert find(WARD, 60, date(2027, 3, 3), date(2027, 3, 2)).reason


def test_a_window_that_only_begins_in_its_time_runs_on():
    window = busy(
        "patch", "Maintenance", "2027-03-02", from_time="17:00", to_time="18:00", component="switch"
    )
    needs = replace(
        WARD, components=(replace(WARD.components[0], maintenance=(MaintenanceNeed(minutes=90),)),)
    )
    ends_in = replace(needs, busy_times=(*WARD.busy_times, window))
    assert conflicts(ends_in, date(2027, 3, 1)) == ()
    starts_in = replace(needs, busy_times=(*WARD.busy_times, replace(window, starts_in=True)))
    (found,) = conflicts(starts_in, date(2027, 3, 1))
    assert [one.id for one in found.own] == []
    assert [one.id for one in found.others] == ["record"]
    assert (hour(found.start), found.times) == ("03-02 17:00", 1)


@st.composite
def crowded(draw) -> Plan:
    """Ward, with entries around the spring change of the clocks."""
    about = st.sampled_from(
        (
            {},
            {"service": "record"},
            {"service": "mail"},
            {"component": "switch"},
            {"unit": "Clinics"},
            {"team": "t"},
        )
    )
    entries = []
    for number in range(draw(st.integers(0, 5))):
        begin = SPRING + timedelta(days=draw(st.integers(-2, 2)))
        hours = sorted(draw(st.lists(st.integers(0, 24 * 4), min_size=2, max_size=2, unique=True)))
        whole = draw(st.booleans())
        entries.append(
            BusyTime(
                id=f"b{number}",
                kind=draw(st.sampled_from(("Peak", "Lull", "Blackout", "Maintenance", "Go-live", "Flat"))),
                from_date=begin,
                to_date=begin + timedelta(days=draw(st.integers(0, 1))),
                from_time="" if whole else f"{hours[0] // 4:02}:{hours[0] % 4 * 15:02}",
                to_time="" if whole else f"{hours[1] // 4:02}:{hours[1] % 4 * 15:02}",
                repeats=draw(st.sampled_from(("", "Daily"))),
                repeats_until=begin + timedelta(days=2),
                timezone=draw(st.sampled_from(("", "America/New_York"))),
                **draw(about),
            )
        )
    return replace(WARD, busy_times=tuple(entries))


def naive(plan: Plan, minutes: int, begin: date, before: date) -> dict[int, tuple[int, int]]:
    """Start in minutes → weights of peaks and promised hours, for each start at which work may be done."""
    midnight = [
        int(datetime.combine(day, datetime.min.time(), ZoneInfo(BERLIN)).timestamp())
        for day in (begin, before)
    ]
    first, last = midnight[0], midnight[1]
    services = standing_on(plan, "components", "switch")
    weight = {"network": 2, "record": 4, "mail": 1}

    def about(entry: BusyTime) -> set[str]:
        if entry.team:
            return set()
        if entry.service:
            return {entry.service}
        if entry.component:
            return {"network", "mail"}
        return {"record", "mail"} if entry.unit else {"network", "record", "mail"}

    taken = [
        (
            entry.kind,
            about(entry),
            [(w.start, w.end) for w in windows(plan, entry, first - 9**6, last + 9**6)],
        )
        for entry in plan.busy_times
    ]

    def state(service: str, second: int) -> set[str]:
        kinds = {
            kind
            for kind, named, times in taken
            if service in named and any(start <= second < end for start, end in times)
        }
        local = datetime.fromtimestamp(second, ZoneInfo(BERLIN))
        found = set()
        if kinds & {"Blackout", "Go-live"}:
            found.add("closed")
        if "Peak" in kinds:
            found.add("peak")
        if service == "mail" and 8 <= local.hour < 18 and not kinds & {"Lull", "Maintenance"}:
            found.add("promised")
        return found

    by_minute = {
        minute: {one.id: state(one.id, minute * 60) for one in services}
        for minute in range(first // 60, last // 60)
    }
    found = {}
    for start in range(first // 60, last // 60 - minutes + 1):
        states = {
            id: set().union(*(by_minute[minute][id] for minute in range(start, start + minutes)))
            for id in weight
        }
        if not any("closed" in one for one in states.values()):
            found[start] = tuple(
                sum(weight[id] for id, one in states.items() if kind in one) for kind in ("peak", "promised")
            )
    return found


@settings(max_examples=10, deadline=None)
@given(plan=crowded(), minutes=st.sampled_from((1, 7, 60, 241)))
def test_each_start_weighs_what_a_look_at_each_minute_says(plan, minutes):
    begin, before = SPRING - timedelta(days=1), SPRING + timedelta(days=1)
    expected = naive(plan, minutes, begin, before)
    found = find(plan, minutes, begin, before, 10_000)
    ours = {
        start: (slot.peak_weight, slot.promised_weight)
        for slot in found.slots
        for start in range(slot.start // 60, slot.latest_start // 60 + 1)
    }
    assert ours == expected
    assert bool(found.slots) != bool(found.reason)
    order = [(one.peak_weight, one.promised_weight, one.start) for one in found.slots]
    assert order == sorted(order)
    for slot in found.slots:
        assert bool(slot.hurts) == bool(slot.peak_weight or slot.promised_weight)
        assert (slot.fit is Fit.FITS_IN) == (not slot.hurts)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6).map(
    lambda found: spans.union([np.array(found, np.int64).reshape(-1, 2)])
)


@given(SPANS, SPANS, st.integers(1, 5))
def test_sets_of_minutes(first, second, minutes):
    points = np.arange(-9, 50)
    inside = {
        name: set(points[spans.inside(one, points)].tolist()) for name, one in (("a", first), ("b", second))
    }
    less = spans.without(first, second)
    assert set(points[spans.inside(less, points)].tolist()) == inside["a"] - inside["b"]
    both = spans.union([first, second])
    assert set(points[spans.inside(both, points)].tolist()) == inside["a"] | inside["b"]
    starts = spans.starts_that_meet(first, minutes)
    for point in points.tolist():
        meets = any(minute in inside["a"] for minute in range(point, point + minutes))
        assert (
            bool(spans.inside(starts, np.array([point]))[0])
            == meets
            == spans.meets(first, point, point + minutes)
        )


def test_a_year_of_many_services_as_each_service_says():
    """The size of the benchmark, on a sample of starts."""
    chance = random.Random(7)  # noqa: S311 - a plan, no secret
    plan = hospital(chance, 500)
    found = find(plan, 90, date(2027, 1, 1), date(2028, 1, 1), 10**7, "core")
    assert found.services == 500
    entries = {one.service: one for one in plan.busy_times}
    zone = ZoneInfo(BERLIN)
    for slot in chance.sample(found.slots, 20):
        start, end = (datetime.fromtimestamp(one, zone) for one in (slot.start, slot.end))
        peak = 0
        for one in entries.values():
            hours = int(one.from_time[:2]), int(one.to_time[:2])
            near = [start.date() + timedelta(days=day) for day in (-1, 0, 1)]
            peak += 2 * any(
                WEEKDAYS[day.weekday()] == one.weekdays[0].weekday
                and day >= one.from_date
                and datetime(day.year, day.month, day.day, hours[0], tzinfo=zone).timestamp()
                < end.timestamp()
                and datetime(day.year, day.month, day.day, hours[1], tzinfo=zone).timestamp()
                > start.timestamp()
                for day in near
            )
        assert slot.peak_weight == peak


def hospital(chance: random.Random, services: int) -> Plan:
    """Services that stand on one component, each with a peak of its own once a week."""
    return Plan(
        id="p",
        services=tuple(Service(id=f"s{number}", title=f"S{number}") for number in range(services)),
        components=(
            Component(id="core", title="Core", services=tuple(f"s{number}" for number in range(services))),
        ),
        calendars=WARD.calendars,
        agreements=tuple(
            Agreement(
                id=f"a{number}",
                kind="SLA",
                service_hours="day",
                scope=(AgreementScope(service=f"s{number}"),),
            )
            for number in range(services)
        ),
        busy_times=tuple(
            BusyTime(
                id=f"b{number}",
                kind="Peak",
                from_date=date(2020, 1, 1),
                to_date=date(2020, 1, 1),
                from_time=f"{(opens := chance.randint(4, 20)):02}:00",
                to_time=f"{opens + chance.randint(1, 3):02}:00",
                repeats="Weekly",
                weekdays=(BusyWeekday(weekday=chance.choice(WEEKDAYS)),),
                service=f"s{number}",
            )
            for number in range(services)
        ),
    )
