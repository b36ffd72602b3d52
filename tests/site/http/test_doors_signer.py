"""Doors for the wrong signer: somebody else than the sponsor whom the plan named when it was put forward."""

from __future__ import annotations

import dataclasses

import frappe
import pytest
import requests
from http_kit import (
    Client,
    Door,
    assert_refused,
    call_about,
    create_part,
    delete_part,
    export,
    first,
    fresh,
    import_plan,
    put_part,
    put_plan,
    sign,
    told,
    with_key,
)

from sm_planner.adapters.evidence import authorship

pytestmark = pytest.mark.commits

NO_CHANGE = "is To Sign. Only a Draft can be changed. Return the plan to Draft first."
CONSTANT = "Value cannot be changed for"
ACCOUNT = "the accounts of its signers, its owner and whoever decides by it cannot be changed."
ONLY_SPONSOR = "Only the executive sponsor"
WROTE_IT = "People who wrote or changed the plan cannot sign it."


def person(plan: str, role: str) -> str:
    return frappe.db.get_value("SM Plan", plan, role)


BEFORE_SIGNING = (
    Door(
        "A6",
        "the sponsor is exchanged",
        lambda client, plan: client.put("SM Plan", plan, executive_sponsor=person(plan, "plan_owner")),
        NO_CHANGE,
    ),
    Door(
        "A6",
        "the sponsor's account is exchanged",
        lambda client, plan: client.put("SM Person", person(plan, "executive_sponsor"), user="Administrator"),
        ACCOUNT,
    ),
    Door(
        "A6",
        "the owner's account is exchanged",
        lambda client, plan: client.put("SM Person", person(plan, "plan_owner"), user=""),
        ACCOUNT,
    ),
    Door(
        "A5",
        "the sponsor is exchanged in the request that signs",
        lambda client, plan: client.put(
            "SM Plan", plan, executive_sponsor=person(plan, "plan_owner"), state="Active"
        ),
        NO_CHANGE,
    ),
    Door("B3", "who made it is changed", put_plan(owner="x@example.org"), CONSTANT),
    Door("B4", "when it was made is changed", put_plan(creation="2020-01-01 00:00:00"), CONSTANT),
)


@pytest.mark.parametrize("door", BEFORE_SIGNING, ids=Door.named)
def test_who_signs_is_settled_when_the_plan_is_put_forward(client, plan_in, door):
    assert_refused(door, client, plan_in("To Sign"))


@pytest.mark.parametrize("by", ["author", "planner", "other-sponsor", "boss", "auditor"])
def test_nobody_but_the_sponsor_signs(client, plan_in, by):
    assert_refused(Door("A4", "sign", sign, ONLY_SPONSOR, by=by), client, plan_in("To Sign"))


@pytest.mark.parametrize("by", ["nobody", "guest"])
def test_who_may_not_read_the_plan_signs_nothing(client, plan_in, by):
    def unseen(client: Client, plan: str) -> requests.Response:
        return sign(client, plan, seen_hash="0" * 64)

    assert_refused(Door("A4", "sign", unseen, "", status=403, by=by), client, plan_in("To Sign"))


def test_a_sponsor_who_owns_the_plan_does_not_sign(client, make_plan):
    plan = make_plan("Draft", sponsor="sponsor", owner="sponsor")
    owner = Door("B1", "sign", sign, "The plan owner cannot sign the plan.", by="sponsor")
    assert_refused(owner, client, plan)


def test_a_sponsor_who_wrote_the_plan_does_not_sign(client, make_plan):
    plan = make_plan("To Sign", sponsor="author")
    assert_refused(Door("B5", "sign", sign, WROTE_IT, by="author"), client, plan)


