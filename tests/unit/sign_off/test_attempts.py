"""Refused attempts to sign: who must wait, and what is told."""

from datetime import datetime, timedelta, timezone

import pytest

from sm_planner.engine.model.events import DONE, REFUSED, Event
from sm_planner.engine.model.proof import BROWSER, IMPERSONATED, PASSWORD, TOKEN, Proof
from sm_planner.engine.sealing.log import moment
from sm_planner.engine.sign_off import attempts

AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)
HERE = Proof(way=BROWSER, session="here")
WRONG = Proof(kind=PASSWORD, way=BROWSER, session="here")


def event(act: str, outcome: str = DONE, at: datetime = AT, proof: str = "") -> Event:
    return Event(act=act, outcome=outcome, user="ana@example.org", acted_at=moment(at), proof=proof)


def refused_at(minute, proof=HERE):
    return event("Sign", REFUSED, at=AT + timedelta(minutes=minute), proof=proof.as_text())


def hurry(of_plan, minute=0, user="ana@example.org", proof=HERE, elsewhere=()):
    of_user = [*of_plan, *elsewhere]
    refusal = attempts.refuse_after_refusals(of_plan, of_user, user, AT + timedelta(minutes=minute), proof)
    return refusal and str(refusal)


def test_after_five_refused_signatures_a_user_waits():
    refused = [refused_at(minute) for minute in range(5)]

    assert hurry(refused[:4], 6) is None
    assert hurry(refused, 6, "ANA@example.org") == (
        "5 signatures of yours were refused. Wait 15 minutes before you try again."
    )
    assert hurry(refused, 6, "bo@example.org") is None
    assert hurry(refused, 16) is None


def test_the_user_waits_in_every_session_and_for_what_the_log_kept_before_it_knew_sessions():
    elsewhere = [refused_at(minute, Proof(way=BROWSER, session="elsewhere")) for minute in range(3)]
    older = [event("Sign", REFUSED, at=AT + timedelta(minutes=minute)) for minute in range(2)]

    assert "5 signatures of yours were refused." in hurry([*elsewhere, *older], 6)


def test_wrong_passwords_for_other_plans_count_and_other_refusals_do_not():
    assert hurry([], 6, elsewhere=[refused_at(minute) for minute in range(5)]) is None
    assert "Wait 15 minutes" in hurry([], 6, elsewhere=[refused_at(minute, WRONG) for minute in range(5)])
    assert hurry([], 6, elsewhere=[refused_at(minute, WRONG) for minute in range(4)]) is None


@pytest.mark.parametrize("other", [Proof(way=TOKEN), Proof(way=IMPERSONATED, by="root@example.org")])
def test_what_others_try_in_other_ways_does_not_make_the_user_wait(other):
    refused = [refused_at(minute, other) for minute in range(5)]

    assert hurry(refused, 6) is None
    assert "Wait 15 minutes" in hurry(refused, 6, proof=other)


def test_a_session_in_which_many_were_refused_signs_no_more_and_others_do():
    """Else whoever sits at a session left open could keep its user waiting for ever."""
    refused = [refused_at(20 * number) for number in range(10)]

    assert hurry(refused[:9], 400) is None
    assert hurry(refused, 400) == (
        "10 signatures were refused since this log-in. Log out and in again before you sign."
    )
    assert hurry(refused, 400, proof=Proof(way=BROWSER, session="new")) is None


def test_neither_other_acts_nor_signatures_that_counted_make_anybody_wait():
    assert hurry([event("Return", REFUSED)] * 9 + [event("Sign")] * 9) is None


def test_that_somebody_tried_in_anothers_place_is_told_once_a_day():
    root = Proof(way=IMPERSONATED, by="root@example.org")
    first, second = refused_at(0, root), refused_at(5, root)
    now = AT + timedelta(minutes=5)

    assert not attempts.tried_before([first], root, AT)
    assert attempts.tried_before([first, second], root, now)
    other = refused_at(5, Proof(way=IMPERSONATED, by="toor@example.org"))
    assert not attempts.tried_before([first, other], Proof(way=IMPERSONATED, by="toor@example.org"), now)
    assert not attempts.tried_before([first, second], root, now + timedelta(days=1, minutes=1))
