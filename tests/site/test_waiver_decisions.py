"""Waivers are asked for and decided by different people, each in a session of their own."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest
from frappe.utils.password import update_password
from seeds import MEANING, PASSWORD, plan_before_sponsor

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.signing import sign_off
from sm_planner.engine import approval
from sm_planner.engine.approval import waivers
from sm_planner.engine.model import Person, Plan, Signer
from sm_planner.engine.sealing import canonical

SPONSOR = "sponsor@example.org"


@pytest.fixture
def waiver(to_sign, sign, minimal):
    """A waiver that somebody asks for while the plan is in force."""
    sign(to_sign)
    return asked_for(minimal, approver=minimal.executive_sponsor)


def asked_for(plan: Plan, approver: str):
    return frappe.get_doc(
        {
            "doctype": "SM Waiver",
            "lineage": plan.lineage,
            "title": "For now",
            "rule": "SVC-05",
            "record": plan.services[0].id,
            "reason": "Known.",
            "requester": plan.plan_owner,
            "approver": approver,
            "expires": "2099-01-01",
        }
    ).insert()


def in_force(waiver) -> Plan:
    return plan_reader.load(frappe.db.get_value("SM Lineage", waiver.lineage, "active"))


def shown(waiver) -> str:
    """The hash of what the form shows of a waiver."""
    return approval.shown(in_force(waiver).get("waivers", waiver.id))


def approved_until(waiver) -> date | None:
    plan = in_force(waiver)
    return waivers.approved_until(plan, plan.get("waivers", waiver.id))


def renew(waiver, until: str) -> None:
    waiver.reload()
    waiver.expires = until
    waiver.save()


def test_the_sponsor_approves_what_somebody_else_asked_for(waiver, acting_as):
    assert waiver.status == "Requested"
    with acting_as(SPONSOR):
        form = frappe.get_doc("SM Waiver", waiver.name)
        form.onload()
        assert form.get_onload("decision") == {"shown": shown(waiver), "refused": ""}
        assert api.decide_waiver(waiver.name, "Approve", shown(waiver)) == "Approved"

    (kept,) = frappe.get_all("SM Approval", {"entry": waiver.id}, ["act", "person", "until", "what", "owner"])
    assert (kept.act, str(kept.until), kept.what, kept.owner) == (
        "Approve",
        "2099-01-01",
        approval.what(in_force(waiver).get("waivers", waiver.id)),
        SPONSOR,
    )
    assert str(approved_until(waiver)) == "2099-01-01"


def test_a_rejection_says_why(waiver, acting_as):
    with acting_as(SPONSOR):
        with pytest.raises(frappe.ValidationError, match="Say why"):
            api.decide_waiver(waiver.name, "Reject", shown(waiver))
        assert api.decide_waiver(waiver.name, "Reject", shown(waiver), reason="Fix it.") == "Rejected"


@pytest.mark.parametrize("user", ["Administrator", "planner@example.org"])
def test_nobody_else_decides_and_nobody_enters_that_it_is_decided(user, waiver, make_user, acting_as):
    make_user("SM Planner Manager", name="planner@example.org")
    with acting_as(user):
        with pytest.raises(frappe.PermissionError, match="decides about waivers"):
            api.decide_waiver(waiver.name, "Approve", shown(waiver))
        forged = frappe.get_doc("SM Waiver", waiver.name)
        forged.status = "Approved"
        forged.save()
        assert forged.status == "Requested"
        values = {"lineage": waiver.lineage, "register": "waivers", "entry": waiver.id, "act": "Approve"}
        values |= {"number": 1, "person": waiver.approver, "day": "2027-01-01", "what": shown(waiver)}
        with pytest.raises(frappe.PermissionError):
            frappe.get_doc({"doctype": "SM Approval", **values}).insert()


def test_nobody_approves_what_they_asked_for(waiver, minimal, acting_as):
    waiver.requester, waiver.approver = minimal.executive_sponsor, minimal.plan_owner
    waiver.save()
    with acting_as(SPONSOR), pytest.raises(frappe.PermissionError, match="You asked for this waiver"):
        api.decide_waiver(waiver.name, "Approve", shown(waiver))


def test_what_changed_after_it_was_shown_is_not_approved(waiver, acting_as):
    read = shown(waiver)
    waiver.reason = "Another."
    waiver.save()
    with acting_as(SPONSOR), pytest.raises(frappe.PermissionError, match="changed since you opened it"):
        api.decide_waiver(waiver.name, "Approve", read)


def test_a_renewal_asks_again_and_any_other_change_too(waiver, acting_as):
    with acting_as(SPONSOR):
        api.decide_waiver(waiver.name, "Approve", shown(waiver))
    renew(waiver, "2100-01-01")
    assert waiver.status == "Requested"
    assert str(approved_until(waiver)) == "2099-01-01"
    waiver.reason = "Another."
    waiver.save()
    assert approved_until(waiver) is None


def test_a_renewal_that_is_rejected_leaves_the_approval_before_it(waiver, acting_as):
    with acting_as(SPONSOR):
        api.decide_waiver(waiver.name, "Approve", shown(waiver))
    renew(waiver, "2100-01-01")
    with acting_as(SPONSOR):
        assert (
            api.decide_waiver(waiver.name, "Reject", shown(waiver), reason="A year is enough.") == "Rejected"
        )
    assert str(approved_until(waiver)) == "2099-01-01"


def test_a_renewal_is_not_approved_by_what_was_read_before_it(waiver, acting_as):
    read = shown(waiver)
    renew(waiver, "2100-01-01")
    with acting_as(SPONSOR), pytest.raises(frappe.PermissionError, match="changed since you opened it"):
        api.decide_waiver(waiver.name, "Approve", read)


def test_a_plan_file_brings_no_approval_and_takes_none_away(example, give_accounts):
    give_accounts(example)
    plan_writer.save(example)

    assert {waiver.status for waiver in example.waivers} == {"Approved"}
    assert {waiver.status for waiver in plan_reader.load(example.id).waivers} == {"Requested"}


def test_a_decision_stays_when_the_waiver_is_saved_again(waiver, acting_as):
    with acting_as(SPONSOR):
        api.decide_waiver(waiver.name, "Approve", shown(waiver))
    waiver.reload()
    waiver.title = "For now"
    waiver.save()
    assert waiver.status == "Approved"


def test_of_two_decisions_on_one_day_the_last_counts(waiver, acting_as):
    with acting_as(SPONSOR):
        api.decide_waiver(waiver.name, "Reject", shown(waiver), reason="Fix it.")
        assert api.decide_waiver(waiver.name, "Approve", shown(waiver)) == "Approved"
        assert api.decide_waiver(waiver.name, "Reject", shown(waiver), reason="No.") == "Rejected"


def test_the_last_decision_is_the_one_with_the_highest_number(waiver, acting_as):
    with acting_as(SPONSOR):
        api.decide_waiver(waiver.name, "Reject", shown(waiver), reason="Fix it.")
        api.decide_waiver(waiver.name, "Approve", shown(waiver))
    kept = frappe.get_all("SM Approval", {"entry": waiver.id}, ["name", "number"], order_by="number asc")
    assert [one.number for one in kept] == [1, 2]
    frappe.db.set_value("SM Approval", kept[0].name, {"creation": "2098-01-01", "day": "2098-01-01"})
    waiver.reload()
    waiver.save()
    assert waiver.status == "Approved"


@pytest.fixture
def with_signer(minimal, make_user, acting_as, sign) -> str:
    """A plan in force that Vi Nowak signed before its sponsor; her account."""
    account = make_user("SM Executive Sponsor", name="vi@example.org")
    update_password(account, PASSWORD)
    people = (*minimal.people, Person(id="vi", title="Vi Nowak"))
    wanted = dataclasses.replace(minimal, people=people, signers=(Signer(person="vi"),))
    plan = plan_before_sponsor(wanted, vi=account)
    with acting_as(account):
        sign_off.sign(plan, canonical.content_hash(plan_reader.load(plan)), PASSWORD, MEANING)
    sign(plan)
    return account


def test_who_signed_the_version_in_force_beside_the_sponsor_decides(with_signer, minimal, acting_as):
    waiver = asked_for(minimal, approver="vi")
    with acting_as(with_signer):
        assert api.decide_waiver(waiver.name, "Approve", shown(waiver)) == "Approved"
    assert frappe.db.get_value("SM Approval", {"entry": waiver.id}, "person") == "vi"


def test_who_wrote_the_version_in_force_does_not_decide(waiver, minimal, acting_as):
    """The account of its author was made the sponsor's after the signature."""
    frappe.db.set_value("SM Person", minimal.executive_sponsor, "user", "writer@example.org")
    with acting_as("writer@example.org"):
        form = frappe.get_doc("SM Waiver", waiver.name)
        form.onload()
        assert "You had a hand in this plan" in form.get_onload("decision")["refused"]
        with pytest.raises(frappe.PermissionError, match="You had a hand in this plan"):
            api.decide_waiver(waiver.name, "Approve", shown(waiver))
    assert not frappe.db.exists("SM Approval", {"entry": waiver.id})


