"""Signing over HTTP: by whom it is done, and what comes of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from http_kit import Client, facts, fresh, seen_hash, sign

from sm_planner.adapters import sign_off

pytestmark = pytest.mark.commits


def test_the_sponsor_signs_and_the_seal_verifies(client, make_plan):
    plan = make_plan("To Sign")

    assert sign(client("sponsor"), plan).status_code == 200

    after = facts(plan)
    assert (after["state"], after["docstatus"], len(after["seals"])) == ("Active", 1, 1)
    verified = client("auditor").get("/api/method/sm_planner.api.verify", plan=plan).json()["message"]
    assert verified["intact"]
    assert verified["drift"] == []
    assert verified["seals"][0]["origin"] == "confirmed"


@pytest.mark.parametrize("name", ["author", "planner", "other-sponsor", "boss", "auditor"])
def test_nobody_else_signs(client, make_plan, name):
    plan = make_plan("To Sign")
    before = facts(plan)

    answer = sign(client(name), plan)

    assert answer.status_code == 417
    assert "Only the executive sponsor" in answer.text
    assert facts(plan) == before


@pytest.mark.parametrize("name", ["nobody", "guest"])
def test_who_may_not_read_the_plan_signs_nothing(client, make_plan, name):
    plan = make_plan("To Sign")
    before = facts(plan)

    assert sign(client(name), plan, seen_hash="0" * 64).status_code == 403
    assert facts(plan) == before


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"password": "wrong"}, "This is not your password."),
        ({"password": ""}, "This is not your password."),
        ({"meaning": "ok"}, "Say in a few words what your signature means."),
        ({"seen_hash": "0" * 64}, "The plan has changed since you opened it."),
    ],
)
def test_a_signature_without_all_that_it_needs_is_refused(client, make_plan, changes, why):
    plan = make_plan("To Sign")
    before = facts(plan)

    answer = sign(client("sponsor"), plan, **changes)

    assert answer.status_code == 417
    assert why in answer.text
    assert facts(plan) == before


def test_content_that_changed_after_it_was_shown_is_not_signed(client, make_plan, minimal):
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    client("author").put("SM Service", minimal.services[0].id, description="Something else")

    answer = sign(client("sponsor"), plan, seen_hash=shown)

    assert "The plan has changed since you opened it." in answer.text
    assert facts(plan)["state"] == "To Sign"


@pytest.mark.parametrize("state", ["Draft", "In Review"])
def test_a_plan_that_was_not_put_before_the_sponsor_is_not_signed(client, make_plan, state):
    plan = make_plan(state)

    assert f"The plan is {state}, not To Sign." in sign(client("sponsor"), plan).text
    assert facts(plan)["state"] == state


def test_a_sponsor_who_wrote_the_plan_does_not_sign_it(client, make_plan):
    plan = make_plan("To Sign", sponsor="author")

    assert "Who wrote or changed the plan does not sign it." in sign(client("author"), plan).text


def test_a_sponsor_who_wrote_a_part_of_the_plan_does_not_sign_it(client, make_plan):
    plan = make_plan("Draft", sponsor="boss")
    made = client("boss").create("SM Objective", plan=plan, title="Mine")
    assert made.status_code == 200, made.text

    assert "Who wrote or changed the plan does not sign it." in sign(client("boss"), plan).text


def test_get_does_not_sign(client, make_plan):
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)

    answer = client("sponsor").get(
        "/api/method/sm_planner.api.sign",
        plan=plan,
        seen_hash=shown,
        password="Planner-2027!",
        meaning="I approve it.",
    )
    assert answer.status_code == 403
    assert facts(plan)["state"] == "To Sign"


def test_of_many_signatures_at_once_one_counts(client, server, people, make_plan):
    plan = make_plan("To Sign")
    shown = seen_hash(client("sponsor"), plan)
    sessions = [Client(server, people["sponsor"]) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda session: sign(session, plan, seen_hash=shown).status_code, sessions))

    assert sorted(answers)[0] == 200
    assert answers.count(200) == 1
    assert len(facts(plan)["seals"]) == 1


def test_the_next_version_supersedes_the_one_before_and_its_seal_follows(client, people, make_plan):
    first = make_plan("Active", signer=client("sponsor"))
    second = client("author").call("sm_planner.api.start_revision", plan=first).json()["message"]
    assert facts(first)["state"] == "Active"
    for step in ("Send for Review", "Send to Sponsor"):
        document = client("author").get(f"/api/resource/SM Plan/{second}").json()["data"]
        moved = client("author").call("frappe.model.workflow.apply_workflow", doc=document, action=step)
        assert moved.status_code == 200, moved.text

    assert sign(client("sponsor"), second).status_code == 200

    assert (facts(first)["state"], facts(second)["state"]) == ("Superseded", "Active")
    assert len(facts(second)["seals"]) == 2
    assert client("auditor").get("/api/method/sm_planner.api.verify", plan=second).json()["message"]["intact"]


def test_never_are_two_versions_of_a_lineage_in_force(client, server, people, make_plan):
    """Two versions to be signed at once cannot come about by the doors that are open, so SQL puts them there."""
    first = make_plan("Active", signer=client("sponsor"))
    second = client("author").call("sm_planner.api.start_revision", plan=first).json()["message"]
    fresh()
    frappe.db.set_value("SM Plan", first, {"state": "To Sign", "docstatus": 0})
    frappe.db.set_value("SM Plan", second, "state", "To Sign")
    frappe.db.delete("SM Plan Seal", {"lineage": first})
    frappe.db.commit()
    shown = {plan: seen_hash(client("sponsor"), plan) for plan in (first, second)}
    sessions = {plan: Client(server, people["sponsor"]) for plan in shown}

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda plan: sign(sessions[plan], plan, seen_hash=shown[plan]), shown))

    states = [facts(plan)["state"] for plan in (first, second)]
    assert states.count("Active") == 1
    assert len(facts(second)["seals"]) == states.count("Active") + states.count("Superseded")


def test_a_change_by_sql_is_found_out(client, make_plan):
    plan = make_plan("Active", signer=client("sponsor"))
    frappe.db.set_value("SM Plan", plan, "why", "Another reason altogether, put there past all guards.")
    frappe.db.commit()

    verified = client("auditor").get("/api/method/sm_planner.api.verify", plan=plan).json()["message"]
    assert [change["field"] for change in verified["drift"]] == ["why"]

    seal = frappe.db.get_value("SM Plan Seal", {"plan": plan})
    frappe.db.set_value("SM Plan Seal", seal, "signer_name", "Somebody Else", update_modified=False)
    frappe.db.commit()
    fresh()
    assert not sign_off.verify(plan).intact
