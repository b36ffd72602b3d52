"""Several signers in their order, deputies under a delegation, and the seal that holds all of it."""

import dataclasses
from datetime import date, datetime, timedelta, timezone

import pytest

from sm_planner.engine.checks import check
from sm_planner.engine.model import Person, Signer, seals, states
from sm_planner.engine.model.delegation import Delegation
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.model.signatures import read_signature
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sign_off import refusals as sign_off
from sm_planner.engine.sign_off.refusals import Actor
from sm_planner.engine.sign_off.signers import next_signer, order, refuse_delegation, refuse_revocation

KEY = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
TODAY = date(2027, 1, 4)
AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)
MEANING = "I answer for the money in it."
CFO = Person(id="cfo", title="Cy Adu", user="cy@example.org")
BOARD = Person(id="board", title="Di Roth", user="di@example.org")


@pytest.fixture
def plan(minimal):
    """A plan that Cy signs, then Di, then its sponsor."""
    return dataclasses.replace(
        minimal,
        state=states.TO_SIGN,
        people=(*minimal.people, CFO, BOARD),
        signers=(Signer(person="cfo", stands_for="Finance"), Signer(person="board")),
    )


@pytest.fixture
def sponsor(plan):
    return plan.get("people", plan.executive_sponsor)


@pytest.fixture
def delegation(plan, sponsor):
    """The sponsor is away for a week, and Vi signs."""
    return Delegation(
        id="DEL-00001",
        principal=sponsor.id,
        principal_user=sponsor.user,
        deputy="vi",
        deputy_name="Vi Nowak",
        deputy_user="vi@example.org",
        deputy_enabled=True,
        valid_from=TODAY,
        valid_to=TODAY + timedelta(days=7),
        given_by=sponsor.user,
        given_to="vi@example.org",
        reason="I am on leave for a week.",
    )


def countersigned(plan, *people, **changes):
    return tuple(
        seal.countersign(plan, signer=person, signed_at=AT, meaning=MEANING, key=KEY, **changes)
        for person in people
    )


def refusals(
    plan, user, given=(), delegations=(), contributors=("writer@example.org",), today=TODAY, formerly=()
):
    found = sign_off.refuse_signature(
        plan,
        check(plan, TODAY),
        actor=Actor(user, frozenset([states.SPONSOR])),
        contributors=contributors,
        formerly=formerly,
        meaning=MEANING,
        seen_hash=canonical.content_hash(plan),
        content_hash=canonical.content_hash(plan),
        today=today,
        given=given,
        delegations=delegations,
    )
    return [str(refusal) for refusal in found]


def test_signers_sign_in_their_order_and_the_sponsor_last(plan, sponsor):
    assert order(plan) == ("cfo", "board", sponsor.id)
    first = countersigned(plan, "cfo")
    both = countersigned(plan, "cfo", "board")

    assert [next_signer(plan, given) for given in ((), first, both)] == ["cfo", "board", sponsor.id]
    assert refusals(plan, CFO.user) == []
    assert refusals(plan, BOARD.user, first) == []
    assert refusals(plan, sponsor.user, both) == []


def test_nobody_signs_before_the_turn(plan, sponsor):
    assert refusals(plan, sponsor.user) == ["Cy Adu must sign this plan before anybody else."]
    assert refusals(plan, BOARD.user) == ["Cy Adu must sign this plan before anybody else."]


def test_nobody_signs_twice(plan):
    assert refusals(plan, CFO.user, countersigned(plan, "cfo")) == [
        "Di Roth must sign this plan before anybody else.",
        "You have already signed this plan.",
    ]


def test_who_signed_for_one_does_not_sign_for_another(plan, sponsor, delegation):
    stands_in = dataclasses.replace(
        delegation, deputy="cfo", deputy_user=CFO.user, deputy_name=CFO.title, given_to=CFO.user
    )
    given = countersigned(plan, "cfo", "board")

    assert refusals(plan, CFO.user, given, [stands_in]) == ["You have already signed this plan."]


def test_the_signers_are_part_of_what_is_signed(plan):
    fewer = dataclasses.replace(plan, signers=plan.signers[:1])
    assert canonical.content_hash(fewer) != canonical.content_hash(plan)


def test_a_plan_with_several_signers_is_not_sealed_as_a_file(plan, sponsor):
    found = sign_off.refuse_paper_signature(plan, check(plan, TODAY), signer=sponsor.id, meaning=MEANING)
    assert [str(text) for text in found] == [
        "The plan names signers before its sponsor. They can sign only on a site."
    ]