def test_who_writes_the_next_version_and_names_himself_its_sponsor_decides_nothing(
    waiver, minimal, make_user, acting_as
):
    author = make_user("SM Planner Manager", name="ambitious@example.org")
    with acting_as(author):
        revision = sign_off.start_revision(frappe.db.get_value("SM Lineage", waiver.lineage, "active"))
        person = frappe.get_doc({"doctype": "SM Person", "title": "Ambitious", "user": author}).insert().name
        draft = frappe.get_doc("SM Plan", revision)
        draft.executive_sponsor = person
        draft.save()
        with pytest.raises(frappe.PermissionError, match="decides about waivers"):
            api.decide_waiver(waiver.name, "Approve", shown(waiver))


def test_while_no_version_is_in_force_who_wrote_the_draft_does_not_decide(
    minimal, minimal_on_site, make_user, acting_as
):
    author = make_user("SM Planner Manager", name="ambitious@example.org")
    with acting_as(author):
        person = frappe.get_doc({"doctype": "SM Person", "title": "Ambitious", "user": author}).insert().name
        draft = frappe.get_doc("SM Plan", minimal_on_site)
        draft.executive_sponsor = person
        draft.save()
        asked = {"rule": "SVC-05", "title": "W", "reason": "Known.", "requester": minimal.plan_owner}
        values = {"doctype": "SM Waiver", "lineage": minimal.lineage, "expires": "2099-01-01", **asked}
        made = frappe.get_doc(values).insert()
        read = approval.shown(plan_reader.load(minimal_on_site).get("waivers", made.id))
        with pytest.raises(frappe.PermissionError, match="You had a hand in this plan"):
            api.decide_waiver(made.name, "Approve", read)


def test_a_decision_is_never_changed_or_deleted(waiver, acting_as):
    with acting_as(SPONSOR):
        api.decide_waiver(waiver.name, "Approve", shown(waiver))
    kept = frappe.get_doc("SM Approval", {"entry": waiver.id})
    kept.reason = "Another."
    with pytest.raises(frappe.PermissionError):
        kept.save()
    with pytest.raises(frappe.PermissionError):
        kept.delete()
