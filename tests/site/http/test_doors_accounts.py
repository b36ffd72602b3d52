"""Doors by the account: another one stands for the sponsor, for a while, and signs or delegates in that name."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import frappe
import pytest
import requests
from http_kit import Client, Door, assert_refused, delegate, events, export, fresh, sign, told

from sm_planner.adapters.evidence import sign_off_events
from sm_planner.engine import plan_file

pytestmark = pytest.mark.commits

OWN = "You cannot decide whether your own account stands for"
WROTE = "cannot decide which account does."


def sponsor_of(plan: str) -> str:
    return frappe.db.get_value("SM Plan", plan, "executive_sponsor")


def account_of(plan: str) -> str:
    fresh()
    return frappe.db.get_value("SM Person", sponsor_of(plan), "user")


def imported(client: Client, plan: str, account: str) -> requests.Response:
    """The plan of the site once more, by a file in which its sponsor has another account."""
    stored = export(client, plan)
    people = tuple(
        dataclasses.replace(person, user=account) if person.id == stored.executive_sponsor else person
        for person in stored.people
    )
    text = plan_file.dumps(dataclasses.replace(stored, people=people))
    file = client.create("File", file_name=f"{plan}.yaml", content=text, is_private=1).json()["data"]
    return client.call("sm_planner.api.import_plan", file_url=file["file_url"])


def saved(client: Client, plan: str, account: str) -> requests.Response:
    document = client.get(f"/api/resource/SM Person/{sponsor_of(plan)}").json()["data"]
    return client.call("frappe.desk.form.save.savedocs", doc={**document, "user": account}, action="Save")


WAYS: dict[str, Callable[[Client, str, str], requests.Response]] = {
    "PUT": lambda client, plan, account: client.put("SM Person", sponsor_of(plan), user=account),
    "set_value": lambda client, plan, account: client.call(
        "frappe.client.set_value",
        doctype="SM Person",
        name=sponsor_of(plan),
        fieldname="user",
        value=account,
    ),
    "savedocs": saved,
    "a plan file": imported,
}


@pytest.mark.parametrize(
    ("way", "state"), [*((way, "Draft") for way in WAYS), *((way, "Active") for way in tuple(WAYS)[:3])]
)
def test_no_author_changes_the_account_of_the_sponsor(client, people, plan_in, way, state):
    """U1"""
    door = Door(
        "U1", way, lambda client, plan: WAYS[way](client, plan, people["other-sponsor"]), WROTE, by="author"
    )
    assert_refused(door, client, plan_in(state))
    assert account_of(plan_in(state)) == people["sponsor"]


@pytest.mark.parametrize("state", ["Draft", "Active"])
@pytest.mark.parametrize("way", ["PUT", "set_value", "savedocs"])
def test_nobody_gives_the_own_account_to_the_sponsor(client, people, plan_in, way, state):
    """U2, A6: by a sponsor who is a planner too, and has no hand in the plan."""
    door = Door("U2", way, lambda client, plan: WAYS[way](client, plan, people["boss"]), OWN)
    assert_refused(door, client, plan_in(state))
    assert account_of(plan_in(state)) == people["sponsor"]


def test_a_bulk_update_does_not_either(client, people, plan_in):
    """U2"""
    plan = plan_in("Draft")
    update = {"doctype": "SM Person", "docname": sponsor_of(plan), "user": people["boss"]}
    answer = client("boss").call("frappe.client.bulk_update", docs=[update])

    assert OWN in told(answer)
    assert account_of(plan) == people["sponsor"]


def test_an_account_that_others_change_is_logged_and_told(client, people, make_plan):
    """By who has no part in it: to both accounts and the auditor, for each plan of that person."""
    plan = make_plan("Active")
    frappe.db.delete("Notification Log", {"document_name": plan})
    frappe.db.commit()

    done = client("system-manager").put("SM Person", sponsor_of(plan), user=people["other-sponsor"])

    assert done.status_code == 200, told(done)
    assert events(plan)[-1] == ("Change Account", "Done", people["system-manager"])
    last = sign_off_events.log(plan)[-1]
    assert (last.account_before, last.account) == (people["sponsor"], people["other-sponsor"])
    heard = frappe.get_all("Notification Log", {"document_name": plan}, pluck="for_user")
    assert {people["sponsor"], people["other-sponsor"], people["auditor"]} <= set(heard)


def test_a_delegation_in_the_sponsors_name_lapses_with_the_account(client, people, make_plan, deputy):
    """U3: by a sponsor who found somebody to lend him the name for a minute."""
    plan = make_plan("Draft")
    point = client("system-manager").put
    assert point("SM Person", sponsor_of(plan), user=people["boss"]).status_code == 200
    given = delegate(client("boss"), plan, deputy)
    assert given.status_code == 200, told(given)
    assert point("SM Person", sponsor_of(plan), user=people["sponsor"]).status_code == 200
    for step in ("In Review", "To Sign"):
        assert client("author").put("SM Plan", plan, state=step).status_code == 200

    assert_refused(
        Door("U3", "sign", sign, "no longer stands for that person", by="other-sponsor"), client, plan
    )
    assert ("Delegate", "Done", people["boss"]) in events(plan)
    name = given.json()["data"]["name"]
    heard = frappe.get_all("Notification Log", {"document_name": name}, pluck="for_user")
    assert {people["sponsor"], people["boss"], people["other-sponsor"]} <= set(heard)


def test_whose_account_a_delegation_is_from_is_not_the_clients_to_say(client, people, make_plan, deputy):
    """U4"""
    plan = make_plan("Draft")
    forged = {"given_by": people["boss"], "given_to": people["boss"]}
    name = delegate(client("sponsor"), plan, deputy, **forged).json()["data"]["name"]
    client("sponsor").put("SM Delegation", name, **forged)
    fresh()

    kept = frappe.db.get_value("SM Delegation", name, ["given_by", "given_to"])
    assert kept == (people["sponsor"], people["other-sponsor"])


def test_who_has_a_delegation_does_not_change_the_account_of_whom_it_is_from(client, people, make_plan):
    """U5: by the deputy, who may write people and wrote no plan."""
    plan = make_plan("Draft")
    frappe.set_user("Administrator")
    person = {"doctype": "SM Person", "title": "The Boss", "user": people["boss"]}
    frappe.get_doc(person).insert(set_name=f"{plan}-boss")
    frappe.db.commit()
    assert delegate(client("sponsor"), plan, f"{plan}-boss").status_code == 200

    change = Door(
        "U5",
        "PUT",
        lambda client, plan: client.put("SM Person", sponsor_of(plan), user=people["other-sponsor"]),
        "cannot decide which account uses it.",
    )
    assert_refused(change, client, plan)


@pytest.fixture
def spare(people) -> Iterator[Callable[..., str]]:
    """Makes an account that a test may rename; its name. Removed with those of the run."""

    def make(name: str, *roles: str) -> str:
        fresh()
        account = people["boss"].replace("boss", name)
        values: dict[str, Any] = {"email": account, "first_name": name, "send_welcome_email": 0}
        roles_ = [{"role": role} for role in roles]
        frappe.get_doc({"doctype": "User", **values, "roles": roles_}).insert()
        frappe.db.commit()
        return account

    yield make
    fresh()


def test_who_wrote_the_plan_does_not_merge_the_account_of_its_sponsor(client, people, make_plan, spare):
    """U6: by a System Manager with a hand in the plan."""
    plan = make_plan("Draft")
    assert client("system-manager").put("SM Plan", plan, vision="Theirs").status_code == 200
    lent = spare("lent", "SM Executive Sponsor")
    frappe.db.set_value("SM Person", sponsor_of(plan), "user", lent)
    frappe.db.commit()

    def merge(client: Client, _plan: str) -> requests.Response:
        return client.call(
            "frappe.client.rename_doc",
            doctype="User",
            old_name=lent,
            new_name=people["other-sponsor"],
            merge=1,
        )

    assert_refused(Door("U6", "merge", merge, WROTE, by="system-manager"), client, plan)
    assert account_of(plan) == lent
    assert frappe.db.exists("User", lent)
