"""Who is there in which hour: against a reading that walks through every minute of every week."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.model import WEEKDAYS, Plan, Service
from sm_planner.engine.model.agreements import Agreement, AgreementScope, AgreementTarget
from sm_planner.engine.model.parties import Team
from sm_planner.engine.model.rosters import Roster, Shift
from sm_planner.engine.model.services import Calendar, CalendarHoliday, CalendarWindow, SupportTier
from sm_planner.engine.model.vocabulary import SHIFT_DAYS
from sm_planner.engine.rosters.coverage import Cover, Hole, coverage
from sm_planner.engine.rosters.weeks import mondays

TODAY = date(2026, 11, 29)
ZONES = ("Europe/Dublin", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
UTC = timezone.utc


def calendar(id: str, zone: str, *windows: tuple[str, str, str], **more) -> Calendar:
    rows = tuple(CalendarWindow(weekday=day, opens=opens, closes=closes) for day, opens, closes in windows)
    return Calendar(id=id, title=id, timezone=zone, windows=rows, **more)


def office(zone: str = "Europe/Berlin", opens: str = "08:00", closes: str = "20:00") -> Calendar:
    return calendar("hours", zone, *((day, opens, closes) for day in WEEKDAYS[:6]))


def shift(days: str, begins: str, ends: str, **more) -> Shift:
    return Shift(days=days, from_time=begins, to_time=ends, **more)


def plan_of(calendars: tuple[Calendar, ...], *given: Roster, service: dict | None = None, **more) -> Plan:
    """A plan of a year with one service, whose first contact is the desk, in all the calendars."""
    agreements = tuple(
        Agreement(
            id=f"sla-{one.id}",
            kind="SLA",
            service_hours=one.id,
            scope=(AgreementScope(service="mail"),),
            targets=(AgreementTarget(metric="Response"),),
        )
        for one in calendars
    )
    filled = {"support_tiers": (SupportTier(tier=1, team="desk"),), **(service or {})}
    return Plan(
        **{
            "id": "p",
            "period_start": date(2027, 1, 1),
            "period_end": date(2027, 12, 31),
            "calendars": calendars,
            "teams": (Team(id="desk", title="Desk"), Team(id="experts", title="Experts")),
            "rosters": given,
            "services": (Service(id="mail", title="E-mail", customer_facing=True, **filled),),
            "agreements": agreements,
            **more,
        }
    )


def told(cover: Cover) -> list[tuple[str, str, str, str, int]]:
    return [(*hole.stretch.begins, *hole.stretch.ends, hole.weeks) for hole in cover.holes]


def only(plan: Plan) -> Cover:
    [cover] = coverage(plan, TODAY).covers
    return cover


def test_a_hole_has_its_hour():
    desk = Roster(
        id="r",
        team="desk",
        shifts=(shift("Monday to Friday", "08:00", "20:00"), shift("Saturday", "08:00", "18:00")),
    )
    cover = only(plan_of((office(),), desk))
    assert told(cover) == [("Saturday", "18:00", "Saturday", "20:00", 51)]
    assert cover.weeks == 51  # from Monday 4 January 2027 to Sunday 26 December
    assert cover.holes[0].seconds == 2 * 3600
    assert cover.hours.total == 72 * 3600


def test_on_call_is_no_hole_and_no_duty():
    desk = Roster(
        id="r",
        team="desk",
        shifts=(
            shift("Monday to Friday", "08:00", "20:00"),
            shift("Saturday", "08:00", "18:00"),
            shift("Every Day", "17:00", "08:00", on_call=True),
        ),
    )
    cover = only(plan_of((office(),), desk))
    assert cover.holes == ()
    assert (cover.hours.duty, cover.hours.on_call, cover.hours.nobody) == (70 * 3600, 2 * 3600, 0)


def test_a_shift_without_anybody_covers_nothing():
    desk = Roster(id="r", team="desk", shifts=(shift("Every Day", "00:00", "24:00", needed=2, there=0),))
    assert only(plan_of((office(),), desk)).hours.duty == 0


def test_two_zones_drift_apart_while_only_one_has_changed_its_clocks():
    """New York puts its clocks forward two weeks before Berlin, and back one week after it."""
    desk = Roster(
        id="r", team="desk", timezone="America/New_York", shifts=(shift("Every Day", "02:00", "14:00"),)
    )
    found = told(only(plan_of((office(),), desk)))
    # 02:00 to 14:00 in New York is 08:00 to 20:00 in Berlin, and 07:00 to 19:00 for three weeks of the year.
    # Its clocks jump over 02:00 on a Sunday, on which Berlin is closed.
    assert found == [(day, "19:00", day, "20:00", 3) for day in WEEKDAYS[:6]]


def test_night_shift_over_midnight_and_the_end_of_the_week():
    always = calendar("hours", "Europe/Berlin", *((day, "00:00", "24:00") for day in WEEKDAYS))
    nights = Roster(
        id="r",
        team="desk",
        shifts=(shift("Every Day", "22:00", "06:00"), shift("Every Day", "06:00", "22:00")),
    )
    assert only(plan_of((always,), nights)).holes == ()


def test_before_a_roster_begins_and_after_it_ends_nobody_is_there():
    desk = Roster(
        id="r",
        team="desk",
        from_date=date(2027, 2, 1),
        to_date=date(2027, 12, 23),  # a Thursday
        shifts=(shift("Every Day", "08:00", "20:00"),),
    )
    cover = only(plan_of((office(),), desk))
    found = told(cover)
    assert [one for one in found if one[-1] == 4] == [(day, "08:00", day, "20:00", 4) for day in WEEKDAYS[:4]]
    assert [one for one in found if one[-1] == 5] == [
        (day, "08:00", day, "20:00", 5) for day in WEEKDAYS[4:6]
    ]


def test_an_agreement_promises_nothing_after_its_end():
    [agreement] = plan_of((office(),)).agreements
    ended = replace(agreement, end_date=date(2027, 1, 10))
    cover = only(plan_of((office(),), agreements=(ended,)))
    assert {weeks for *_, weeks in told(cover)} == {1}


def test_holidays_ask_for_no_less_in_other_weeks():
    closed = calendar(
        "hours",
        "Europe/Berlin",
        ("Monday", "08:00", "12:00"),
        holidays=(CalendarHoliday(day=date(2027, 1, 4), title="Closed"),),
    )
    assert told(only(plan_of((closed,)))) == [("Monday", "08:00", "Monday", "12:00", 51)]


def test_each_tier_is_held_against_the_hours():
    desk = Roster(id="r", team="desk", shifts=(shift("Every Day", "00:00", "24:00"),))
    tiers = (SupportTier(tier=1, team="desk"), SupportTier(tier=2, team="experts"))
    first, second = coverage(plan_of((office(),), desk, service={"support_tiers": tiers}), TODAY).covers
    assert (first.has_roster, first.hours.nobody) == (True, 0)
    assert (second.has_roster, second.hours.nobody) == (False, 72 * 3600)


@pytest.mark.parametrize(
    ("cover", "missing"), [("", 0), ("Nobody", 0), ("On Call", 24 * 3600), ("On Duty", 96 * 3600)]
)
def test_after_hours_are_held_against_what_was_decided(cover: str, missing: int):
    desk = Roster(
        id="r",
        team="desk",
        shifts=(
            shift("Monday to Friday", "08:00", "20:00"),
            shift("Monday to Friday", "20:00", "08:00", on_call=True, person="ann"),
            shift("Saturday", "08:00", "20:00", on_call=True),
            shift("Saturday", "20:00", "08:00", on_call=True, person="ben"),
        ),
    )
    [after] = coverage(plan_of((office(),), desk, service={"after_hours_cover": cover}), TODAY).after_hours
    usual = [hole for hole in after.holes if hole.weeks == 51]
    assert sum(hole.seconds for hole in usual) == missing
    assert after.on_call == ("desk",)
    assert after.people == ("ann", "ben")
    # Sunday 08:00 to Monday 08:00 has nobody: 24 hours, of which the week ends after 16.
    assert after.hours.nobody == 24 * 3600


def test_nobody_is_called_by_a_roster_that_is_over():
    nights = (shift("Every Day", "20:00", "08:00", on_call=True, person="gone"),)
    over = Roster(id="over", team="desk", to_date=date(2027, 1, 3), shifts=nights)  # a Sunday
    today = Roster(id="r", team="desk", shifts=(replace(nights[0], person="ann"),))
    [after] = coverage(plan_of((office(),), over, today), TODAY).after_hours
    assert after.people == ("ann",)


def test_hours_that_cannot_be_counted_are_told():
    found = coverage(plan_of((calendar("hours", "Nowhere", ("Monday", "08:00", "12:00")),)), TODAY)
    [(service, reason)] = found.uncountable
    assert service.id == "mail"
    assert "Nowhere" in str(reason)


hours = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
ends = st.integers(1, 48).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
spans = st.tuples(hours, ends).filter(lambda pair: pair[0] != pair[1])


@st.composite
def shifts(draw) -> Shift:
    begins, stops = draw(spans)
    return shift(draw(st.sampled_from(SHIFT_DAYS)), begins, stops, on_call=draw(st.booleans()))


@st.composite
def plans(draw) -> Plan:
    """A few weeks about a change of the clocks somewhere."""
    begin = draw(
        st.sampled_from((date(2027, 3, 8), date(2027, 3, 27), date(2027, 10, 1), date(2027, 10, 30)))
    )
    window = st.tuples(st.sampled_from(WEEKDAYS), spans).map(lambda one: (one[0], *one[1]))
    calendars = tuple(
        calendar(f"c{number}", draw(st.sampled_from(ZONES)), *draw(st.lists(window, min_size=1, max_size=4)))
        for number in range(draw(st.integers(1, 2)))
    )
    given = tuple(
        Roster(
            id=f"r{number}",
            team=draw(st.sampled_from(("desk", "experts"))),
            timezone=draw(st.sampled_from(ZONES)),
            from_date=draw(st.none() | st.just(begin + timedelta(days=9))),
            to_date=draw(st.none() | st.just(begin + timedelta(days=16))),
            shifts=tuple(draw(st.lists(shifts(), min_size=1, max_size=3))),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    tiers = (SupportTier(tier=1, team="desk"), SupportTier(tier=1, team="experts"))
    service = {"support_tiers": tiers, "after_hours_cover": draw(st.sampled_from(("On Call", "On Duty")))}
    return plan_of(
        calendars, *given, service=service, period_start=begin, period_end=begin + timedelta(days=27)
    )


def walked(plan: Plan) -> Iterator[tuple[date, datetime, bool, bool, bool]]:
    """Each half hour of each week, in real time: its Monday, its local time, whether it is promised, duty, on call."""
    zone = ZoneInfo(plan.calendars[0].timezone)
    for monday in mondays(plan, TODAY):
        begin, end = (first_minute(day, zone) for day in (monday, monday + timedelta(days=7)))
        for number in range(int((end - begin).total_seconds()) // 1800):
            now = begin + timedelta(minutes=30 * number)
            promised = any(
                lies_in(now, ZoneInfo(one.timezone), row.weekday, row.opens, row.closes)
                for one in plan.calendars
                for row in one.windows
            )
            there = [
                any(
                    lies_in(now, ZoneInfo(one.timezone), weekday, row.from_time, row.to_time)
                    and (one.from_date or date.min)
                    <= now.astimezone(ZoneInfo(one.timezone)).date()
                    <= (one.to_date or date.max)
                    for one in plan.rosters
                    for row in one.shifts
                    if row.on_call == on_call
                    for weekday in row.weekdays
                )
                for on_call in (False, True)
            ]
            yield monday, now.astimezone(zone), promised, *there


def first_minute(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day. None of the zones changes its clocks at midnight."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


@cache
def edge(day: date, hour: str, zone: ZoneInfo) -> datetime:
    """The first instant at which the clock shows an hour, or a later one, walking minute by minute."""
    over, rest = divmod(int(hour[:2]) * 60 + int(hour[3:]), 1440)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(days=over, minutes=rest)
    now = wall.replace(tzinfo=zone, fold=0).astimezone(UTC) - timedelta(hours=3)
    while now.astimezone(zone).replace(tzinfo=None) < wall:
        now += timedelta(minutes=1)
    return now


def lies_in(now: datetime, zone: ZoneInfo, weekday: str, begins: str, ends: str) -> bool:
    local = now.astimezone(zone).date()
    for day in (local - timedelta(days=1), local):
        if WEEKDAYS[day.weekday()] == weekday:
            last = day if ends > begins else day + timedelta(days=1)
            if edge(day, begins, zone) <= now < edge(last, ends, zone):
                return True
    return False


@settings(max_examples=60, deadline=None)
@given(plans())
def test_agrees_with_a_walk_through_every_half_hour(plan: Plan):
    found = coverage(plan, TODAY)
    [cover], [after] = found.covers, found.after_hours
    duty_only = after.service.after_hours_cover == "On Duty"
    walk = list(walked(plan))
    holes = [(monday, local, asked and not duty and not call) for monday, local, asked, duty, call in walk]
    promised = {monday for monday, _, asked, _, _ in walk if asked}
    outside = [
        (monday, local, monday in promised and not asked and not duty and (duty_only or not call))
        for monday, local, asked, duty, call in walk
    ]
    assert by_stretch(cover.holes) == walked_holes(holes)
    assert by_stretch(after.holes) == walked_holes(outside)


def by_stretch(holes: tuple[Hole, ...]) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each hole is, in how many weeks, and how long in all."""
    return {(hole.stretch.start, hole.stretch.stop): (hole.weeks, hole.total) for hole in holes}


