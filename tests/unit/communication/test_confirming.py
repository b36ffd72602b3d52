"""Who confirmed that he heard something, and what of it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, strategies as st

from sm_planner.engine.communication import confirming
from sm_planner.engine.model import Person, Plan
from sm_planner.engine.model.communication import BriefingConfirmation, Communication, CommunicationRun
from sm_planner.engine.part.dues import Todo, dues

TODAY = date(2026, 6, 1)
SAID = date(2026, 5, 20)
TALK = Communication(
    id="c", title="Talk", kind="Team Briefing", message="Stay.", sender="bo", frequency="Once"
)
RUN = CommunicationRun(communication="c", day=SAID, reached=("ann", "bo", "cy"), message="Stay.")
PEOPLE = tuple(Person(id=id, title=id.title()) for id in ("ann", "bo", "cy"))
FACTS = st.lists(
    st.builds(
        BriefingConfirmation,
        communication=st.just("c"),
        held_on=st.sampled_from((SAID, SAID - timedelta(1))),
        person=st.sampled_from(("ann", "bo", "cy", "dan")),
        day=st.dates(SAID - timedelta(3), TODAY + timedelta(3)),
        shown=st.sampled_from(("", "0" * 64, confirming.hash_of_run(TALK, RUN))),
        entered_by=st.sampled_from(("", "Planner")),
    ),
    max_size=6,
)


def plan_with(*facts: BriefingConfirmation, **more: object) -> Plan:
    values = {"people": PEOPLE, "communications": (TALK,), "communication_runs": (RUN,), **more}
    return Plan(id="p", briefing_confirmations=facts, **values)


@given(FACTS)
def test_what_counts_is_of_a_hearer_of_that_run_between_its_day_and_today_of_what_was_shown(facts):
    plan = plan_with(*facts)
    counting = {
        fact.person
        for fact in facts
        if fact.person in ("ann", "cy")  # bo said it; nobody knows dan
        and fact.held_on == SAID
        and SAID <= fact.day <= TODAY
        and fact.shown != "0" * 64
    }
    assert {*confirming.confirmed_by(plan, TALK, RUN, TODAY)} == counting
    for person in ("ann", "cy"):
        asked = [one for one in dues(plan, person, TODAY) if one.what is Todo.CONFIRM]
        assert bool(asked) is (person not in counting)
        assert all(one.day == SAID + confirming.PATIENCE for one in asked)


@given(FACTS)
def test_ones_own_word_goes_before_what_was_entered_for_one(facts):
    one = confirming.heard(plan_with(*facts), TALK, RUN, "ann", TODAY)
    own = [
        fact
        for fact in facts
        if fact.person == "ann"
        and not fact.entered_by
        and fact.held_on == SAID
        and SAID <= fact.day <= TODAY
        and fact.shown != "0" * 64
    ]
    assert one.is_own is bool(own)


def test_another_message_of_a_later_version_asks_nobody_again_and_a_corrected_run_does():
    shown = confirming.hash_of_run(TALK, RUN)
    assert confirming.hash_of_run(replace(TALK, message="Go."), RUN) == shown
    assert confirming.hash_of_run(TALK, replace(RUN, answers="Extension 12.")) != shown
    assert confirming.hash_of_run(TALK, replace(RUN, message="")) == shown


def test_of_a_meeting_and_of_the_run_before_nothing_is_asked():
    meeting = replace(TALK, kind="Meeting")
    assert not [*confirming.heard_by(plan_with(communications=(meeting,)), "ann", TODAY)]
    later = replace(RUN, day=SAID + timedelta(1))
    (one,) = confirming.heard_by(plan_with(communication_runs=(RUN, later)), "ann", TODAY)
    assert one.run == later


def test_nobody_confirmed_it_is_told_after_a_while_where_people_are_known_by_name():
    late = SAID + confirming.PATIENCE + timedelta(1)
    assert not confirming.is_unheard(plan_with(), TALK, late - timedelta(1))
    assert confirming.is_unheard(plan_with(), TALK, late)
    unnamed = replace(RUN, reached=(), people_reached=9)
    assert not confirming.is_unheard(plan_with(communication_runs=(unnamed,)), TALK, late)
