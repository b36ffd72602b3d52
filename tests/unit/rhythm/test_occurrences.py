"""Which reviews are due, late, planned ahead and dropped."""

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.model import Improvement, Person, Plan
from sm_planner.engine.model.reviews import (
    Review,
    ReviewAttendance,
    ReviewDecision,
    ReviewMember,
    ReviewRhythm,
    Trigger,
)
from sm_planner.engine.rhythm.decisions import open_decisions
from sm_planner.engine.rhythm.occurrences import State, days_late, next_review, state, to_drop, to_plan
from sm_planner.engine.rhythm.triggers import version_due, waiting
from sm_planner.engine.sealing import seal

TODAY = date(2026, 6, 1)
QUARTERLY = ReviewRhythm(kind="Plan Review", months=3, first_date=date(2026, 3, 31), chair="ana")


def plan(*reviews: Review, rhythm=(QUARTERLY,), **fields) -> Plan:
    people = (Person(id="ana", title="Ana"), Person(id="bo", title="Bo"), Person(id="cy", title="Cy"))
    return Plan(
        id="p",
        executive_sponsor="bo",
        people=people,
        review_rhythm=rhythm,
        review_members=(ReviewMember(person="cy"), ReviewMember(kind="Supplier Review", person="ana")),
        reviews=reviews,
        **fields,
    )


def review(scheduled: date, **fields) -> Review:
    return Review(kind="Plan Review", scheduled=scheduled, chair="ana", **fields)


def test_reviews_are_planned_a_year_ahead_with_those_who_take_part():
    wanted = to_plan(plan(), TODAY)
    assert [one.scheduled.isoformat() for one in wanted] == [
        "2026-03-31",
        "2026-06-30",
        "2026-09-30",
        "2026-12-31",
        "2027-03-31",
    ]
    assert {one.chair for one in wanted} == {"ana"}
    assert [row.person for row in wanted[0].attendance] == ["ana", "bo", "cy"]
    assert all(one.from_rhythm for one in wanted)


def test_planning_twice_plans_nothing_more():
    planned = plan(*to_plan(plan(), TODAY))
    assert to_plan(planned, TODAY) == ()
    assert to_drop(planned, TODAY) == ()


def test_of_what_was_missed_before_anybody_planned_only_the_last_is_planned():
    long_ago = replace(QUARTERLY, first_date=date(2020, 3, 31))
    wanted = to_plan(plan(rhythm=(long_ago,)), TODAY)
    assert wanted[0].scheduled == date(2026, 3, 31)


def test_what_stands_twice_in_the_rhythm_is_planned_once():
    assert len(to_plan(plan(rhythm=(QUARTERLY, QUARTERLY)), TODAY)) == 5


def test_a_changed_rhythm_drops_what_nobody_has_touched():
    planned = to_plan(plan(), TODAY)
    moved = replace(planned[2], moved_to=date(2026, 10, 7), move_reason="Fair")
    by_hand = review(date(2026, 8, 8))
    changed = replace(QUARTERLY, first_date=date(2026, 4, 15))
    dropped = to_drop(plan(*planned[:2], moved, *planned[3:], by_hand, rhythm=(changed,)), TODAY)
    assert dropped == (planned[1], planned[3], planned[4])


@pytest.mark.parametrize(
    ("fields", "expected", "late"),
    [
        ({}, State.OVERDUE, 31),
        ({"moved_to": date(2026, 6, 1)}, State.MOVED, 31),
        ({"moved_to": date(2026, 5, 31)}, State.OVERDUE, 31),
        ({"held_on": date(2026, 5, 3)}, State.HELD, 2),
        ({"held_on": date(2026, 4, 3)}, State.HELD, 0),
        ({"skip_reason": "Merger"}, State.SKIPPED, 0),
    ],
)
def test_lateness_is_counted_from_the_scheduled_day(fields, expected, late):
    one = review(date(2026, 5, 1), **fields)
    assert (state(one, TODAY), days_late(one, TODAY)) == (expected, late)


def test_a_review_ahead_is_planned_and_not_late():
    one = review(date(2026, 6, 30))
    assert (state(one, TODAY), days_late(one, TODAY)) == (State.PLANNED, 0)