CONTRIBUTIONS = {
    "the plan": put_plan(vision="Mine"),
    "a new objective": create_part("SM Objective", title="Mine"),
    "an objective": put_part("SM Objective", title="Mine"),
    "a deleted RACI entry": delete_part("SM RACI Entry"),
    "a RACI entry": put_part("SM RACI Entry", task="Mine"),
    "a new RACI entry": lambda client, plan: client.create(
        "SM RACI Entry", plan=plan, sm_process=first("SM Process", name=("like", f"{plan}-%")), letter="N/A"
    ),
}


@pytest.mark.parametrize("contribution", CONTRIBUTIONS)
def test_a_sponsor_who_wrote_a_part_of_the_plan_does_not_sign(client, make_plan, contribution):
    plan = make_plan("Draft", sponsor="boss")
    done = CONTRIBUTIONS[contribution](client("boss"), plan)
    assert done.status_code in (200, 202), told(done)

    assert_refused(Door("B5", "sign", sign, WROTE_IT), client, plan)


def test_who_wrote_a_version_does_not_sign_the_next(client, make_plan):
    """By a plan file, so that nothing but the lineage tells where it comes from."""
    plan = make_plan("Draft", sponsor="boss")
    assert client("boss").create("SM Objective", plan=plan, title="Mine").status_code == 200
    following = dataclasses.replace(export(client("author"), plan), id=f"{plan}-next", version=2)
    import_plan(client("author"), following)

    assert_refused(Door("B5", "sign", sign, WROTE_IT), client, following.id)


def test_who_may_not_write_a_plan_makes_no_version_of_it(client, people, plan_in):
    """A new version would supersede it. A User Permission keeps the planner to the plans of another sponsor."""
    plan, theirs = plan_in("Active"), person(plan_in("Draft"), "executive_sponsor")
    kept_to = {
        "user": people["planner"],
        "allow": "SM Person",
        "for_value": theirs,
        "apply_to_all_doctypes": 1,
    }
    frappe.get_doc({"doctype": "User Permission", **kept_to}).insert()
    frappe.db.commit()

    def create(client: Client, lineage: str) -> requests.Response:
        return client.create(
            "SM Plan", title="Ours", executive_sponsor=theirs, lineage=lineage, version=2, plan_owner=None
        )

    try:
        own = create(client("planner"), "")
        assert client("boss").delete("SM Plan", own.json()["data"]["name"]).status_code == 202
        assert_refused(Door("E3'", "create", create, plan, status=403, by="planner"), client, plan)
    finally:
        fresh()
        frappe.db.delete("User Permission", {"user": people["planner"]})
        frappe.db.commit()
        frappe.clear_cache(user=people["planner"])


SERVER_FIELDS = {
    "PUT": put_plan(version=7, lineage="other"),
    "set_value": call_about(
        "frappe.client.set_value", "name", doctype="SM Plan", fieldname="lineage", value="other"
    ),
    "PUT with content": put_plan(lineage="other", vision="Theirs"),
}


@pytest.mark.parametrize("write", SERVER_FIELDS)
def test_the_server_remembers_who_wrote_the_plan(client, make_plan, people, write):
    """E5, E6: Frappe answers with 200; what is the server's stays as it was."""
    plan = make_plan("Draft")

    assert SERVER_FIELDS[write](client("planner"), plan).status_code == 200

    fresh()
    version, lineage = frappe.db.get_value("SM Plan", plan, ["version", "lineage"])
    wrote = ["author", "planner"] if write == "PUT with content" else ["author"]
    assert authorship.of(plan) == tuple(people[name] for name in wrote)
    assert (version, lineage) == (1, plan)


def test_an_api_token_does_not_sign(client, server, people, plan_in):
    """N3, N4: whoever makes a token for the sponsor, with the password besides."""
    holder = with_key(server, people["sponsor"])
    who = holder.get("/api/method/frappe.auth.get_logged_user").json()["message"]
    assert who == people["sponsor"]

    def by_token(client: Client, plan: str) -> requests.Response:
        return sign(holder, plan)

    assert_refused(
        Door("N4", "sign", by_token, "You can sign only after a log-in, not with an API key or token"),
        client,
        plan_in("To Sign"),
    )
