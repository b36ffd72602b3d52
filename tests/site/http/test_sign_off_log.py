"""What was done about a sign-off, and what was refused, stays in the log."""

from __future__ import annotations

import frappe
import pytest
from http_kit import Client, events, facts, fresh, sign, state

pytestmark = pytest.mark.commits


def event_of(plan: str) -> str:
    return frappe.get_all("SM Sign-off Event", {"plan": plan}, pluck="name", order_by="creation asc")[0]


def test_every_step_is_in_the_log(client, people, make_plan):
    plan = make_plan("To Sign")
    client("sponsor").call("sm_planner.api.return_plan", plan=plan, reason="The money is missing.")

    assert state(plan)[0] == "Draft"
    assert events(plan) == [
        ("Write", "Done", people["author"]),
        ("Send for Review", "Done", people["author"]),
        ("Send to Sponsor", "Done", people["author"]),
        ("Return", "Done", people["sponsor"]),
    ]
    told = client("auditor").get("/api/method/sm_planner.api.sign_off_log", plan=plan).json()["message"]
    assert told[0]["reason"] == "The money is missing."


def test_a_signature_and_a_revision_are_in_the_log(client, people, make_plan):
    plan = make_plan("Active")
    client("author").call("sm_planner.api.start_revision", plan=plan)

    assert events(plan)[-2:] == [
        ("Sign", "Done", people["sponsor"]),
        ("Start Revision", "Done", people["author"]),
    ]
    seal = frappe.db.get_value("SM Plan Seal", {"plan": plan}, "seal_hash")
    assert frappe.db.get_value("SM Sign-off Event", {"plan": plan, "act": "Sign"}, "seal_hash") == seal


@pytest.mark.parametrize(
    ("name", "changes", "why"),
    [
        ("author", {}, "Only the executive sponsor, "),
        ("sponsor", {"password": "wrong"}, "This is not your password."),
        ("sponsor", {"seen_hash": "0" * 64}, "The plan has changed since you opened it."),
    ],
)
def test_a_refused_signature_stays_in_the_log_though_nothing_else_of_it_does(
    client, people, make_plan, name, changes, why
):
    plan = make_plan("To Sign")
    before = facts(plan)

    sign(client(name), plan, **changes)

    assert facts(plan) == before
    assert events(plan)[-1] == ("Sign", "Refused", people[name])
    reason = frappe.get_all(
        "SM Sign-off Event", {"plan": plan, "outcome": "Refused"}, pluck="reason", order_by="creation asc"
    )[-1]
    assert why in reason
    assert "wrong" not in reason


def test_an_attempt_by_another_door_stays_in_the_log(client, people, make_plan):
    plan = make_plan("To Sign")

    client("boss").put("SM Plan", plan, docstatus=1)
    client("boss").put("SM Plan", plan, state="Active", docstatus=1)

    assert events(plan)[-2:] == [("Sign", "Refused", people["boss"])] * 2


def test_a_plan_with_blockers_that_is_not_put_before_its_sponsor_stays_in_the_log(client, people, make_plan):
    plan = make_plan("In Review")
    frappe.db.set_value("SM Plan", plan, "why", "")
    frappe.db.commit()

    client("author").put("SM Plan", plan, state="To Sign")

    assert events(plan)[-1] == ("Send to Sponsor", "Refused", people["author"])


@pytest.mark.parametrize("name", ["boss", "author", "sponsor", "auditor"])
def test_nobody_changes_deletes_or_makes_events(client, make_plan, name):
    plan = make_plan("In Review")
    event = event_of(plan)
    before = frappe.get_doc("SM Sign-off Event", event).as_dict()
    session: Client = client(name)

    answers = [
        session.put("SM Sign-off Event", event, reason="Another"),
        session.delete("SM Sign-off Event", event),
        session.create("SM Sign-off Event", plan=plan, act="Sign", outcome="Done", user="x"),
        session.call("frappe.client.rename_doc", doctype="SM Sign-off Event", old_name=event, new_name="x"),
    ]

    assert {answer.status_code for answer in answers} <= {403, 417}
    fresh()
    assert frappe.get_doc("SM Sign-off Event", event).as_dict() == before
    assert [act for act, _outcome, _user in events(plan)] == ["Write", "Send for Review"]


def test_not_even_administrator_changes_or_deletes_events(make_plan):
    plan = make_plan("In Review")
    event = frappe.get_doc("SM Sign-off Event", event_of(plan))

    event.reason = "Another"
    with pytest.raises(frappe.PermissionError, match="never change"):
        event.save()
    with pytest.raises(frappe.PermissionError, match="never change"):
        frappe.delete_doc("SM Sign-off Event", event.name, force=True)


def test_events_of_plans_that_one_may_not_read_are_hidden(client, people, make_plan):
    mine, other = make_plan("In Review"), make_plan("In Review")
    frappe.get_doc(
        {
            "doctype": "User Permission",
            "user": people["auditor"],
            "allow": "SM Plan",
            "for_value": mine,
            "apply_to_all_doctypes": 0,
            "applicable_for": "SM Plan",
        }
    ).insert()
    frappe.db.commit()
    try:
        listed = client("auditor").get("/api/resource/SM Sign-off Event", fields=["plan"]).json()["data"]
        one = client("auditor").get(f"/api/resource/SM Sign-off Event/{event_of(other)}")

        assert {row["plan"] for row in listed} == {mine}
        assert one.status_code == 403
    finally:
        fresh()
        frappe.db.delete("User Permission", {"user": people["auditor"]})
        frappe.db.commit()
        frappe.clear_cache(user=people["auditor"])


def test_after_five_refusals_even_the_right_password_must_wait(client, make_plan):
    plan = make_plan("To Sign")
    for _attempt in range(5):
        sign(client("sponsor"), plan, seen_hash="0" * 64)

    answer = sign(client("sponsor"), plan)

    assert answer.status_code == 429
    assert "Wait 15 minutes before you try again." in answer.text
    assert state(plan)[0] == "To Sign"


def test_another_forwarded_address_does_not_shorten_the_wait(client, make_plan):
    plan = make_plan("To Sign")
    session: Client = client("sponsor")
    for number in range(6):
        session.session.headers["X-Forwarded-For"] = f"10.0.0.{number}"
        answer = sign(session, plan, seen_hash="0" * 64)
    del session.session.headers["X-Forwarded-For"]

    assert answer.status_code == 429


def test_one_plan_does_not_make_another_wait(client, make_plan):
    first, second = make_plan("To Sign"), make_plan("To Sign")
    for _attempt in range(5):
        sign(client("sponsor"), first, seen_hash="0" * 64)

    assert sign(client("sponsor"), second).status_code == 200