@pytest.mark.parametrize(
    ("reviews", "earlier", "expected"),
    [
        ((), None, date(2026, 3, 31)),
        ((review(date(2026, 3, 31), held_on=date(2026, 4, 7)),), None, date(2026, 6, 30)),
        ((review(date(2026, 3, 31), held_on=date(2026, 4, 7)),), date(2026, 6, 15), date(2026, 6, 15)),
        ((review(date(2026, 3, 31), held_on=date(2026, 4, 7)),), date(2026, 4, 7), date(2026, 6, 30)),
        ((review(date(2026, 3, 31), held_on=date(2026, 4, 7)),), date(2026, 8, 1), date(2026, 6, 30)),
        (
            (
                review(date(2026, 3, 31), held_on=date(2026, 4, 7)),
                review(date(2026, 6, 30), moved_to=date(2026, 7, 9)),
            ),
            None,
            date(2026, 7, 9),
        ),
        ((review(date(2026, 3, 31), skip_reason="Merger"),), None, date(2026, 6, 30)),
        ((review(date(2026, 6, 30), held_on=date(2026, 5, 30)),), None, date(2026, 9, 30)),
        (
            (
                review(date(2026, 3, 31), held_on=date(2026, 3, 31)),
                review(date(2026, 6, 30), skip_reason="Merger"),
            ),
            None,
            date(2026, 9, 30),
        ),
    ],
)
def test_the_next_review_follows_from_the_last_one_and_may_be_set_earlier(reviews, earlier, expected):
    assert next_review(plan(*reviews, next_review=earlier), TODAY) == expected


def test_without_rhythm_and_date_nothing_says_when_the_next_review_is():
    assert next_review(plan(rhythm=()), TODAY) is None


def test_a_decision_is_open_until_it_is_done_or_what_it_became_has_ended():
    decisions = (
        ReviewDecision(text="a", kind="Improve"),
        ReviewDecision(text="b", kind="No Action"),
        ReviewDecision(text="c", kind="Resource", done_on=TODAY),
        ReviewDecision(text="d", kind="Change Plan", became="T1"),
        ReviewDecision(text="e", kind="Change Plan", became="T2"),
        ReviewDecision(text="f", kind="Change Plan", became="T3"),
        ReviewDecision(text="g", kind="Improve", became="I1"),
        ReviewDecision(text="h", kind="Improve", became="I2"),
    )
    triggers = (
        Trigger(id="T1", title="t", kind="KPI", status="Done"),
        Trigger(id="T2", title="t", kind="KPI", status="Version Due", decided_on=date(2026, 4, 1)),
        Trigger(id="T3", title="t", kind="KPI", status="Version Due", decided_on=date(2026, 3, 31)),
    )
    improvements = (Improvement(id="I1", status="Verify"), Improvement(id="I2", status="Closed"))
    signed = seal.make(
        plan(),
        signer="bo",
        signed_at=datetime(2026, 4, 1, tzinfo=timezone.utc),
        meaning="Yes.",
        channel="test",
    )
    held = review(date(2026, 3, 31), held_on=date(2026, 3, 31), decisions=decisions)
    unheld = review(date(2026, 6, 30), decisions=decisions)
    found = open_decisions(plan(held, unheld, triggers=triggers, improvements=improvements, seals=(signed,)))
    assert [(one.number, one.decision.text) for one in found] == [(1, "a"), (5, "e"), (7, "g")]


def test_a_deferred_trigger_waits_again_once_its_day_has_passed():
    triggers = (
        Trigger(id="a", kind="KPI"),
        Trigger(id="b", kind="KPI", status="Deferred", deferred_until=TODAY),
        Trigger(id="c", kind="KPI", status="Deferred", deferred_until=date(2026, 5, 31)),
        Trigger(id="d", kind="KPI", status="Done"),
        Trigger(id="e", kind="KPI", status="Version Due"),
    )
    found = plan(triggers=triggers)
    assert [one.id for one in waiting(found, TODAY)] == ["a", "c"]
    assert [one.id for one in version_due(found)] == ["e"]


def test_those_noted_before_count_as_touched_only_if_they_came():
    planned = to_plan(plan(), TODAY)
    came = replace(planned[1], attendance=(ReviewAttendance(person="cy", attended=True),))
    changed = replace(QUARTERLY, first_date=date(2026, 4, 15))
    assert to_drop(plan(came, planned[2], rhythm=(changed,)), TODAY) == (planned[2],)
