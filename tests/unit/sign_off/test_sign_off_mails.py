"""What mails about the sign-off say, and what the daily watch finds worth telling."""

import dataclasses
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.checks import check
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sign_off import watch
from sm_planner.engine.texts import say
from sm_planner.reports import sign_off_mails

TODAY = date(2027, 1, 4)
KEY = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)


@pytest.fixture
def made(minimal):
    return seal.make(
        minimal,
        signer=minimal.executive_sponsor,
        signed_at=AT,
        meaning="I approve and fund it.",
        channel="test",
        key=KEY,
    )


@pytest.fixture
def in_force(minimal, made):
    return dataclasses.replace(minimal, state="Active", seals=(made,))


def found(plan):
    return [
        str(text)
        for text in watch.found(
            plan, seal.verify(dataclasses.replace(plan, key_ring=KeyRing(signing=KEY.public))), TODAY
        )
    ]


def test_a_mail_to_sign_has_why_three_numbers_and_the_hash(minimal, in_force):
    hash = canonical.content_hash(minimal)
    mail = sign_off_mails.to_sign(minimal, check(minimal, TODAY), hash)

    assert str(mail.subject) == f"To sign: {minimal.title}"
    assert mail.quote == minimal.why
    assert [number for number, _label in mail.numbers] == [
        len(minimal.services),
        len(minimal.agreements),
        len(check(minimal, TODAY).failed),
    ]
    assert [value for _label, value in mail.hashes] == [hash]
    later = sign_off_mails.to_sign(in_force, check(in_force, TODAY), hash)
    assert [value for _label, value in later.hashes] == [hash, in_force.seals[0].seal_hash]


def test_a_mail_about_a_review_says_who_sent_it_and_what_comes_next(minimal):
    mail = sign_off_mails.in_review(minimal, check(minimal, TODAY), "Ada")

    assert str(mail.subject) == f"In review: {minimal.title}"
    assert str(mail.intro) == f"Ada sent version {minimal.version} for review."
    assert "send it to its sponsor. Or return it" in str(mail.closing)


def test_a_deputy_is_told_for_whom(minimal):
    mail = sign_off_mails.to_sign(minimal, check(minimal, TODAY), "0" * 64, "Ada")
    assert "that you may give on behalf of Ada" in str(mail.intro)


def test_a_mail_about_a_signature_holds_the_seal_hash(minimal, made):
    mail = sign_off_mails.signed(minimal, made)

    assert [value for _label, value in mail.hashes] == [made.seal_hash]
    assert (
        f"{made.signer_name} signed version {made.version} on 2027-01-04 10:00:00 UTC, and it is sealed."
        in str(mail.intro)
    )
    assert mail.quote == made.meaning


def test_a_mail_about_a_signature_before_the_last_says_that_others_follow(minimal):
    given = seal.countersign(
        minimal, signer=minimal.executive_sponsor, signed_at=AT, meaning="I approve and fund it."
    )
    mail = sign_off_mails.signed(minimal, given)

    assert "Other signers follow." in str(mail.intro)
    assert [value for _label, value in mail.hashes] == [given.content_hash]


def test_a_long_list_of_what_was_found_is_cut(minimal):
    mail = sign_off_mails.found(minimal, [say(str(number)) for number in range(12)])

    assert [str(line) for line in mail.lines[-2:]] == ["9", "and 2 more"]


def test_the_watch_finds_nothing_in_a_plan_that_is_as_it_was_signed(in_force):
    assert found(in_force) == []


def test_the_watch_finds_drift_a_broken_seal_and_a_sponsor_who_left(in_force):
    people = tuple(dataclasses.replace(person, enabled=False) for person in in_force.people)
    broken = dataclasses.replace(in_force.seals[0], meaning="I never did.")

    assert found(dataclasses.replace(in_force, why="Because."))[0].startswith("Changed since signing: ")
    assert found(dataclasses.replace(in_force, seals=(broken,)))[0].startswith(
        "The seal does not hold. Seal 1"
    )
    assert "has no enabled user account any more" in found(dataclasses.replace(in_force, people=people))[0]


def test_the_watch_does_not_mind_the_drift_of_a_plan_that_is_superseded(in_force):
    assert found(dataclasses.replace(in_force, state="Superseded", why="Because.")) == []
