"""Whether a waiver is approved, until when, and who may decide about it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from sm_planner.engine.approval import shown, waivers, what
from sm_planner.engine.model import Person, Plan, Service, Signer, Waiver
from sm_planner.engine.model.approvals import APPROVE, REJECT, Approval

TODAY = date(2027, 3, 1)

WAIVER = Waiver(
    id="w",
    title="W",
    rule="SVC-05",
    record="mail",
    reason="Known.",
    requester="ana",
    approver="spo",
    expires=date(2027, 6, 30),
)
PLAN = Plan(
    id="p",
    executive_sponsor="spo",
    signers=(Signer(person="gov"), Signer(person="own")),
    people=tuple(Person(id=id, title=id.title()) for id in ("ana", "bo", "gov", "spo", "own")),
    services=(Service(id="mail", title="Mail", service_owner="own"),),
    waivers=(WAIVER,),
)


def decided(act: str, number: int, waiver: Waiver = WAIVER) -> Approval:
    return Approval(
        register="waivers",
        entry=waiver.id,
        act=act,
        person="spo",
        number=number,
        day=date(2027, 1, 1),
        until=waiver.expires,
        what=what(waiver),
    )


def refused(waiver: Waiver, *people: str) -> str:
    """Why who stands for these people, and had no hand in the plan, may not decide about a waiver; empty where he may."""
    found = waivers.refuse_decision(PLAN, waiver, {*people}, shown(waiver), wrote=False, today=TODAY)
    return str(found or "")


def with_approvals(*approvals: Approval) -> Plan:
    return dataclasses.replace(PLAN, approvals=approvals)


def test_a_waiver_that_nobody_decided_about_is_requested_and_does_not_count():
    assert waivers.standing(PLAN, WAIVER) == "Requested"
    assert waivers.approved_until(PLAN, WAIVER) is None


def test_in_a_plan_file_its_status_is_the_claim():
    claimed = dataclasses.replace(WAIVER, status="Approved")

    assert waivers.approved_until(PLAN, claimed) == WAIVER.expires


def test_a_claim_does_not_stand_against_what_was_decided():
    claimed = dataclasses.replace(WAIVER, status="Approved")

    assert waivers.approved_until(with_approvals(decided(REJECT, 2)), claimed) is None
    changed = dataclasses.replace(claimed, reason="Another.")
    assert waivers.approved_until(with_approvals(decided(APPROVE, 2)), changed) is None


def test_the_last_decision_counts():
    plan = with_approvals(decided(REJECT, 5), decided(APPROVE, 2))

    assert waivers.standing(plan, WAIVER) == "Rejected"
    assert waivers.approved_until(plan, WAIVER) is None


def test_a_renewal_is_asked_for_and_the_approval_before_counts_until_its_end():
    plan = with_approvals(decided(APPROVE, 2))
    renewed = dataclasses.replace(WAIVER, expires=date(2028, 6, 30))

    assert waivers.standing(plan, renewed) == "Requested"
    assert waivers.approved_until(plan, renewed) == WAIVER.expires
    again = with_approvals(decided(APPROVE, 2), decided(APPROVE, 3, renewed))
    assert waivers.standing(again, renewed) == "Approved"
    assert waivers.approved_until(again, renewed) == renewed.expires


@pytest.mark.parametrize(
    "changes", [{"rule": "SVC-06"}, {"record": ""}, {"reason": "Another."}, {"requester": "bo"}]
)
def test_whatever_else_changes_is_to_be_approved_again(changes):
    plan = with_approvals(decided(APPROVE, 2))
    changed = dataclasses.replace(WAIVER, **changes)

    assert waivers.standing(plan, changed) == "Requested"
    assert waivers.approved_until(plan, changed) is None


def test_those_who_sign_the_plan_decide():
    assert waivers.deciders(PLAN, TODAY) == {"spo", "gov", "own"}


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("bo", "The executive sponsor, or another signer of the plan"),
        ("", "The executive sponsor, or another signer of the plan"),
        ("own", "or about a record that names you"),
    ],
)
def test_others_and_whom_it_is_about_do_not_decide(person, told):
    assert told in refused(WAIVER, person)


def test_who_had_a_hand_in_the_plan_could_have_named_himself_and_does_not_decide():
    told = waivers.refuse_decision(PLAN, WAIVER, {"spo"}, shown(WAIVER), wrote=True, today=TODAY)

    assert "You had a hand in this plan" in str(told)


def test_nobody_decides_about_what_they_asked_for():
    asked = dataclasses.replace(WAIVER, requester="spo")

    assert "You asked for this waiver" in refused(asked, "spo")


def test_an_account_that_stands_for_two_people_does_not_decide_about_what_the_other_asked_for():
    assert "You asked for this waiver" in refused(WAIVER, "ana", "spo")
    assert "or about a record that names you" in refused(WAIVER, "own", "spo")


def test_a_waiver_about_a_person_is_not_decided_by_that_person():
    about = dataclasses.replace(WAIVER, record="gov")

    assert "This waiver is about you" in refused(about, "gov")
    assert refused(about, "spo") == ""


@pytest.mark.parametrize("before", [{"reason": ""}, {"expires": date(2026, 12, 31)}])
def test_what_changed_since_it_was_read_is_read_again(before):
    read = shown(dataclasses.replace(WAIVER, **before))

    told = waivers.refuse_decision(PLAN, WAIVER, {"spo"}, read, wrote=False, today=TODAY)

    assert "has changed since you opened it" in str(told)


def test_a_waiver_without_an_end_is_not_approved():
    endless = dataclasses.replace(WAIVER, expires=None)

    assert "no end" in refused(endless, "spo")


def test_a_renewal_that_is_rejected_leaves_the_approval_before_it():
    renewed = dataclasses.replace(WAIVER, expires=date(2028, 6, 30))
    plan = with_approvals(decided(APPROVE, 1), decided(REJECT, 2, renewed))

    assert waivers.standing(plan, renewed) == "Rejected"
    assert waivers.approved_until(plan, renewed) == WAIVER.expires


def test_a_waiver_that_is_shortened_ends_sooner():
    shorter = dataclasses.replace(WAIVER, expires=date(2027, 3, 31))

    assert waivers.approved_until(with_approvals(decided(APPROVE, 1)), shorter) == shorter.expires