def test_a_deputy_signs_under_a_delegation(minimal, delegation, sponsor):
    plan = dataclasses.replace(minimal, state=states.TO_SIGN)
    assert refusals(plan, "vi@example.org", delegations=[delegation]) == []
    assert refusals(plan, "VI@example.org", delegations=[delegation]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"revoked": True},
        {"deputy_enabled": False},
        {"plan": "another-plan"},
        {"principal": "somebody-else"},
        {"valid_from": TODAY + timedelta(days=1)},
        {"valid_to": TODAY - timedelta(days=1)},
        {"valid_from": None},
        {"valid_to": None},
    ],
)
def test_a_deputy_does_not_sign_without_a_delegation_that_holds(minimal, delegation, sponsor, changes):
    plan = dataclasses.replace(minimal, state=states.TO_SIGN)
    other = dataclasses.replace(delegation, **changes)

    assert refusals(plan, "vi@example.org", delegations=[other]) == [
        f"Only the executive sponsor, {sponsor.title}, can sign this plan."
    ]


LAPSED = {
    "the person represented has another account": (
        {"principal_user": "other@example.org"},
        "vi@example.org",
        "was given by {sponsor}, who no longer stands for that person. Create a new one.",
    ),
    "the deputy has another account, which tries": (
        {"deputy_user": "other@example.org"},
        "other@example.org",
        "was given to vi@example.org, who no longer stands for the deputy. Create a new one.",
    ),
    "the deputy has another account, that of before tries": (
        {"deputy_user": "other@example.org"},
        "VI@example.org",
        "was given to vi@example.org, who no longer stands for the deputy. Create a new one.",
    ),
    "nobody knows who gave it": (
        {"given_by": ""},
        "vi@example.org",
        "does not say between which accounts it was given. Create a new one.",
    ),
    "nobody knows to whom it was given": (
        {"given_to": ""},
        "vi@example.org",
        "does not say between which accounts it was given. Create a new one.",
    ),
}


@pytest.mark.parametrize("case", LAPSED)
def test_a_delegation_holds_between_the_accounts_of_then_and_says_so(minimal, delegation, sponsor, case):
    changes, user, why = LAPSED[case]
    plan = dataclasses.replace(minimal, state=states.TO_SIGN)
    other = dataclasses.replace(delegation, **changes)

    assert not other.holds(plan.id, TODAY)
    assert refusals(plan, user, delegations=[other]) == [
        f"Only the executive sponsor, {sponsor.title}, can sign this plan.",
        "The delegation DEL-00001 " + why.format(sponsor=sponsor.user),
    ]


def test_a_lapsed_delegation_is_told_to_nobody_else_and_not_once_it_has_ended(minimal, delegation, sponsor):
    plan = dataclasses.replace(minimal, state=states.TO_SIGN)
    other = dataclasses.replace(delegation, given_by="")
    only = [f"Only the executive sponsor, {sponsor.title}, can sign this plan."]

    assert refusals(plan, "di@example.org", delegations=[other]) == only
    ended = dataclasses.replace(other, revoked=True)
    assert refusals(plan, "vi@example.org", delegations=[ended]) == only


def test_letter_case_is_no_other_account(delegation):
    assert dataclasses.replace(delegation, given_by=delegation.given_by.upper()).lapsed is None


def test_whoever_gave_a_delegation_ends_it_though_another_account_stands_there_now(delegation):
    other = dataclasses.replace(delegation, principal_user="other@example.org")

    assert refuse_revocation(other, delegation.given_by) == ()
    assert refuse_revocation(other, "other@example.org") == ()
    assert refuse_revocation(other, "vi@example.org")


def test_an_account_does_not_sign_again_under_another_name(plan):
    given = countersigned(plan, "cfo")
    people = [
        dataclasses.replace(person, user="new@example.org") if person.id == "board" else person
        for person in plan.people
    ]
    plan = dataclasses.replace(plan, people=tuple(people))

    assert refusals(plan, "new@example.org", given=given) == []
    assert refusals(plan, "new@example.org", given=given, formerly=["CY@example.org"]) == [
        "You have already signed this plan."
    ]


def test_a_deputy_who_wrote_or_owns_the_plan_does_not_sign(minimal, delegation):
    people = (*minimal.people, Person(id="vi", title="Vi Nowak", user="vi@example.org"))
    plan = dataclasses.replace(minimal, state=states.TO_SIGN, people=people, plan_owner="vi")

    assert refusals(plan, "vi@example.org", delegations=[delegation], contributors=["vi@example.org"]) == [
        "The plan owner cannot sign the plan.",
        "People who wrote or changed the plan cannot sign it.",
    ]


