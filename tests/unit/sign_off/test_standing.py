"""The head of a plan's form says what its state means today, and that somebody sent it back."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from sm_planner.engine.model import PLAN_STATES, Plan
from sm_planner.engine.model.events import DONE, REFUSED, Event
from sm_planner.engine.sign_off.standing import can_be_taken_back, returned, standing

YEAR = Plan(
    id="p", title="Plan", state="Active", period_start=date(2027, 1, 1), period_end=date(2027, 12, 31)
)


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 11, 28), "This plan is signed. Its period begins on 2027-01-01."),
        (date(2027, 1, 1), "This plan is signed and in force."),
        (date(2027, 12, 31), "This plan is signed and in force."),
        (date(2028, 1, 1), "This plan is signed. Its period ended on 2027-12-31. Start a revision."),
    ],
)
def test_a_signed_plan_is_in_force_in_its_period(today, says):
    assert str(standing(YEAR, today)) == says


def test_a_signed_plan_without_a_period_is_in_force():
    assert (
        str(standing(Plan(id="p", state="Active"), date(2027, 1, 1))) == "This plan is signed and in force."
    )


@pytest.mark.parametrize("state", PLAN_STATES)
def test_every_state_is_told(state):
    assert str(standing(dataclasses.replace(YEAR, state=state), date(2027, 3, 1)))


def event(act: str, outcome: str = DONE, reason: str = "") -> Event:
    return Event(act=act, outcome=outcome, user="a@x", acted_at="2027-01-04T10:00:00.000000Z", reason=reason)


SENT = (event("Send for Review"), event("Send to Sponsor"))
BACK = event("Return", reason="The money is missing.")


def test_a_draft_that_was_sent_back_says_by_whom_and_why():
    assert returned("Draft", (*SENT, BACK)) == BACK
    assert returned("Draft", (*SENT, BACK, event("Send for Review", REFUSED))) == BACK


def test_who_goes_on_writing_after_a_return_does_not_hide_it():
    assert returned("Draft", (*SENT, BACK, event("Write"))) == BACK


def test_a_plan_that_went_on_since_is_not_told_as_returned():
    assert returned("In Review", (*SENT, BACK, event("Send for Review"))) is None
    assert returned("Draft", ()) is None
    assert returned("To Sign", SENT) is None


def by(user: str, one: Event) -> Event:
    return dataclasses.replace(one, user=user)


def test_who_sent_a_plan_for_review_takes_it_back_while_nobody_else_acted():
    sent = by("author@x", event("Send for Review"))
    assert can_be_taken_back("In Review", (sent,), "author@x")
    assert can_be_taken_back(
        "In Review", (sent, event("Send to Sponsor", REFUSED), event("Write")), "author@x"
    )
    assert not can_be_taken_back("In Review", (sent,), "other@x")
    assert not can_be_taken_back("In Review", (), "author@x")
    assert not can_be_taken_back("To Sign", (sent, by("author@x", event("Send to Sponsor"))), "author@x")


def test_what_one_took_back_oneself_is_not_told_as_returned():
    sent, back = by("author@x", event("Send for Review")), by("author@x", event("Return"))
    assert returned("Draft", (sent, back)) is None
    assert returned("Draft", (sent, by("other@x", back))) is not None
    said = dataclasses.replace(back, reason="Not yet.")
    assert returned("Draft", (sent, said)) == said
