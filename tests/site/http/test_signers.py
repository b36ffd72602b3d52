"""Several signers in their order, and deputies, over HTTP."""

from __future__ import annotations

import frappe
import pytest
from http_kit import delegate, document, events, fresh, sign, state, told

from sm_planner.adapters.evidence import authorship
from sm_planner.adapters.signing import sign_off
from sm_planner.engine.sealing import seal as seals

pytestmark = pytest.mark.commits


def test_signers_sign_in_order_and_the_last_one_seals(client, people, make_plan):
    plan = make_plan("To Sign", before=("other-sponsor",))

    early = sign(client("sponsor"), plan)
    assert early.status_code == 417
    assert "Other-Sponsor must sign this plan before anybody else." in told(early)

    first = sign(client("other-sponsor"), plan)
    assert first.status_code == 200, first.text
    assert first.json()["message"]["sealed"] is False
    assert state(plan) == ("To Sign", 0, 0)
    again = sign(client("other-sponsor"), plan)
    assert "You have already signed this plan." in told(again)

    last = sign(client("sponsor"), plan)
    assert last.json()["message"]["sealed"] is True
    assert state(plan) == ("Active", 1, 1)
    verified = sign_off.verify(plan)
    assert verified.intact
    (made,) = [verdict.seal for verdict in verified.seals]
    assert [one.signer_user for one in made.earlier] == [people["other-sponsor"]]
    assert made.signer_user == people["sponsor"]


def test_the_form_says_who_is_next(client, make_plan):
    plan = make_plan("To Sign", before=("other-sponsor",))

    def following() -> list[str]:
        address = "/api/method/sm_planner.api.sign_off_summary"
        summary = client("auditor").get(address, plan=plan).json()["message"]
        return [signer["name"] for signer in summary["signers"] if signer["next"]]

    assert following() == ["Other-Sponsor"]
    sign(client("other-sponsor"), plan)
    assert following() != ["Other-Sponsor"]


def test_a_return_clears_the_signatures(client, make_plan):
    plan = make_plan("To Sign", before=("other-sponsor",))
    sign(client("other-sponsor"), plan)
    back = client("sponsor").call("sm_planner.api.return_plan", plan=plan, reason="Not yet.")
    assert back.status_code == 200, back.text
    for step in ("In Review", "To Sign"):
        client("author").put("SM Plan", plan, state=step)

    assert "must sign this plan before anybody else." in told(sign(client("sponsor"), plan))


def test_a_signer_before_the_sponsor_may_return_the_plan(client, make_plan):
    plan = make_plan("To Sign", before=("other-sponsor",))

    assert client("other-sponsor").call("sm_planner.api.return_plan", plan=plan, reason="No.").ok
    assert state(plan)[0] == "Draft"


def test_a_signature_that_was_changed_in_the_database_does_not_count(client, make_plan):
    plan = make_plan("To Sign", before=("other-sponsor",))
    sign(client("other-sponsor"), plan)
    name = frappe.db.get_value("SM Sign-off Event", {"plan": plan, "act": "Sign", "outcome": "Done"})
    text = frappe.db.get_value("SM Sign-off Event", name, "signature")
    frappe.db.set_value("SM Sign-off Event", name, "signature", text.replace("fund it", "like it"))
    frappe.db.commit()

    assert "must sign this plan before anybody else." in told(sign(client("sponsor"), plan))


def test_a_deputy_signs_and_the_seal_says_so(client, people, make_plan, deputy):
    plan = make_plan("To Sign")
    assert "Only the executive sponsor" in told(sign(client("other-sponsor"), plan))

    given = delegate(client("sponsor"), plan, deputy)
    assert given.status_code == 200, given.text
    assert sign(client("other-sponsor"), plan).status_code == 200

    fresh()
    made = frappe.get_doc("SM Plan Seal", {"plan": plan})
    sponsor = frappe.get_doc("SM Person", frappe.db.get_value("SM Plan", plan, "executive_sponsor"))
    assert (made.signer, made.signer_name, made.signer_user) == (deputy, "Vi Nowak", people["other-sponsor"])
    assert (made.on_behalf_of, made.on_behalf_of_name) == (sponsor.name, sponsor.title)
    assert made.delegation.startswith(given.json()["data"]["name"])
    assert sign_off.verify(plan).intact
    assert events(plan)[-1] == ("Sign", "Done", people["other-sponsor"])


@pytest.mark.parametrize("name", ["other-sponsor", "boss", "author", "planner", "auditor"])
def test_only_the_sponsor_gives_the_delegation(client, make_plan, deputy, name):
    plan = make_plan("To Sign")

    assert delegate(client(name), plan, deputy).status_code in (403, 417)
    assert not frappe.db.exists("SM Delegation", {"deputy": deputy})


