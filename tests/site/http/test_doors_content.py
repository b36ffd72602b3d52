"""Doors to the content of a plan: outside Draft it stays as it was, and nobody changes it while signing."""

from __future__ import annotations

from collections.abc import Callable

import frappe
import pytest
import requests
from http_kit import (
    NO_RIGHT,
    Client,
    Door,
    assert_refused,
    document,
    draft_beside,
    events,
    facts,
    first,
    fresh,
    move,
    told,
)

from sm_planner.adapters import doctypes

pytestmark = pytest.mark.commits

CLOSED = "Only a Draft can be changed."
SIGNED = "A signed plan cannot be changed. Start a revision instead."
PRIVATE = "must be private, and cannot be attached to a field."
SCRIPT = "<script>alert(1)</script>"


def by_form(title: str, action: str) -> Callable[[Client, str], requests.Response]:
    return lambda c, p: c.call(
        "frappe.desk.form.save.savedocs", doc=document(c, p, title=title), action=action
    )


HEADER = (
    Door("A8", "PUT content", lambda c, p: c.put("SM Plan", p, vision="Other"), CLOSED),
    Door("A9", "PUT the sponsor", lambda c, p: c.put("SM Plan", p, executive_sponsor=""), CLOSED),
    Door("A8", "PUT the scope", lambda c, p: c.put("SM Plan", p, scope=[]), CLOSED),
    Door("A8", "PUT rows", lambda c, p: c.put("SM Plan", p, value_statements=[{"statement": "No"}]), CLOSED),
    Door(
        "A8",
        "set_value",
        lambda c, p: c.call(
            "frappe.client.set_value", doctype="SM Plan", name=p, fieldname="vision", value="Other"
        ),
        CLOSED,
    ),
    Door("A8", "form save", by_form("Other", "Save"), CLOSED),
    Door(
        "A7",
        "PUT content in the request that sends the plan back",
        lambda c, p: c.put("SM Plan", p, vision="Other", state="Draft"),
        CLOSED,
    ),
    Door(
        "A7",
        "PUT content in the request that signs",
        lambda c, p: c.put("SM Plan", p, vision="Other", state="Active"),
        CLOSED,
    ),
)

PARTS = (
    Door("A8", "a new objective", lambda c, p: c.create("SM Objective", plan=p, title="Mine"), CLOSED),
    Door(
        "A8",
        "an objective",
        lambda c, p: c.put("SM Objective", first("SM Objective", plan=p), target="9"),
        CLOSED,
    ),
    Door(
        "A8",
        "rows of an objective",
        lambda c, p: c.put("SM Objective", first("SM Objective", plan=p), services=[]),
        CLOSED,
    ),
    Door(
        "A8",
        "a deleted improvement",
        lambda c, p: c.delete("SM Improvement", first("SM Improvement", plan=p)),
        CLOSED,
    ),
    Door(
        "A8",
        "a new RACI entry",
        lambda c, p: c.create(
            "SM RACI Entry", plan=p, sm_process=first("SM Process", name=("like", f"{p}-%")), letter="N/A"
        ),
        CLOSED,
    ),
    Door(
        "A8",
        "a RACI entry",
        lambda c, p: c.put("SM RACI Entry", first("SM RACI Entry", plan=p), task="Other"),
        CLOSED,
    ),
    Door(
        "A8",
        "a deleted RACI entry",
        lambda c, p: c.delete("SM RACI Entry", first("SM RACI Entry", plan=p)),
        CLOSED,
    ),
    Door(
        "G7b",
        "a RACI entry moved to a draft",
        lambda c, p: c.put("SM RACI Entry", first("SM RACI Entry", plan=p), plan=draft_beside(p)),
        CLOSED,
    ),
    Door(
        "G6",
        "a cancelled objective",
        lambda c, p: c.put("SM Objective", first("SM Objective", plan=p), docstatus=2, title="Other"),
        "Cannot change docstatus",
    ),
    Door(
        "G6",
        "a submitted objective",
        lambda c, p: c.put("SM Objective", first("SM Objective", plan=p), docstatus=1, title="Other"),
        NO_RIGHT,
        status=403,
    ),
)

SENT_BACK = (
    Door(
        "A7",
        "PUT content and Draft",
        lambda c, p: c.put("SM Plan", p, vision="Other", state="Draft"),
        NO_RIGHT,
        status=403,
        by="sponsor",
    ),
    Door(
        "A8",
        "PUT content",
        lambda c, p: c.put("SM Plan", p, vision="Other"),
        NO_RIGHT,
        status=403,
        by="sponsor",
    ),
    Door(
        "A3",
        "PUT another state",
        lambda c, p: c.put("SM Plan", p, state="In Review"),
        NO_RIGHT,
        status=403,
        by="sponsor",
    ),
    Door(
        "A3",
        "PUT Draft, for another's signature",
        lambda c, p: c.put("SM Plan", p, state="Draft"),
        NO_RIGHT,
        status=403,
        by="other-sponsor",
    ),
)

AFTER = (
    Door("F2", "PUT content", lambda c, p: c.put("SM Plan", p, vision="Other"), SIGNED),
    Door("F2", "PUT nothing", lambda c, p: c.put("SM Plan", p), SIGNED),
    Door("F7", "form update", by_form("Other", "Update"), SIGNED),
    Door("C22", "submit again with script", by_form(SCRIPT, "Submit"), SIGNED),
    Door("E6", "PUT lineage", lambda c, p: c.put("SM Plan", p, lineage="other"), SIGNED),
    Door(
        "A3b",
        "PUT back to Draft",
        lambda c, p: c.put("SM Plan", p, docstatus=0, state="Draft"),
        "Cannot change docstatus",
    ),
)


