"""How many people the rosters of a team need, and who is on two shifts at once: against a walk through every half hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine.model import WEEKDAYS, Improvement, Person, Plan
from sm_planner.engine.model.parties import Team, TeamMember
from sm_planner.engine.model.rosters import Roster, Shift
from sm_planner.engine.model.settings import Settings
from sm_planner.engine.model.vocabulary import SHIFT_DAYS
from sm_planner.engine.rosters.people import clashes, staffing
from sm_planner.engine.rosters.weeks import kinds, mondays
from sm_planner.engine.service_time.service_hours import span_between

TODAY = date(2026, 11, 29)
ZONES = ("Europe/Berlin", "America/New_York", "UTC")
UTC = timezone.utc


def shift(days: str, begins: str, ends: str, **more) -> Shift:
    return Shift(days=days, from_time=begins, to_time=ends, **more)


def plan_of(*rosters: Roster, **more) -> Plan:
    return Plan(
        **{
            "id": "p",
            "period_start": date(2027, 1, 4),
            "period_end": date(2027, 12, 26),
            "people": (Person(id="ann", title="Ann"), Person(id="ben", title="Ben")),
            "teams": (Team(id="desk", title="Desk", members=(TeamMember(person="ann"),)),),
            "rosters": rosters,
            **more,
        }
    )


def roster(*shifts: Shift, **more) -> Roster:
    return Roster(
        **{"id": "r", "title": "Week", "team": "desk", "timezone": "Europe/Berlin", "shifts": shifts, **more}
    )


def desk(plan: Plan):
    [one] = staffing(plan, TODAY)
    return one


def test_hours_on_duty_make_people():
    always = roster(shift("Every Day", "00:00", "24:00"), shift("Every Day", "22:00", "06:00", on_call=True))
    one = desk(plan_of(always))
    assert (one.seconds, one.at_once, one.by_roster, one.there, one.short) == (168 * 3600, 2, 5, 1, 4)
    assert desk(plan_of(always, settings=Settings(full_time_hours=32))).by_roster == 6
    assert desk(plan_of(always, settings=Settings(full_time_hours=None))).needed is None


def test_the_weeks_in_which_clocks_change_need_nobody_more():
    """In autumn 40 hours become 41."""
    one = desk(plan_of(roster(shift("Saturday and Sunday", "00:00", "20:00"))))
    assert (one.seconds, one.by_roster) == (40 * 3600, 1)


def test_people_at_the_same_time_are_several():
    one = desk(plan_of(roster(shift("Monday", "08:00", "10:00", needed=3))))
    assert (one.at_once, one.by_roster) == (3, 3)


def test_what_the_team_says_counts_where_it_is_more():
    team = (Team(id="desk", title="Desk", people_needed=4),)
    assert desk(plan_of(roster(shift("Monday", "08:00", "10:00")), teams=team)).needed == 4


def test_rosters_that_follow_each_other_do_not_add_up():
    first = roster(shift("Every Day", "08:00", "16:00"), id="a", to_date=date(2027, 6, 27))
    later = roster(shift("Every Day", "08:00", "18:00"), id="b", from_date=date(2027, 6, 28))
    assert desk(plan_of(first, later)).seconds == 70 * 3600


def test_rosters_that_follow_each_other_within_a_week_do_not_add_up():
    """1 July 2027 is a Thursday."""
    first = roster(shift("Every Day", "08:00", "16:00"), id="a", to_date=date(2027, 6, 30))
    later = roster(shift("Every Day", "08:00", "16:00"), id="b", from_date=date(2027, 7, 1))
    one = desk(plan_of(first, later))
    assert (one.seconds, one.by_roster) == (56 * 3600, 2)


def test_an_improvement_that_names_the_team_is_what_adds_people():
    hiring = (
        Improvement(id="hire", title="Hire", team="desk"),
        Improvement(id="idea", kind="Suggestion", team="desk"),
    )
    one = desk(plan_of(roster(shift("Every Day", "00:00", "24:00")), improvements=hiring))
    assert [action.id for action in one.actions] == ["hire"]


def test_weeks_of_one_zone_are_the_usual_one_and_those_of_the_clock():
    plan = plan_of()
    found = kinds(mondays(plan, TODAY), ["Europe/Berlin"], ())
    assert sorted(len(one.mondays) for one in found) == [1, 1, 1, 1, 47]
    assert sum(len(one.mondays) for one in found) == 51
    alone = sorted(one.monday for one in found if len(one.mondays) == 1)
    # The night of the Sunday on which clocks change reaches into the Monday after it.
    assert alone == [date(2027, 3, 22), date(2027, 3, 29), date(2027, 10, 25), date(2027, 11, 1)]


@pytest.mark.parametrize("end", [None, date(2026, 12, 1), date(2999, 1, 1)])
def test_weeks_have_an_end(end: date | None):
    found = mondays(Plan(id="p", period_start=date(2027, 1, 1), period_end=end), TODAY)
    assert found[0] in (date(2027, 1, 4), date(2026, 12, 28))
    assert 52 <= len(found) <= 53 * 5
    assert all(day.weekday() == 0 for day in found)


def test_a_plan_of_a_few_days_has_the_week_of_its_first():
    assert mondays(Plan(id="p", period_start=date(2027, 1, 6), period_end=date(2027, 1, 8)), TODAY) == (
        date(2027, 1, 4),
    )


hours = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
spans = st.tuples(hours, hours).filter(lambda pair: pair[0] != pair[1])


@st.composite
def plans(draw) -> Plan:
    begin = draw(st.sampled_from((date(2027, 3, 8), date(2027, 10, 25))))
    given = []
    for number in range(draw(st.integers(1, 3))):
        rows = draw(st.lists(st.tuples(st.sampled_from(SHIFT_DAYS), spans), min_size=1, max_size=2))
        person = draw(st.sampled_from(("ann", "ben")))
        given.append(
            roster(
                *(shift(days, *span, person=person) for days, span in rows),
                id=f"r{number}",
                timezone=draw(st.sampled_from(ZONES)),
                from_date=draw(st.none() | st.just(begin + timedelta(days=10))),
            )
        )
    return plan_of(*given, period_start=begin, period_end=begin + timedelta(days=20))


def is_on(now: datetime, one: Roster, row: Shift) -> bool:
    zone = ZoneInfo(one.timezone)
    local = now.astimezone(zone)
    begins, ends = span_between(row.from_time, row.to_time)
    if one.from_date and local.date() < one.from_date:
        return False
    for day in (local.date() - timedelta(days=1), local.date()):
        if WEEKDAYS[day.weekday()] in row.weekdays:
            first, stop = (instant(day, seconds, zone) for seconds in (begins, ends))
            if first <= now < stop:
                return True
    return False


def instant(day: date, seconds: int, zone: ZoneInfo) -> datetime:
    wall = datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)
    now = wall.replace(tzinfo=zone).astimezone(UTC)
    if now.astimezone(zone).replace(tzinfo=None) == wall:
        return now
    jump = now - timedelta(hours=1)  # in a gap of an hour: at its beginning
    while jump.astimezone(zone).replace(tzinfo=None) < wall:
        jump += timedelta(minutes=30)
    return jump


@settings(max_examples=60, deadline=None)
@given(plans())
def test_who_is_on_two_shifts_at_once_by_a_walk(plan: Plan):
    placed = [(one, number, row) for one in plan.rosters for number, row in enumerate(one.shifts)]
    days = mondays(plan, TODAY)
    expected = set()
    begin = datetime.combine(days[0], datetime.min.time(), UTC) - timedelta(days=1)
    for step in range((len(days) * 7 + 2) * 48):
        now = begin + timedelta(minutes=30 * step)
        there = [one for one in placed if is_on(now, one[0], one[2])]
        for place, first in enumerate(there):
            zone = ZoneInfo(first[0].timezone)
            local = now.astimezone(zone).date()
            if days[0] <= local < days[-1] + timedelta(days=7):
                for second in there[place + 1 :]:
                    if first[2].person == second[2].person:
                        expected.add((first[0].id, first[2], second[0].id, second[2]))
    found = {(one.first[0].id, one.first[1], one.second[0].id, one.second[1]) for one in clashes(plan, TODAY)}
    assert found == expected