def test_a_delegation_is_not_backdated_by_its_sponsor_either(client, make_plan, deputy):
    plan = make_plan("To Sign")
    yesterday = str(frappe.utils.add_days(frappe.utils.getdate(), -1))

    answer = delegate(client("sponsor"), plan, deputy, valid_from=yesterday)

    assert answer.status_code == 417
    assert "A delegation cannot be backdated." in told(answer)


def test_a_delegation_only_ends(client, make_plan, deputy):
    plan = make_plan("To Sign")
    name = delegate(client("sponsor"), plan, deputy).json()["data"]["name"]
    later = str(frappe.utils.add_days(frappe.utils.getdate(), 300))

    client("sponsor").put("SM Delegation", name, valid_to=later, deputy="nobody")
    fresh()
    kept = frappe.get_doc("SM Delegation", name)
    assert (str(kept.valid_to) != later, kept.deputy) == (True, deputy)
    assert client("boss").put("SM Delegation", name, revoked=1).status_code == 417
    assert client("sponsor").delete("SM Delegation", name).status_code == 403

    assert client("sponsor").put("SM Delegation", name, revoked=1).status_code == 200
    client("sponsor").put("SM Delegation", name, revoked=0)
    fresh()
    assert frappe.db.get_value("SM Delegation", name, "revoked") == 1
    assert "Only the executive sponsor" in told(sign(client("other-sponsor"), plan))


def test_a_delegation_for_another_plan_does_not_help(client, make_plan, deputy):
    plan, other = make_plan("To Sign"), make_plan("Draft")
    assert delegate(client("sponsor"), plan, deputy, plan=other).status_code == 200

    assert "Only the executive sponsor" in told(sign(client("other-sponsor"), plan))


def test_a_deputy_with_a_hand_in_the_plan_does_not_sign(client, people, make_plan, deputy):
    plan = make_plan("To Sign")
    delegate(client("sponsor"), plan, deputy)
    fresh()
    authorship.note_known(plan, [people["other-sponsor"]])
    frappe.db.commit()

    assert "People who wrote or changed the plan cannot sign it." in told(sign(client("other-sponsor"), plan))


def test_a_deputy_without_the_role_cannot_be_named(client, make_plan, people, deputy):
    plan = make_plan("To Sign")
    frappe.db.set_value("SM Person", deputy, "user", people["planner"])
    frappe.db.commit()

    answer = delegate(client("sponsor"), plan, deputy)

    assert "needs the role SM Executive Sponsor" in told(answer)


def test_the_seal_of_a_site_is_that_of_the_engine(client, make_plan):
    """What is stored of a seal is all of it, the later fields too."""
    plan = make_plan("Active")
    (made,) = [verdict.seal for verdict in sign_off.verify(plan).seals]
    assert seals.changed(made) is None


def quiet(answer) -> None:
    """An act that went through says nothing beside its answer, least of all that it was refused."""
    assert answer.status_code == 200, told(answer)
    assert "_server_messages" not in answer.json(), told(answer)


def test_what_went_through_is_not_told_as_refused(client, make_plan, deputy):
    """Sending, returning, signing in turn, delegating and revising: by planner, signer, deputy and sponsor."""
    plan = make_plan(before=("boss",))

    def step(name: str, action: str):
        return client(name).call(
            "frappe.model.workflow.apply_workflow", doc=document(client(name), plan), action=action
        )

    def back(name: str):
        return client(name).call("sm_planner.api.return_plan", plan=plan, reason="Not yet.")

    def send():
        quiet(step("author", "Send for Review"))
        quiet(step("author", "Send to Sponsor"))

    quiet(step("author", "Send for Review"))
    quiet(back("author"))
    quiet(delegate(client("sponsor"), plan, deputy))
    for name in ("sponsor", "boss", "other-sponsor", "author"):
        send()
        quiet(back(name))
    send()
    quiet(sign(client("boss"), plan))
    quiet(sign(client("other-sponsor"), plan))
    quiet(client("author").call("sm_planner.api.start_revision", plan=plan))


@pytest.mark.parametrize("name", ["other-sponsor", "auditor", "service-owner", "stakeholder"])
def test_who_is_not_asked_to_sign_sends_nothing_back(client, make_plan, name):
    plan = make_plan("To Sign")

    refused = client(name).call("sm_planner.api.return_plan", plan=plan, reason="No.")

    assert refused.status_code == 403
    assert state(plan)[0] == "To Sign"


def test_a_signer_who_returns_a_plan_writes_nothing_else_of_it(client, make_plan):
    plan = make_plan("To Sign")
    mine = document(client("sponsor"), plan, state="Draft", title="Mine")

    refused = client("sponsor").put("SM Plan", plan, state="Draft", title="Mine")
    saved = client("sponsor").call("frappe.client.save", doc=mine)

    assert (refused.status_code, saved.status_code) == (403, 403)
    assert state(plan)[0] == "To Sign"