@pytest.mark.parametrize("state", ["In Review", "To Sign"])
@pytest.mark.parametrize("door", HEADER, ids=Door.named)
def test_a_plan_under_review_does_not_change(client, plan_in, door, state):
    assert_refused(door, client, plan_in(state))


@pytest.mark.parametrize("state", ["In Review", "To Sign", "Active"])
@pytest.mark.parametrize("door", PARTS, ids=Door.named)
def test_what_belongs_to_a_plan_changes_in_a_draft_only(client, plan_in, door, state):
    plan_in("Draft")
    assert_refused(door, client, plan_in(state))


@pytest.mark.parametrize("door", SENT_BACK, ids=Door.named)
def test_the_sponsor_sends_back_and_writes_nothing_else(client, plan_in, door):
    assert_refused(door, client, plan_in("To Sign"))


def test_a_draft_does_not_change_in_the_request_that_moves_it_on(client, plan_in):
    door = Door(
        "A7",
        "PUT content and state",
        lambda c, p: c.put("SM Plan", p, vision="Other", state="In Review"),
        "Save your changes first, then move the plan on.",
    )
    assert_refused(door, client, plan_in("Draft"))


@pytest.mark.parametrize("state", ["In Review", "To Sign", "Active"])
def test_only_a_draft_is_deleted(client, plan_in, state):
    """I1, I3"""
    door = Door("I3", "delete", lambda c, p: c.delete("SM Plan", p), "cannot be deleted")
    assert_refused(door, client, plan_in(state))


def attached(plan: str, **changes: object) -> dict:
    values = {"attached_to_doctype": "SM Plan", "attached_to_name": plan, "is_private": 1}
    return {"file_name": f"{plan}.txt", "content": plan, **values, **changes}


FILES = (
    Door(
        "K3",
        "a file for a field, which gets the file's address when that becomes public",
        lambda c, p: c.create("File", **attached(p, attached_to_field="lineage")),
        PRIVATE,
        by="sponsor",
    ),
    Door(
        "K3",
        "a public file",
        lambda c, p: c.create("File", **attached(p, is_private=0)),
        PRIVATE,
        by="sponsor",
    ),
)


@pytest.mark.parametrize("state", ["Draft", "To Sign", "Active"])
@pytest.mark.parametrize("door", FILES, ids=Door.named)
def test_a_file_writes_nothing_into_a_plan(client, plan_in, door, state):
    assert_refused(door, client, plan_in(state))


@pytest.mark.parametrize("doctype", ["SM Plan Seal", "SM Value Statement", "SM Objective", "SM Person"])
def test_a_file_writes_nothing_into_any_document_of_the_app(client, people, doctype):
    answer = client("sponsor").create(
        "File", **attached("x", attached_to_doctype=doctype, attached_to_field="title")
    )
    assert (answer.status_code, PRIVATE in told(answer)) == (417, True)


def test_a_public_file_is_not_attached_to_a_plan(client, plan_in):
    """Becoming private, it would write its new address into a field that holds the old one."""
    plan = plan_in("To Sign")
    sponsor = client("sponsor")
    file = sponsor.create("File", file_name=f"{plan}-public.txt", content=plan).json()["data"]["name"]
    before = facts(plan)

    answer = sponsor.put("File", file, is_private=1, attached_to_doctype="SM Plan", attached_to_name=plan)

    assert facts(plan) == before
    assert (answer.status_code, PRIVATE in told(answer)) == (417, True)


@pytest.mark.parametrize("door", AFTER, ids=Door.named)
def test_a_signed_plan_does_not_change(client, plan_in, every_right, door):
    """Behind the right to submit, which nobody has."""
    assert_refused(door, client, plan_in("Active"))


DELETES = {
    "REST": lambda c, p: c.delete("SM Plan", p),
    "form": lambda c, p: c.call("frappe.client.delete", doctype="SM Plan", name=p),
    "list": lambda c, p: c.call("frappe.desk.reportview.delete_items", doctype="SM Plan", items=[p]),
}


@pytest.mark.parametrize("door", DELETES)
def test_a_draft_is_deleted_with_all_that_belongs_to_it_and_its_log_stays(client, make_plan, door):
    """What its text promises."""
    plan = make_plan("Draft")
    move(client("author"), plan, "Send for Review", "Return")
    logged = events(plan)
    parts = [doctypes.DOCTYPES[part] for part in doctypes.PARTS]
    held = {part: frappe.get_all(part, {"plan": plan}, pluck="name") for part in parts}
    assert sum(map(bool, held.values())) > 1

    answer = DELETES[door](client("author"), plan)

    assert answer.status_code in (200, 202), told(answer)
    fresh()
    assert not frappe.db.exists("SM Plan", plan)
    assert events(plan) == logged != []
    for part, names in held.items():
        assert not frappe.db.exists(part, {"plan": plan})
        for table in frappe.get_meta(part).get_table_fields():
            assert not frappe.db.exists(table.options, {"parenttype": part, "parent": ("in", names or [""])})


@pytest.mark.parametrize("door", DELETES)
@pytest.mark.parametrize(
    ("state", "by"), [("In Review", "author"), ("Active", "author"), ("Draft", "planner")]
)
def test_a_plan_that_is_not_deleted_keeps_all_that_belongs_to_it(client, plan_in, door, state, by):
    """I4: by who may not, or past its draft."""
    plan = plan_in(state)
    before = facts(plan)
    DELETES[door](client(by), plan)
    assert facts(plan) == before
