"""The sign-off: which steps there are, and what stands in the way of a signature."""

import dataclasses
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine import canonical, seal, sign_off
from sm_planner.engine.checks import check
from sm_planner.engine.revision import next_version
from sm_planner.engine.sign_off import Actor

TODAY = date(2026, 11, 24)
MEANING = "I approve this plan and fund it."
ROLES = (sign_off.MANAGER, sign_off.PLANNER, sign_off.SPONSOR)


def refusals(plan, *, user=None, **changes):
    sponsor = plan.get("people", plan.executive_sponsor)
    facts = {
        "actor": Actor(
            (sponsor.user if sponsor else "nobody@example.org") if user is None else user,
            frozenset([sign_off.SPONSOR]),
        ),
        "today": TODAY,
        "contributors": ["writer@example.org"],
        "meaning": MEANING,
        "seen_hash": canonical.content_hash(plan),
        "content_hash": canonical.content_hash(plan),
        **changes,
    }
    return [str(refusal) for refusal in sign_off.refuse_signature(plan, check(plan, TODAY), **facts)]


@pytest.fixture
def plan(minimal):
    return dataclasses.replace(minimal, state=sign_off.TO_SIGN)


def test_the_sponsor_signs_a_plan_without_blockers_that_was_put_before_them(plan):
    assert refusals(plan) == []


def test_nobody_else_signs(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, user="somebody@example.org") == [
        f"Only the executive sponsor, {sponsor.title}, signs this plan."
    ]


def test_the_case_of_an_account_does_not_matter(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, user=sponsor.user.upper()) == []


def test_a_sponsor_without_the_role_does_not_sign(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, actor=Actor(sponsor.user, frozenset([sign_off.MANAGER]))) == [
        "“Sign” needs one of the roles SM Executive Sponsor."
    ]


def test_a_sponsor_without_an_account_signs_nothing(plan):
    people = tuple(dataclasses.replace(person, user="") for person in plan.people)
    assert any(
        text.startswith("Only the executive sponsor")
        for text in refusals(dataclasses.replace(plan, people=people), user="")
    )


def test_a_sponsor_who_owns_the_plan_does_not_sign(plan):
    assert "The plan owner does not sign the plan." in refusals(
        dataclasses.replace(plan, plan_owner=plan.executive_sponsor)
    )


def test_whoever_changed_the_plan_does_not_sign(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, contributors=["x@example.org", sponsor.user.upper()]) == [
        "Who wrote or changed the plan does not sign it."
    ]


@pytest.mark.parametrize("state", ["Draft", "In Review", "Active", "Superseded"])
def test_only_a_plan_that_is_to_be_signed_is_signed(plan, state):
    assert refusals(dataclasses.replace(plan, state=state))[0] == f"The plan is {state}, not To Sign."


@pytest.mark.parametrize("meaning", ["", "   ", "ok"])
def test_a_signature_says_what_it_means(plan, meaning):
    assert refusals(plan, meaning=meaning) == ["Say in a few words what your signature means."]


def test_content_that_changed_since_it_was_shown_is_not_signed(plan):
    assert refusals(plan, seen_hash="0" * 64) == [
        "The plan has changed since you opened it. Read it again before you sign."
    ]


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_is_not_signed_after_a_later_one(plan, version):
    act = {"signed_at": datetime(2026, 11, 24, tzinfo=timezone.utc), "meaning": MEANING, "channel": "site"}
    later = seal.make(dataclasses.replace(plan, version=2), signer=plan.executive_sponsor, **act)
    sealed = dataclasses.replace(plan, version=version, seals=(later,))
    refusal = "Version 2 is sealed already. Raise the version."

    assert refusal in refusals(sealed)
    assert refusal not in refusals(dataclasses.replace(sealed, version=3))


@pytest.mark.parametrize("states", [[], ["Draft"], ["Active", "Superseded"]])
def test_a_person_gets_another_account_while_no_plan_is_under_review(states):
    assert sign_off.refuse_other_account(states) is None


@pytest.mark.parametrize("state", ["In Review", "To Sign"])
def test_signers_and_owner_of_a_plan_under_review_keep_their_accounts(state):
    assert str(sign_off.refuse_other_account(["Draft", state])) == (
        "Signers and owner of a plan under review keep their accounts. Return the plan to Draft first."
    )


def test_a_plan_with_blockers_is_not_signed_and_each_is_named(plan):
    found = refusals(dataclasses.replace(plan, why=""))
    assert found
    assert all(text.startswith(("PLN-03: ", "PLN-06: ")) for text in found)


@pytest.mark.parametrize(
    ("source", "target", "roles"),
    [
        ("Draft", "In Review", {sign_off.MANAGER, sign_off.PLANNER}),
        ("In Review", "To Sign", {sign_off.MANAGER, sign_off.PLANNER}),
        ("In Review", "Draft", {sign_off.MANAGER, sign_off.PLANNER}),
        ("To Sign", "Draft", {sign_off.MANAGER, sign_off.PLANNER, sign_off.SPONSOR}),
        ("To Sign", "Active", {sign_off.SPONSOR}),
    ],
)
def test_each_step_is_for_its_roles(source, target, roles):
    for role in (*ROLES, "System Manager"):
        refusal = sign_off.refuse_step(source, target, Actor("a@example.org", frozenset([role])))
        assert (refusal is None) == (role in roles), (role, refusal)


def test_there_are_no_other_steps():
    everybody = Actor("a@example.org", frozenset(ROLES))
    steps = {(step.source, step.target) for step in sign_off.TRANSITIONS}
    for source in sign_off.DOCSTATUS:
        for target in sign_off.DOCSTATUS:
            if (source, target) not in steps:
                assert str(sign_off.refuse_step(source, target, everybody)) == (
                    f"A plan does not go from {source} to {target}."
                )


def test_only_a_signed_state_is_a_submitted_one():
    assert {state for state, docstatus in sign_off.DOCSTATUS.items() if docstatus} == {"Active", "Superseded"}


def test_a_paper_signature_is_that_of_the_sponsor_for_a_new_version(plan):
    result = check(plan, TODAY)
    accept = sign_off.refuse_paper_signature(plan, result, signer=plan.executive_sponsor, meaning=MEANING)
    other = sign_off.refuse_paper_signature(plan, result, signer=plan.plan_owner, meaning="")

    assert accept == ()
    assert [str(text).split(",")[0] for text in other] == [
        "Only the executive sponsor",
        "The plan owner does not sign the plan.",
        "Say in a few words what your signature means.",
    ]


def test_the_next_version_is_a_draft_of_the_same_lineage(plan):
    revision = next_version(dataclasses.replace(plan, state="Active"))

    assert (revision.version, revision.lineage, revision.state) == (plan.version + 1, plan.lineage, "Draft")
    assert revision.id != plan.id
    assert revision.services == plan.services
