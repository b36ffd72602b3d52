"""The log of the sign-off: which signatures count, what is missed, who is known by which account."""

from datetime import datetime, timezone

from sm_planner.engine.model.events import DONE, FOUND, REFUSED, Event
from sm_planner.engine.model.proof import BROWSER, PASSWORD, Proof
from sm_planner.engine.sealing import log, seal
from sm_planner.engine.sealing.log import moment

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
        return log.standing_signatures(events, hash)

    assert standing(sent, first_event) == (first,)
    assert standing(sent, first_event, event("Return")) == ()
    assert standing(sent, first_event, event("Return"), sent) == ()
    assert standing(sent, first_event, event("Return", REFUSED)) == (first,)
    assert standing(sent, first_event, event("Start Revision")) == (first,)


def test_a_signature_of_other_content_does_not_count(minimal):
    _signature, given = signed(minimal, minimal.executive_sponsor)
    assert log.standing_signatures([given], "0" * 64) == ()


def test_a_seal_that_was_made_and_is_gone_is_missed():
    events = [event("Sign", seal_hash="a" * 64), event("Sign", seal_hash="b" * 64)]

    assert log.lost_seals(events, ["a" * 64, "b" * 64]) == ()
    assert log.lost_seals(events, ["a" * 64]) == ("b" * 64,)


def test_what_the_watch_found_is_told_once_until_it_finds_something_else():
    found = [event(FOUND, reason="a"), event(FOUND, reason="b")]

    assert log.already_found(found, "b")
    assert not log.already_found(found, "a")
    assert not log.already_found([], "a")


def wrote(account):
    return event("Write", account=account)


def renamed(before, after):
    return event("Rename Account", account_before=before, account=after)


def test_an_author_stays_one_under_every_later_name():
    events = [wrote("ana@example.org"), renamed("ANA@example.org", "b@example.org"), wrote("bo@example.org")]
    further = renamed("b@example.org", "c@example.org")

    assert log.authors([*events, further]) == (
        "ana@example.org",
        "b@example.org",
        "bo@example.org",
        "c@example.org",
    )


def test_who_got_a_name_before_an_author_had_it_is_none():
    events = [renamed("ana@example.org", "edith@example.org"), wrote("ana@example.org")]
    assert log.authors(events) == ("ana@example.org",)


def test_other_acts_make_nobody_an_author():
    other = event("Change Account", person="ana", account_before="x@example.org", account="y@example.org")
    assert log.authors([event("Sign"), other, event("Send to Sponsor")]) == ()


def test_what_an_account_was_called_before():
    events = [renamed("a@example.org", "b@example.org"), renamed("b@example.org", "C@example.org")]

    assert log.former_names(events, "c@example.org") == ("a@example.org", "b@example.org")
    assert log.former_names(events, "a@example.org") == ()


def test_the_accounts_that_stood_for_a_person():
    events = [
        event("Change Account", person="ana", account_before="", account="a@example.org"),
        event("Change Account", person="ana", account_before="a@example.org", account="b@example.org"),
        event("Change Account", person="bo", account_before="x@example.org", account="y@example.org"),
    ]
    assert log.accounts_of(events, "ana") == ("a@example.org", "b@example.org")
