"""Who is told of reviews and decisions on which days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sm_planner.engine.model import Person, Plan
from sm_planner.engine.model.reviews import Review, ReviewAttendance, ReviewDecision, ReviewMember
from sm_planner.engine.reviews.reminders import reminders

DAY = date(2026, 6, 1)
REVIEW = Review(kind="Plan Review", scheduled=DAY, chair="ana")


def told(review: Review, after: int) -> list[tuple[str, str]]:
    """Whom a reminder goes to, and what it says, so many days after the review."""
    plan = Plan(
        id="p",
        executive_sponsor="bo",
        people=(Person(id="ana", title="Ana"), Person(id="bo", title="Bo")),
        review_members=(ReviewMember(person="cy"),),
        reviews=(review,),
    )
    return [(one.person, str(one.text)) for one in reminders(plan, DAY + timedelta(days=after))]


@pytest.mark.parametrize("after", [-14, -1])
def test_who_takes_part_is_told_two_weeks_and_a_day_before(after):
    assert told(REVIEW, after) == [
        (person, "Plan Review takes place on 2026-06-01.") for person in ("ana", "bo", "cy")
    ]


@pytest.mark.parametrize("after", [-13, -2, 0, 2, 7])
def test_on_other_days_nobody_is_told(after):
    assert told(REVIEW, after) == []


@pytest.mark.parametrize(("after", "late"), [(1, "1 day late."), (8, "8 days late."), (15, "15 days late.")])
def test_the_chair_is_told_of_a_late_review_at_once_and_then_each_week(after, late):
    assert told(REVIEW, after) == [("ana", f"Plan Review was scheduled for 2026-06-01 and is {late}")]


def test_of_a_review_that_was_moved_the_new_day_counts_and_it_is_late_from_the_old_one():
    moved = replace(REVIEW, moved_to=DAY + timedelta(days=10), move_reason="Strike")
    assert told(moved, 1) == []
    assert [text for _person, text in told(moved, 11)] == [
        "Plan Review was scheduled for 2026-06-01 and is 11 days late."
    ]


def test_nobody_is_told_of_what_is_skipped():
    assert told(replace(REVIEW, skip_reason="Merger"), 1) == []


@pytest.mark.parametrize(("after", "expected"), [(0, 0), (1, 1), (8, 1), (15, 0), (22, 0)])
def test_the_sponsor_is_asked_to_confirm_for_two_weeks(after, expected):
    held = replace(
        REVIEW,
        held_on=DAY,
        attendance=(
            ReviewAttendance(person="bo", attended=True),
            ReviewAttendance(person="cy", attended=True),
        ),
    )
    assert told(held, after) == [("bo", "Plan Review of 2026-06-01: confirm that you were there.")] * expected
    confirmed = replace(held, attendance=(replace(held.attendance[0], confirmed=DAY),))
    assert told(confirmed, after) == []


@pytest.mark.parametrize(("after", "expected"), [(13, 1), (20, 0), (21, 1), (22, 0), (28, 1)])
def test_the_owner_of_a_decision_is_told_a_week_before_it_is_due_and_when_it_is_late(after, expected):
    decision = ReviewDecision(text="Train", kind="Improve", person="cy", due=DAY + timedelta(days=20))
    held = replace(REVIEW, held_on=DAY, decisions=(decision,))
    assert told(held, after) == [("cy", "Decision of Plan Review, due 2026-06-21: Train")] * expected
    assert told(replace(held, decisions=(replace(decision, done_on=DAY),)), after) == []