def test_only_whoever_is_represented_gives_a_delegation(delegation, sponsor):
    assert refuse_delegation(delegation, sponsor.user, TODAY) == ()
    for other in ("vi@example.org", "Administrator", ""):
        assert [str(text) for text in refuse_delegation(delegation, other, TODAY)] == [
            "Only the represented person can give or end a delegation."
        ]
        assert refuse_revocation(delegation, other)
    assert refuse_revocation(delegation, sponsor.user) == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"valid_from": TODAY - timedelta(days=1)}, "A delegation cannot be backdated."),
        ({"valid_from": TODAY + timedelta(days=8)}, "The delegation ends before it begins."),
        ({"valid_to": TODAY + timedelta(days=366)}, "A delegation can last 366 days at most."),
        ({"valid_to": None}, "Enter the first and the last day on which the deputy may sign."),
        ({"reason": "leave"}, "Say in a few words why a deputy signs."),
        ({"deputy_user": ""}, "The deputy Vi Nowak has no enabled user account to sign with."),
        ({"deputy_enabled": False}, "The deputy Vi Nowak has no enabled user account to sign with."),
    ],
)
def test_a_delegation_is_dated_has_a_reason_and_a_deputy_who_can_sign(delegation, sponsor, changes, why):
    (refusal,) = refuse_delegation(dataclasses.replace(delegation, **changes), sponsor.user, TODAY)
    assert str(refusal).startswith(why)


def test_nobody_is_the_own_deputy_by_another_record_either(delegation, sponsor):
    for changes in ({"deputy": sponsor.id}, {"deputy_user": sponsor.user.upper()}):
        (refusal,) = refuse_delegation(dataclasses.replace(delegation, **changes), sponsor.user, TODAY)
        assert str(refusal) == "You cannot be your own deputy. Name another person."


def test_a_seal_names_the_deputy_whom_it_stands_for_and_the_delegation(minimal, delegation, sponsor):
    made = seal.make(
        minimal,
        signer=sponsor.id,
        signed_at=AT,
        meaning=MEANING,
        channel="test",
        key=KEY,
        delegation=delegation,
    )

    assert (made.signer, made.signer_name, made.signer_user) == ("vi", "Vi Nowak", "vi@example.org")
    assert (made.on_behalf_of, made.on_behalf_of_name) == (sponsor.id, sponsor.title)
    assert made.delegation == "DEL-00001, 2027-01-04 / 2027-01-11"
    assert str(made.signed_by) == f"Vi Nowak on behalf of {sponsor.title}"
    assert not seal.changed(made)
    sealed = dataclasses.replace(minimal, seals=(made,), state="Active")
    assert not {"SPN-03", "SPN-10"} & {finding.code for finding in check(sealed, TODAY).failed}


def test_a_seal_holds_the_signatures_before_it(plan, sponsor):
    given = countersigned(plan, "cfo", "board")
    made = seal.make(
        plan, signer=sponsor.id, signed_at=AT, meaning=MEANING, channel="test", key=KEY, given=given
    )

    assert made.earlier == given
    assert [one.signer_name for one in made.earlier] == ["Cy Adu", "Di Roth"]
    assert not seal.changed(made)
    without = dataclasses.replace(made, signed_before="")
    assert str(seal.changed(without)) == "who signed, when, or what was said was changed"


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(seal.Signature)])
def test_a_changed_signature_does_not_fit(plan, field):
    (signature,) = countersigned(plan, "cfo")
    ring = KeyRing(signing=KEY.public)

    assert signature.fits(ring)
    assert read_signature(signature.as_text()) == signature
    assert not dataclasses.replace(signature, **{field: "x"}).fits(ring)


def test_a_signature_by_no_key_of_the_site_does_not_count(plan):
    unsigned = seal.countersign(plan, signer="cfo", signed_at=AT, meaning=MEANING)

    for ring in (KeyRing(), KeyRing(of_site=True), KeyRing(signing=SealKey.new().public)):
        assert not unsigned.fits(ring)
        assert not countersigned(plan, "cfo")[0].fits(ring)


def test_a_signature_given_before_the_key_was_changed_counts_and_one_made_since_with_the_old_key_does_not(
    plan,
):
    before, since = countersigned(plan, "cfo", "board")
    ring = KeyRing(signing=KEY.public).retire(
        KEY, follower=SealKey.new().public, at="2027-01-05T08:00:00Z", made=[before.statement_hash]
    )

    assert before.fits(ring)
    assert not since.fits(ring)


def test_a_seal_of_a_later_release_is_not_taken_for_a_changed_one(minimal, sponsor):
    made = seal.make(minimal, signer=sponsor.id, signed_at=AT, meaning=MEANING, channel="test", key=KEY)
    later = dataclasses.replace(made, schema_version=seals.SCHEMA + 1)

    assert str(seal.changed(later)) == "a later release of SM Planner made it; update to check it"
