"""The sign-off: which steps there are, and what stands in the way of a signature."""

import dataclasses
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.checks import check
from sm_planner.engine.model import states as states_module
from sm_planner.engine.sealing import canonical, seal
from sm_planner.engine.sealing.revision import next_version
from sm_planner.engine.sign_off import refusals as sign_off
from sm_planner.engine.sign_off.refusals import Actor

TODAY = date(2026, 11, 24)
MEANING = "I approve this plan and fund it."
ROLES = (states_module.MANAGER, states_module.PLANNER, states_module.SPONSOR)


def refusals(plan, *, user=None, **changes):
    sponsor = plan.get("people", plan.executive_sponsor)
    facts = {
        "actor": Actor(
            (sponsor.user if sponsor else "nobody@example.org") if user is None else user,
            frozenset([states_module.SPONSOR]),
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
    return dataclasses.replace(minimal, state=states_module.TO_SIGN)


def test_the_sponsor_signs_a_plan_without_blockers_that_was_put_before_them(plan):
    assert refusals(plan) == []


def test_nobody_else_signs(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, user="somebody@example.org") == [
        f"Only the executive sponsor, {sponsor.title}, can sign this plan."
    ]


def test_the_case_of_an_account_does_not_matter(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, user=sponsor.user.upper()) == []


def test_a_sponsor_without_the_role_does_not_sign(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, actor=Actor(sponsor.user, frozenset([states_module.MANAGER]))) == [
        "“Sign” needs one of the roles SM Executive Sponsor."
    ]


def test_a_sponsor_without_an_account_signs_nothing(plan):
    people = tuple(dataclasses.replace(person, user="") for person in plan.people)
    assert any(
        text.startswith("Only the executive sponsor")
        for text in refusals(dataclasses.replace(plan, people=people), user="")
    )


def test_a_sponsor_who_owns_the_plan_does_not_sign(plan):
    assert "The plan owner cannot sign the plan." in refusals(
        dataclasses.replace(plan, plan_owner=plan.executive_sponsor)
    )


def test_whoever_changed_the_plan_does_not_sign(plan):
    sponsor = plan.get("people", plan.executive_sponsor)
    assert refusals(plan, contributors=["x@example.org", sponsor.user.upper()]) == [
        "People who wrote or changed the plan cannot sign it."
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
    refusal = "Version 2 is already sealed. Raise the version number."

    assert refusal in refusals(sealed)
    assert refusal not in refusals(dataclasses.replace(sealed, version=3))


REVIEW = "While a plan is under review, the accounts of its signers, its owner and whoever decides by it cannot be changed. Return the plan to Draft first."
ASK = "Ask somebody who may change people and is not involved."
OWN = "You cannot decide whether your own account stands for Ana."
WROTE = "People who wrote a plan that Ana signs or decides by cannot decide which account does."
PARTNER = (
    "People who have given Ana a delegation, or have one from them, cannot decide which account uses it."
)


def other_account(user, **changes):
    facts = {
        "person": "Ana",
        "before": "ana@example.org",
        "after": "new@example.org",
        "states": frozenset(["Active"]),
        "signs": True,
        "authors": frozenset(["writer@example.org"]),
        **changes,
    }
    return [str(text) for text in sign_off.refuse_other_account(sign_off.AccountChange(**facts), user)]


@pytest.mark.parametrize("states", [["Draft"], ["Active", "Superseded"], []])
def test_who_has_no_part_in_it_gives_a_signer_another_account(states):
    assert other_account("clerk@example.org", states=frozenset(states)) == []


@pytest.mark.parametrize("state", ["In Review", "To Sign"])
def test_signers_and_owner_of_a_plan_under_review_keep_their_accounts(state):
    assert other_account("clerk@example.org", states=frozenset(["Draft", state])) == [REVIEW]


@pytest.mark.parametrize("state", ["Draft", "Active", "Superseded"])
@pytest.mark.parametrize(
    ("user", "why"),
    [
        ("ana@example.org", OWN),
        ("NEW@example.org", OWN),
        ("Writer@example.org", WROTE),
        ("deputy@example.org", PARTNER),
    ],
)
def test_neither_author_nor_beneficiary_gives_a_signer_another_account(state, user, why):
    change = {"states": frozenset([state]), "partners": frozenset(["deputy@example.org"]), "delegates": True}
    assert other_account(user, **change) == [why, ASK]


def test_a_person_who_only_has_delegations_is_no_exception():
    alone = {"states": frozenset(), "signs": False, "authors": frozenset(), "delegates": True}
    assert other_account("new@example.org", **alone) == [OWN, ASK]
    assert other_account("clerk@example.org", **alone) == []


def test_the_account_of_whoever_has_no_part_in_the_sign_off_is_anybodys_to_change():
    free = {"states": frozenset(), "signs": False}
    assert other_account("new@example.org", **free) == []


def test_an_author_fills_in_the_first_account_in_a_draft_but_not_the_own_one_for_a_signer():
    first = {"states": frozenset(["Draft"]), "before": "", "begins": True}

    assert other_account("writer@example.org", **first) == []
    assert other_account("writer@example.org", **first, after="writer@example.org") == [OWN, ASK]
    owner = {**first, "signs": False, "after": "writer@example.org"}
    assert other_account("writer@example.org", **owner) == []


@pytest.mark.parametrize("more", [{"states": frozenset(["Draft", "Active"])}, {"delegates": True}])
def test_the_first_account_is_nothing_else_once_something_was_signed_or_delegated(more):
    first = {"states": frozenset(["Draft"]), "before": "", "begins": True, **more}
    assert other_account("writer@example.org", **first) == [WROTE, ASK]


def test_a_plan_with_blockers_is_not_signed_and_each_is_named(plan):
    found = refusals(dataclasses.replace(plan, why=""))
    assert found
    assert all(text.startswith(("PLN-03: ", "PLN-06: ")) for text in found)


@pytest.mark.parametrize(
    ("source", "target", "roles"),
    [
        ("Draft", "In Review", {states_module.MANAGER, states_module.PLANNER}),
        ("In Review", "To Sign", {states_module.MANAGER, states_module.PLANNER}),
        ("In Review", "Draft", {states_module.MANAGER, states_module.PLANNER}),
        ("To Sign", "Draft", {states_module.MANAGER, states_module.PLANNER, states_module.SPONSOR}),
        ("To Sign", "Active", {states_module.SPONSOR}),
    ],
)
def test_each_step_is_for_its_roles(source, target, roles):
    for role in (*ROLES, "System Manager"):
        refusal = sign_off.refuse_step(source, target, Actor("a@example.org", frozenset([role])))
        assert (refusal is None) == (role in roles), (role, refusal)


def test_there_are_no_other_steps():
    everybody = Actor("a@example.org", frozenset(ROLES))
    steps = {(step.source, step.target) for step in states_module.TRANSITIONS}
    for source in states_module.DOCSTATUS:
        for target in states_module.DOCSTATUS:
            if (source, target) not in steps:
                assert str(sign_off.refuse_step(source, target, everybody)) == (
                    f"A plan cannot go from {source} to {target}."
                )


def test_only_a_signed_state_is_a_submitted_one():
    assert {state for state, docstatus in states_module.DOCSTATUS.items() if docstatus} == {
        "Active",
        "Superseded",
    }


def test_a_paper_signature_is_that_of_the_sponsor_for_a_new_version(plan):
    result = check(plan, TODAY)
    accept = sign_off.refuse_paper_signature(plan, result, signer=plan.executive_sponsor, meaning=MEANING)
    other = sign_off.refuse_paper_signature(plan, result, signer=plan.plan_owner, meaning="")

    assert accept == ()
    assert [str(text).split(",")[0] for text in other] == [
        "Only the executive sponsor",
        "The plan owner cannot sign the plan.",
        "Say in a few words what your signature means.",
    ]


def test_the_next_version_is_a_draft_of_the_same_lineage(plan):
    revision = next_version(dataclasses.replace(plan, state="Active"))

    assert (revision.version, revision.lineage, revision.state) == (plan.version + 1, plan.lineage, "Draft")
    assert revision.id != plan.id
    assert revision.services == plan.services
