"""The log of the sign-off: which signatures count, who must wait, what is missed."""

from datetime import datetime, timedelta, timezone

import pytest

from sm_planner.engine.model.events import DONE, FOUND, REFUSED, Event
from sm_planner.engine.model.proof import BROWSER, IMPERSONATED, PASSWORD, TOKEN, Proof
from sm_planner.engine.sealing import log as sign_off_log, seal
from sm_planner.engine.sealing.log import moment
from sm_planner.engine.sign_off import attempts

AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)
HERE = Proof(way=BROWSER, session="here")
WRONG = Proof(kind=PASSWORD, way=BROWSER, session="here")


def event(act, outcome=DONE, user="ana@example.org", at=AT, **rest):
    return Event(act=act, outcome=outcome, user=user, acted_at=moment(at), **rest)


def signed(plan, person):
    signature = seal.countersign(plan, signer=person, signed_at=AT, meaning="I answer for it.")
    return signature, event("Sign", signature=signature.as_text())


def test_signatures_count_until_the_plan_is_returned(minimal):
    sent = event("Send to Sponsor")
    first, first_event = signed(minimal, minimal.executive_sponsor)
    hash = first.content_hash

    def standing(*events):
        return sign_off_log.standing_signatures(events, hash)

    assert standing(sent, first_event) == (first,)
    assert standing(sent, first_event, event("Return")) == ()
    assert standing(sent, first_event, event("Return"), sent) == ()
    assert standing(sent, first_event, event("Return", REFUSED)) == (first,)
    assert standing(sent, first_event, event("Start Revision")) == (first,)


def test_a_signature_of_other_content_does_not_count(minimal):
    _signature, given = signed(minimal, minimal.executive_sponsor)
    assert sign_off_log.standing_signatures([given], "0" * 64) == ()


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


def test_a_seal_that_was_made_and_is_gone_is_missed():
    events = [event("Sign", seal_hash="a" * 64), event("Sign", seal_hash="b" * 64)]

    assert sign_off_log.lost_seals(events, ["a" * 64, "b" * 64]) == ()
    assert sign_off_log.lost_seals(events, ["a" * 64]) == ("b" * 64,)


def test_what_the_watch_found_is_told_once_until_it_finds_something_else():
    found = [event(FOUND, reason="a"), event(FOUND, reason="b")]

    assert sign_off_log.already_found(found, "b")
    assert not sign_off_log.already_found(found, "a")
    assert not sign_off_log.already_found([], "a")


def wrote(account):
    return event("Write", account=account)


def renamed(before, after):
    return event("Rename Account", account_before=before, account=after)


def test_an_author_stays_one_under_every_later_name():
    events = [wrote("ana@example.org"), renamed("ANA@example.org", "b@example.org"), wrote("bo@example.org")]
    further = renamed("b@example.org", "c@example.org")

    assert sign_off_log.authors([*events, further]) == (
        "ana@example.org",
        "b@example.org",
        "bo@example.org",
        "c@example.org",
    )


def test_who_got_a_name_before_an_author_had_it_is_none():
    events = [renamed("ana@example.org", "edith@example.org"), wrote("ana@example.org")]
    assert sign_off_log.authors(events) == ("ana@example.org",)


def test_other_acts_make_nobody_an_author():
    other = event("Change Account", person="ana", account_before="x@example.org", account="y@example.org")
    assert sign_off_log.authors([event("Sign"), other, event("Send to Sponsor")]) == ()


def test_what_an_account_was_called_before():
    events = [renamed("a@example.org", "b@example.org"), renamed("b@example.org", "C@example.org")]

    assert sign_off_log.former_names(events, "c@example.org") == ("a@example.org", "b@example.org")
    assert sign_off_log.former_names(events, "a@example.org") == ()


def test_the_accounts_that_stood_for_a_person():
    events = [
        event("Change Account", person="ana", account_before="", account="a@example.org"),
        event("Change Account", person="ana", account_before="a@example.org", account="b@example.org"),
        event("Change Account", person="bo", account_before="x@example.org", account="y@example.org"),
    ]
    assert sign_off_log.accounts_of(events, "ana") == ("a@example.org", "b@example.org")
