"""Doors through child rows: around the document that holds them, and through another one."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import requests
from http_kit import Client, Door, assert_refused, document, draft_beside, facts, first, told

pytestmark = pytest.mark.commits

ROW = "SM Value Statement"
DIRECT = f"Rows of {ROW} can only be changed in the document that holds them."
FOREIGN = "holds rows of another document"
NO_CHANGE = "Only a Draft can be changed."


def row_of(plan: str) -> str:
    return first(ROW, parent=plan)


def of(plan: str) -> dict[str, str]:
    return {"parent": plan, "parenttype": "SM Plan", "parentfield": "value_statements"}


AROUND = (
    Door(
        "G1",
        "PUT a row",
        lambda client, plan: client.put(ROW, row_of(plan), statement="Nothing"),
        DIRECT,
        status=403,
    ),
    Door("G3b", "DELETE a row", lambda client, plan: client.delete(ROW, row_of(plan)), DIRECT, status=403),
    Door(
        "G7b",
        "PUT a row under a draft",
        lambda client, plan: client.put(ROW, row_of(plan), parent=draft_beside(plan)),
        DIRECT,
        status=403,
    ),
    Door(
        "G10",
        "POST a row",
        lambda client, plan: client.create(ROW, **of(plan), statement="Mine"),
        DIRECT,
        status=403,
    ),
    Door(
        "G8",
        "rename a row",
        lambda client, plan: client.call(
            "run_doc_method",
            dt=ROW,
            dn=row_of(plan),
            method="rename",
            args={"name": f"{plan}-x", "force": 1, "validate_rename": 0},
        ),
        DIRECT,
        status=403,
    ),
)

CANCELLED = Door(
    "G6",
    "PUT a cancelled row",
    lambda client, plan: client.put(ROW, row_of(plan), docstatus=2, statement="Nothing"),
    "Cannot change docstatus",
)


@pytest.mark.parametrize("state", ["Draft", "To Sign"])
@pytest.mark.parametrize("door", [*AROUND, CANCELLED], ids=Door.named)
def test_rows_are_not_changed_around_their_document(client, plan_in, door, state):
    """G8, G9, G10: not even those of a draft."""
    plan_in("Draft")
    assert_refused(door, client, plan_in(state))


def one_for_two(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same content, but the database takes the first two rows for one: to it, case does not matter."""
    return [rows[0], {**rows[1], "name": rows[0]["name"].upper()}, *rows[2:]]


THROUGH = (
    Door(
        "G8",
        "set_value of a row",
        lambda client, plan: client.call(
            "frappe.client.set_value", doctype=ROW, name=row_of(plan), fieldname="statement", value="Nothing"
        ),
        NO_CHANGE,
    ),
    Door(
        "G9",
        "client.delete of a row",
        lambda client, plan: client.call("frappe.client.delete", doctype=ROW, name=row_of(plan)),
        NO_CHANGE,
    ),
    Door(
        "G10",
        "client.insert of a row",
        lambda client, plan: client.call(
            "frappe.client.insert", doc={"doctype": ROW, **of(plan), "statement": "Mine"}
        ),
        NO_CHANGE,
    ),
    Door(
        "F6",
        "PUT rows in another order",
        lambda client, plan: client.put("SM Plan", plan, answers=document(client, plan)["answers"][::-1]),
        NO_CHANGE,
    ),
    Door(
        "F8",
        "PUT one row for two",
        lambda client, plan: client.put(
            "SM Plan", plan, answers=one_for_two(document(client, plan)["answers"])
        ),
        FOREIGN,
        status=403,
    ),
)


@pytest.mark.parametrize("state", ["In Review", "To Sign"])
@pytest.mark.parametrize("door", THROUGH, ids=Door.named)
def test_rows_of_a_plan_under_review_are_not_changed_through_it(client, plan_in, door, state):
    assert_refused(door, client, plan_in(state))


def steal(client: Client, thief: str, victim: str) -> requests.Response:
    stolen = document(client, victim)["value_statements"]
    return client.put("SM Plan", thief, value_statements=[{**row, "parent": thief} for row in stolen])


@pytest.mark.parametrize("state", ["Draft", "To Sign", "Active"])
def test_a_draft_takes_no_rows_from_another_plan(client, make_plan, plan_in, state):
    """F9, M13"""
    thief, victim = make_plan("Draft"), plan_in(state)
    before = facts(thief), facts(victim)

    answer = steal(client("boss"), thief, victim)

    assert (facts(thief), facts(victim)) == before
    assert (answer.status_code, FOREIGN in told(answer)) == (403, True)


def test_a_new_plan_takes_no_rows_from_another(client, plan_in):
    """F10: Frappe gives the rows of a new document names of their own."""
    victim, boss = plan_in("Active"), client("boss")
    before = facts(victim)
    made = boss.create("SM Plan", title="Mine", value_statements=document(boss, victim)["value_statements"])
    assert boss.delete("SM Plan", made.json()["data"]["name"]).status_code == 202

    assert facts(victim) == before


@pytest.mark.parametrize("thief", ["SM Objective", "SM Component"])
def test_no_other_document_takes_rows_of_a_plan(client, make_plan, plan_in, thief):
    """F9: rows of one DocType that several hold."""
    victim, draft = plan_in("Active"), make_plan("Draft")
    row = first("SM Service Link", parent=first("SM Objective", plan=victim))
    name = first(thief, name=("like", f"{draft}-%"))
    take = Door(
        "F9",
        "PUT a row",
        lambda client, _plan: client.put(thief, name, services=[{"name": row}]),
        FOREIGN,
        status=403,
    )
    assert_refused(take, client, victim)


def test_rows_are_hidden_from_who_may_not_read_the_plan(client, plan_in):
    """M2, M3"""
    row = row_of(plan_in("Draft"))

    assert client("nobody").get(f"/api/resource/{ROW}/{row}").status_code == 403
    assert row not in client("nobody").call("frappe.client.get_list", doctype=ROW, parent="SM Plan").text
    assert client("auditor").get(f"/api/resource/{ROW}/{row}").status_code == 200


@pytest.mark.parametrize("door", [*AROUND, CANCELLED], ids=Door.named)
def test_rows_of_a_signed_plan_are_not_changed_around_it(client, plan_in, every_right, door):
    """Behind the rights to submit and to cancel, which nobody has."""
    plan_in("Draft")
    assert_refused(dataclasses.replace(door, says=DIRECT, status=403), client, plan_in("Active"))


@pytest.mark.parametrize("door", THROUGH, ids=Door.named)
def test_rows_of_a_signed_plan_are_not_changed_through_it(client, plan_in, every_right, door):
    """F6, F7"""
    signed = dataclasses.replace(door, says="A signed plan cannot be changed", status=417)
    assert_refused(signed, client, plan_in("Active"))


def test_a_signed_plan_takes_no_rows_from_another(client, make_plan, plan_in, every_right):
    """F8"""
    thief, victim = make_plan("Active"), plan_in("Active")
    before = facts(thief), facts(victim)

    answer = steal(client("boss"), thief, victim)

    assert (facts(thief), facts(victim)) == before
    assert (answer.status_code, "A signed plan cannot be changed" in told(answer)) == (417, True)