def walked_holes(steps: list[tuple[date, datetime, bool]]) -> dict[tuple[int, int], tuple[int, int]]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    begin, long = None, 0
    for number, (monday, local, missing) in enumerate(steps):
        if missing:
            begin = minute(local, monday) if begin is None else begin
            long += 1
        is_last = number + 1 == len(steps) or steps[number + 1][0] != monday
        if begin is not None and (is_last or not steps[number + 1][2]):
            end = 10080 if is_last else minute(steps[number + 1][1], monday)
            weeks, total = found.get((begin, end), (0, 0))
            found[begin, end] = weeks + 1, total + 1800 * long
            begin, long = None, 0
    return found


def minute(local: datetime, monday: date) -> int:
    return ((local.date() - monday).days * 24 + local.hour) * 60 + local.minute


def test_two_hundred_services_take_no_time():
    days = tuple(
        calendar(
            f"c{number}", ZONES[number % 5], *((day, "07:00", f"{17 + number % 6}:00") for day in WEEKDAYS)
        )
        for number in range(20)
    )
    teams = tuple(Team(id=f"t{number}") for number in range(40))
    given = tuple(
        Roster(
            id=f"r{number}",
            team=f"t{number}",
            timezone=ZONES[number % 5],
            from_date=date(2027, 1 + number % 4, 1),
            shifts=(
                shift("Monday to Friday", "06:00", "18:00"),
                shift("Every Day", "18:00", "06:00", on_call=True),
            ),
        )
        for number in range(40)
    )
    services = tuple(
        Service(
            id=f"s{number}",
            customer_facing=True,
            support_tiers=tuple(
                SupportTier(tier=tier, team=f"t{(number + 7 * tier) % 40}") for tier in (1, 2, 3)
            ),
        )
        for number in range(200)
    )
    agreements = tuple(
        Agreement(
            id=f"a{number}",
            kind="SLA",
            service_hours=f"c{number % 20}",
            scope=(AgreementScope(service=f"s{number}"),),
        )
        for number in range(200)
    )
    plan = Plan(
        id="p",
        period_start=date(2027, 1, 1),
        period_end=date(2028, 12, 31),
        calendars=days,
        teams=teams,
        rosters=given,
        services=services,
        agreements=agreements,
    )
    began = time.process_time()
    assert len(coverage(plan, TODAY).covers) == 600
    assert time.process_time() - began < 3
