"""When something is to be said again, what was left out, for whom it is, and who hears it first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.communication import audience, feedback, runs
from sm_planner.engine.communication.briefing import orders
from sm_planner.engine.model import Person, Plan, Role, RoleHolder, Service, Stakeholder, Team
from sm_planner.engine.model.communication import (
    BriefingConfirmation,
    Communication,
    CommunicationRun,
    Feedback,
)
from sm_planner.engine.model.parties import TeamMember
from sm_planner.engine.model.vocabulary import FREQUENCIES
from sm_planner.engine.part.dues import Todo, dues
from sm_planner.engine.part.waiting import waiting
from sm_planner.engine.rhythm.frequencies import days_of, nth, period_after, place

TODAY = date(2026, 6, 1)
TALK = Communication(id="talk", title="Talk", frequency="Monthly", first_date=date(2026, 1, 31), sender="bo")
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
SERIES = st.builds(Communication, id=st.just("c"), frequency=st.sampled_from(FREQUENCIES), first_date=DAYS)


def plan_with(one: Communication, *days: date, **more: object) -> Plan:
    held = tuple(CommunicationRun(communication=one.id, day=day) for day in days)
    return Plan(id="p", communications=(one,), communication_runs=held, **more)


@given(DAYS, st.sampled_from(FREQUENCIES), DAYS)
def test_the_place_of_a_day_is_that_of_the_last_day_of_the_series_before_it(first, frequency, day):
    number = place(first, frequency, day)
    if number >= 0:
        assert nth(first, frequency, number) <= day < nth(first, frequency, number + 1)
    else:
        assert day < first


@given(DAYS, st.sampled_from(FREQUENCIES), DAYS, st.integers(0, 900))
def test_days_between_two_days_are_those_of_the_whole_series(first, frequency, since, length):
    until = since + timedelta(length)
    found = list(days_of(first, frequency, since, until))
    slow, number = [], 0
    while (day := nth(first, frequency, number)) <= until:
        slow += [day] * (day >= since)
        number += 1
    assert found == slow


def test_a_series_of_the_last_of_january_comes_back_to_the_31st():
    days = list(days_of(date(2027, 1, 31), "Monthly", date(2027, 1, 1), date(2027, 4, 30)))
    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert period_after(date.max, "Daily") == date.max


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, date(2026, 1, 31)),
        (date(2025, 6, 1), date(2026, 1, 31)),  # long before the first day
        (date(2026, 1, 20), date(2026, 2, 28)),  # a little early
        (date(2026, 2, 5), date(2026, 2, 28)),  # a little late
        (date(2026, 2, 27), date(2026, 3, 31)),
    ],
)
def test_a_run_stands_for_the_day_that_is_nearest(last, due):
    assert runs.due_after(TALK, last) == due


@given(SERIES, st.lists(DAYS, max_size=4))
def test_held_on_each_of_its_days_it_has_no_gap(one, later):
    days = [nth(one.first_date, one.frequency, number) for number in range(6)]
    plan = plan_with(one, *days)
    assert runs.gaps(plan, one, days[-1]) == ()
    assert runs.next_due(plan, one, days[-1]) == nth(one.first_date, one.frequency, 6)


@given(SERIES, st.lists(DAYS, max_size=6), DAYS)
def test_gaps_are_late_in_order_and_one_open_one_means_that_the_next_is_overdue(one, days, today):
    plan = plan_with(one, *days)
    found = runs.gaps(plan, one, today)
    assert all(gap.days > 0 and gap.wanted < gap.until <= today for gap in found)
    assert all(not gap.is_open for gap in found[:-1])
    assert [gap.until for gap in found] == sorted(gap.until for gap in found)
    due = runs.next_due(plan, one, today)
    if found and found[-1].is_open:
        assert due < today
    ahead = list(runs.days_ahead(plan, one, today, date(2036, 1, 1)))
    assert ahead == sorted(set(ahead))
    assert sum(day < today for day in ahead) <= 1


def test_once_is_due_until_it_was_held_and_what_has_ended_is_due_no_more():
    once = replace(TALK, frequency="Once")
    assert runs.next_due(plan_with(once), once, TODAY) == once.first_date
    assert runs.next_due(plan_with(once, date(2026, 5, 1)), once, TODAY) is None
    ended = replace(TALK, last_date=date(2026, 2, 28))
    assert runs.due_after(ended, date(2026, 2, 28)) is None
    assert runs.due_after(replace(TALK, frequency=""), None) is None


def test_a_run_of_days_to_come_was_not_held():
    plan = plan_with(TALK, TODAY + timedelta(1))
    assert runs.held(plan, TALK, TODAY) == ()


PEOPLE = (
    Person(id="ann", title="Ann", unit="Desk", level="First Line"),
    Person(id="bo", title="Bo", unit="desk ", level="Staff"),
    Person(id="cy", title="Cy", level="Middle Management"),
)
PARTIES = {
    "people": PEOPLE,
    "teams": (Team(id="t", title="Team", lead="cy", members=(TeamMember(person="bo"),)),),
    "roles": (Role(id="r", title="R", holders=(RoleHolder(person="cy", to_date=date(2026, 5, 31)),)),),
    "stakeholders": (
        Stakeholder(id="g", title="Group", unit="Desk", preferred_channel="Ward huddle at shift change"),
    ),
}


def test_the_audience_is_that_of_the_day():
    one = replace(TALK, units=("DESK",), teams=("t",), roles=("r", "gone"))
    plan = plan_with(one, **PARTIES)
    assert audience.people(plan, one, date(2026, 5, 31)) == ("cy", "bo", "ann")
    assert audience.people(plan, replace(one, teams=()), TODAY) == ("ann", "bo")
    assert [group.id for group in audience.groups(plan, one)] == ["g"]
    assert str(audience.told(plan, replace(one, teams=(), roles=()), TODAY)) == "DESK: Ann, Bo"


def test_a_channel_is_preferred_where_the_one_names_the_other():
    one = replace(TALK, units=("Desk",), channel="ward huddle")
    plan = plan_with(one, **PARTIES)
    assert audience.not_preferred(plan, one) == ()
    assert [group.id for group in audience.not_preferred(plan, replace(one, channel="Letter"))] == ["g"]


def test_whoever_holds_the_role_of_the_sender_says_it():
    one = replace(TALK, sender="", sender_role="r")
    plan = plan_with(one, **PARTIES)
    assert audience.senders(plan, one, date(2026, 5, 31)) == ("cy",)
    assert audience.senders(plan, one, TODAY) == ()


@given(st.integers(-5, 5), st.booleans(), st.booleans())
def test_a_supervisor_comes_first_by_what_was_held_before_what_is_planned(days, told, team_told):
    first, second = date(2026, 7, 10), date(2026, 7, 10) + timedelta(days)
    leads = Communication(
        id="s", kind="Supervisor Briefing", units=("Desk",), frequency="Once", first_date=first
    )
    team = Communication(id="t", kind="Team Briefing", units=("Desk",), frequency="Once", first_date=second)
    held = [CommunicationRun(communication="s", day=first)] * told
    held += [CommunicationRun(communication="t", day=second)] * team_told
    plan = Plan(id="p", people=PEOPLE, communications=(leads, team), communication_runs=tuple(held))
    (order,) = orders(plan, date(2026, 8, 1))
    assert (order.whom, order.team) == ("ann", "Desk")
    assert order.is_kept == (days > 0 and (told or not team_told))


def test_a_later_briefing_of_a_supervisor_takes_the_place_of_the_one_before():
    leads = Communication(
        id="s", kind="Supervisor Briefing", units=("Desk",), frequency="Monthly", first_date=date(2026, 5, 4)
    )
    team = Communication(id="t", kind="Team Briefing", units=("Desk",), frequency="Once")
    first, second = (
        CommunicationRun(communication="s", day=day) for day in (date(2026, 5, 4), date(2026, 6, 4))
    )
    plan = Plan(id="p", people=PEOPLE, communications=(leads, team), communication_runs=(first,))
    later = replace(plan, communication_runs=(first, second))
    word = BriefingConfirmation(communication="s", held_on=second.day, person="ann", day=second.day)

    def unconfirmed(plan: Plan, today: date) -> date | None:
        (order,) = orders(plan, today)
        return order.unconfirmed

    assert unconfirmed(plan, date(2026, 5, 18)) is None
    assert unconfirmed(plan, date(2026, 5, 19)) == first.day
    assert (
        unconfirmed(later, date(2026, 6, 18)) is None
    )  # there is time yet, and the page asks for nothing else
    assert unconfirmed(later, date(2026, 6, 19)) == second.day
    assert unconfirmed(replace(later, briefing_confirmations=(word,)), date(2026, 6, 19)) is None


def test_what_is_to_be_said_stands_among_the_dues_of_its_sender():
    plan = plan_with(TALK, date(2026, 5, 31), people=PEOPLE)
    (due,) = dues(plan, "bo", TODAY)
    assert (due.what, due.record.id, due.day) == (Todo.COMMUNICATE, "talk", date(2026, 6, 30))
    assert not any(one.record and one.record.id == "talk" for one in waiting(plan, TODAY))
    late = plan_with(TALK, people=PEOPLE)
    assert any(one.record and one.record.id == "talk" and one.whom == ("bo",) for one in waiting(late, TODAY))


def test_feedback_waits_for_who_owns_what_it_is_about_until_it_is_answered():
    said = Feedback(id="f", title="Slow", service="s", reported_on=date(2026, 5, 1))
    plan = Plan(
        id="p",
        plan_owner="cy",
        people=PEOPLE,
        services=(Service(id="s", service_owner="ann"),),
        feedback=(said,),
    )
    (due,) = dues(plan, "ann", TODAY)
    assert (due.what, due.day) == (Todo.ANSWER, date(2026, 5, 15))
    assert feedback.is_late(plan, said, TODAY)
    assert feedback.who_answers(plan, replace(said, service="")) == "cy"
    answered = replace(plan, feedback=(replace(said, answer="Faster in May"),))
    assert dues(answered, "ann", TODAY) == ()
    assert feedback.unanswered(replace(plan, feedback=(replace(said, kind="Praise"),))) == ()
