"""Doors to the content of a plan: outside Draft it stays as it was, and nobody changes it while signing."""

from __future__ import annotations

import frappe
import pytest
from http_kit import (
    NO_RIGHT,
    Door,
    Request,
    assert_refused,
    attached,
    call_about,
    create_part,
    delete_part,
    delete_plan,
    document,
    draft_beside,
    events,
    facts,
    first,
    fresh,
    move,
    put_part,
    put_plan,
    told,
)

from sm_planner.adapters.site import doctypes

pytestmark = pytest.mark.commits

CLOSED = "Only a Draft can be changed."
SIGNED = "A signed plan cannot be changed. Start a revision instead."
PRIVATE = "must be private, and cannot be attached to a field."
SCRIPT = "<script>alert(1)</script>"


def by_form(title: str, action: str) -> Request:
    return lambda client, plan: client.call(
        "frappe.desk.form.save.savedocs", doc=document(client, plan, title=title), action=action
    )


HEADER = (
    Door("A8", "PUT content", put_plan(vision="Other"), CLOSED),
    Door("A9", "PUT the sponsor", put_plan(executive_sponsor=""), CLOSED),
    Door("A8", "PUT the scope", put_plan(scope=[]), CLOSED),
    Door("A8", "PUT rows", put_plan(value_statements=[{"statement": "No"}]), CLOSED),
    Door(
        "A8",
        "set_value",
        call_about("frappe.client.set_value", "name", doctype="SM Plan", fieldname="vision", value="Other"),
        CLOSED,
    ),
    Door("A8", "form save", by_form("Other", "Save"), CLOSED),
    Door(
        "A7",
        "PUT content in the request that sends the plan back",
        put_plan(vision="Other", state="Draft"),
        CLOSED,
    ),
    Door("A7", "PUT content in the request that signs", put_plan(vision="Other", state="Active"), CLOSED),
)

PARTS = (
    Door("A8", "a new objective", create_part("SM Objective", title="Mine"), CLOSED),
    Door("A8", "an objective", put_part("SM Objective", target="9"), CLOSED),
    Door("A8", "rows of an objective", put_part("SM Objective", services=[]), CLOSED),
    Door("A8", "a deleted objective", delete_part("SM Objective"), CLOSED),
    Door(
        "A8",
        "a new RACI entry",
        lambda client, plan: client.create(
            "SM RACI Entry",
            plan=plan,
            sm_process=first("SM Process", name=("like", f"{plan}-%")),
            letter="N/A",
        ),
        CLOSED,
    ),
    Door("A8", "a RACI entry", put_part("SM RACI Entry", task="Other"), CLOSED),
    Door("A8", "a deleted RACI entry", delete_part("SM RACI Entry"), CLOSED),
    Door(
        "G7b",
        "a RACI entry moved to a draft",
        lambda client, plan: client.put(
            "SM RACI Entry", first("SM RACI Entry", plan=plan), plan=draft_beside(plan)
        ),
        CLOSED,
    ),
    Door(
        "G6",
        "a cancelled objective",
        put_part("SM Objective", docstatus=2, title="Other"),
        "Cannot change docstatus",
    ),
    Door(
        "G6",
        "a submitted objective",
        put_part("SM Objective", docstatus=1, title="Other"),
        NO_RIGHT,
        status=403,
    ),
)

SENT_BACK = (
    Door(
        "A7",
        "PUT content and Draft",
        put_plan(vision="Other", state="Draft"),
        NO_RIGHT,
        status=403,
        by="sponsor",
    ),
    Door("A8", "PUT content", put_plan(vision="Other"), NO_RIGHT, status=403, by="sponsor"),
    Door("A3", "PUT another state", put_plan(state="In Review"), NO_RIGHT, status=403, by="sponsor"),
    Door(
        "A3",
        "PUT Draft, for another's signature",
        put_plan(state="Draft"),
        NO_RIGHT,
        status=403,
        by="other-sponsor",
    ),
)

AFTER = (
    Door("F2", "PUT content", put_plan(vision="Other"), SIGNED),
    Door("F2", "PUT nothing", put_plan(), SIGNED),
    Door("F7", "form update", by_form("Other", "Update"), SIGNED),
    Door("C22", "submit again with script", by_form(SCRIPT, "Submit"), SIGNED),
    Door("E6", "PUT lineage", put_plan(lineage="other"), SIGNED),
    Door("A3b", "PUT back to Draft", put_plan(docstatus=0, state="Draft"), "Cannot change docstatus"),
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
        put_plan(vision="Other", state="In Review"),
        "Save your changes first, then move the plan on.",
    )
    assert_refused(door, client, plan_in("Draft"))


@pytest.mark.parametrize("state", ["In Review", "To Sign", "Active"])
def test_only_a_draft_is_deleted(client, plan_in, state):
    """I1, I3"""
    door = Door("I3", "delete", delete_plan(), "cannot be deleted")
    assert_refused(door, client, plan_in(state))


FILES = (
    Door(
        "K3",
        "a file for a field, which gets the file's address when that becomes public",
        lambda client, plan: client.create("File", **attached(plan, attached_to_field="lineage")),
        PRIVATE,
        by="sponsor",
    ),
    Door(
        "K3",
        "a public file",
        lambda client, plan: client.create("File", **attached(plan, is_private=0)),
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
    "REST": delete_plan(),
    "form": call_about("frappe.client.delete", "name", doctype="SM Plan"),
    "list": lambda client, plan: client.call(
        "frappe.desk.reportview.delete_items", doctype="SM Plan", items=[plan]
    ),
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
