"""The doors that a plain Frappe sign-off leaves open, each tried over HTTP by a user who is not Administrator.

``boss`` has every role there is and is not the named sponsor. Whatever the answer says, nothing may have changed.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
import pytest
import requests
from http_kit import Client, arrived, facts, fresh

pytestmark = pytest.mark.commits

BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
WORKFLOW = "frappe.model.workflow"
Attack = Callable[[Client, str], requests.Response]


def document(client: Client, plan: str, **changes: object) -> dict:
    return {**client.get(f"/api/resource/SM Plan/{plan}").json()["data"], **changes}


SUBMIT: dict[str, Attack] = {
    "client.submit": lambda c, p: c.call("frappe.client.submit", doc=document(c, p)),
    "savedocs": lambda c, p: c.call("frappe.desk.form.save.savedocs", doc=document(c, p), action="Submit"),
    "PUT docstatus": lambda c, p: c.put("SM Plan", p, docstatus=1),
    "run_method": lambda c, p: c.post(f"/api/resource/SM Plan/{p}", run_method="submit"),
    "v2 method": lambda c, p: c.post(f"/api/v2/document/SM Plan/{p}/method/submit"),
    "client.set_value": lambda c, p: c.call(
        "frappe.client.set_value", doctype="SM Plan", name=p, fieldname={"docstatus": 1}
    ),
    "client.bulk_update": lambda c, p: c.call(
        "frappe.client.bulk_update", docs=[{"doctype": "SM Plan", "docname": p, "docstatus": 1}]
    ),
    "bulk submit": lambda c, p: c.call(BULK, doctype="SM Plan", docnames=[p], action="submit"),
    "bulk update": lambda c, p: c.call(
        BULK, doctype="SM Plan", docnames=[p], action="update", data={"docstatus": 1}
    ),
    "client.save": lambda c, p: c.call("frappe.client.save", doc=document(c, p, docstatus=1)),
    "run_doc_method": lambda c, p: c.call("run_doc_method", dt="SM Plan", dn=p, method="submit"),
    "GET bulk submit": lambda c, p: c.get(
        f"/api/method/{BULK}", doctype="SM Plan", docnames=[p], action="submit"
    ),
    "apply_workflow": lambda c, p: c.call(f"{WORKFLOW}.apply_workflow", doc=document(c, p), action="Sign"),
    "GET bulk approval": lambda c, p: c.get(
        f"/api/method/{WORKFLOW}.bulk_workflow_approval", doctype="SM Plan", docnames=[p], action="Sign"
    ),
    "PUT state": lambda c, p: c.put("SM Plan", p, state="Active"),
    "PUT state and docstatus": lambda c, p: c.put("SM Plan", p, state="Active", docstatus=1),
    "client.set_value state": lambda c, p: c.call(
        "frappe.client.set_value", doctype="SM Plan", name=p, fieldname="state", value="Active"
    ),
    "PUT superseded": lambda c, p: c.put("SM Plan", p, state="Superseded", docstatus=1),
}


@pytest.mark.parametrize("state", ["Draft", "To Sign"])
@pytest.mark.parametrize("door", SUBMIT)
def test_no_door_but_signing_leads_to_a_signed_plan(client, make_plan, door, state):
    plan = make_plan(state)
    before = facts(plan)

    assert arrived(SUBMIT[door](client("boss"), plan))

    assert facts(plan) == before


@pytest.mark.parametrize("door", ["apply_workflow", "GET bulk approval", "PUT state and docstatus"])
def test_not_even_the_sponsor_signs_past_the_signing(client, make_plan, door):
    plan = make_plan("To Sign")
    before = facts(plan)

    assert arrived(SUBMIT[door](client("sponsor"), plan))

    assert facts(plan) == before


def test_a_plan_is_not_born_signed(client, make_plan):
    born = document(
        client("boss"), make_plan("Draft"), name=None, lineage="doors-born", docstatus=1, state="Active"
    )

    assert client("boss").create("SM Plan", **born).status_code in (403, 417)
    fresh()
    assert not frappe.db.exists("SM Plan", {"lineage": "doors-born"})


def test_without_the_workflow_the_guards_hold(client, make_plan):
    plan = make_plan("To Sign")
    before = facts(plan)
    frappe.db.set_value("Workflow", "SM Plan Sign-off", "is_active", 0)
    frappe.db.commit()
    frappe.clear_cache(doctype="SM Plan")
    try:
        for door in ("client.submit", "PUT docstatus", "PUT state and docstatus"):
            SUBMIT[door](client("boss"), plan)
            SUBMIT[door](client("sponsor"), plan)
        assert facts(plan) == before
    finally:
        fresh()
        frappe.db.set_value("Workflow", "SM Plan Sign-off", "is_active", 1)
        frappe.db.commit()
        frappe.clear_cache(doctype="SM Plan")


def test_no_mail_signs():
    for workflow in ("SM Plan Sign-off", "SM Improvement"):
        assert frappe.db.get_value("Workflow", workflow, "send_email_alert") == 0


def test_a_share_gives_nobody_the_right_to_submit(client, people, make_plan):
    plan = make_plan("To Sign")
    before = facts(plan)

    answer = client("author").call(
        "frappe.share.add", doctype="SM Plan", name=plan, user=people["nobody"], read=1, write=1, submit=1
    )
    client("nobody").put("SM Plan", plan, docstatus=1)

    assert answer.status_code == 403
    assert facts(plan) == before


CHANGE: dict[str, Attack] = {
    "content": lambda c, p: c.put(
        "SM Plan", p, why="Because I say so, and for no other reason than that, really."
    ),
    "sponsor": lambda c, p: c.put("SM Plan", p, executive_sponsor="paula"),
    "scope": lambda c, p: c.put("SM Plan", p, scope=[]),
    "rows": lambda c, p: c.put("SM Plan", p, value_statements=[{"statement": "Nothing"}]),
    "content with the state": lambda c, p: c.put("SM Plan", p, title="Other", state="Draft"),
    "content by savedocs": lambda c, p: c.call(
        "frappe.desk.form.save.savedocs", doc=document(c, p, title="Other"), action="Save"
    ),
    "content by submit": lambda c, p: c.call(
        "frappe.client.submit", doc=document(c, p, title="<script>1</script>")
    ),
    "content by update": lambda c, p: c.call(
        "frappe.desk.form.save.savedocs", doc=document(c, p, title="Other"), action="Update"
    ),
    "a new objective": lambda c, p: c.create("SM Objective", plan=p, title="Mine"),
    "a new letter": lambda c, p: c.create(
        "SM RACI Entry", plan=p, sm_process="incident", role="technician", letter="I"
    ),
    "a changed letter": lambda c, p: c.put("SM RACI Entry", letter_of(p), letter="A"),
    "a deleted letter": lambda c, p: c.delete("SM RACI Entry", letter_of(p)),
    "a letter moved away": lambda c, p: c.put("SM RACI Entry", letter_of(p), plan="elsewhere"),
    "server fields": lambda c, p: c.put("SM Plan", p, contributors="", version=7, lineage="other"),
}


def letter_of(plan: str) -> str:
    return frappe.get_all("SM RACI Entry", {"plan": plan}, pluck="name", order_by="name asc")[0]


@pytest.mark.parametrize("state", ["In Review", "To Sign", "Active"])
@pytest.mark.parametrize("door", CHANGE)
def test_content_changes_in_a_draft_only(client, make_plan, door, state):
    plan = make_plan(state, signer=client("sponsor"))
    before = facts(plan)

    assert arrived(CHANGE[door](client("boss"), plan))

    assert facts(plan) == before


def test_the_list_of_contributors_is_the_servers(client, people, make_plan):
    plan = make_plan("Draft")
    before = facts(plan)

    client("author").put("SM Plan", plan, contributors="", version=7, lineage="other")

    assert facts(plan) == before
    assert people["author"] in before["contributors"]


UNDO: dict[str, Attack] = {
    "client.cancel": lambda c, p: c.call("frappe.client.cancel", doctype="SM Plan", name=p),
    "PUT docstatus": lambda c, p: c.put("SM Plan", p, docstatus=2),
    "form cancel": lambda c, p: c.call("frappe.desk.form.save.cancel", doctype="SM Plan", name=p),
    "form cancel with a state": lambda c, p: c.call(
        "frappe.desk.form.save.cancel",
        doctype="SM Plan",
        name=p,
        workflow_state_fieldname="state",
        workflow_state="Draft",
    ),
    "run_method": lambda c, p: c.post(f"/api/resource/SM Plan/{p}", run_method="cancel"),
    "bulk cancel": lambda c, p: c.call(BULK, doctype="SM Plan", docnames=[p], action="cancel"),
    "cancel all linked": lambda c, p: c.call(
        "frappe.desk.form.linked_with.cancel_all_linked_docs",
        docs=[{"doctype": "SM Plan", "name": p, "docstatus": 1}],
    ),
    "cancel with other content": lambda c, p: c.put("SM Plan", p, docstatus=2, title="Other"),
    "back to draft": lambda c, p: c.put("SM Plan", p, docstatus=0, state="Draft"),
    "delete": lambda c, p: c.delete("SM Plan", p),
    "amend": lambda c, p: c.create(
        "SM Plan", **document(c, p, name=None, docstatus=0, amended_from=p, lineage="")
    ),
    "rename": lambda c, p: c.call(
        "frappe.client.rename_doc", doctype="SM Plan", old_name=p, new_name=f"{p}-x"
    ),
    "rename by method": lambda c, p: c.call(
        "run_doc_method",
        dt="SM Plan",
        dn=p,
        method="rename",
        args={"name": f"{p}-x", "force": 1, "validate_rename": 0},
    ),
    "merge": lambda c, p: c.call(
        "frappe.model.rename_doc.update_document_title",
        doctype="SM Plan",
        docname=p,
        name=f"{p}-x",
        merge=True,
    ),
    "delete the seal": lambda c, p: c.delete("SM Plan Seal", seal_of(p)),
    "change the seal": lambda c, p: c.put("SM Plan Seal", seal_of(p), signer_name="Somebody Else"),
    "make a seal": lambda c, p: c.create(
        "SM Plan Seal", lineage=p, number=2, plan=p, version=2, seal_hash="0" * 64
    ),
}


def seal_of(plan: str) -> str:
    return frappe.db.get_value("SM Plan Seal", {"plan": plan})


@pytest.mark.parametrize("door", UNDO)
def test_a_signed_plan_stays_signed(client, make_plan, door):
    plan = make_plan("Active", signer=client("sponsor"))
    before = facts(plan)
    seal = frappe.get_doc("SM Plan Seal", seal_of(plan)).as_dict()

    assert arrived(UNDO[door](client("boss"), plan))

    assert facts(plan) == before
    assert frappe.get_doc("SM Plan Seal", seal_of(plan)).as_dict() == seal


@pytest.mark.parametrize("state", ["In Review", "To Sign"])
def test_a_plan_under_review_is_not_deleted(client, make_plan, state):
    plan = make_plan(state)

    client("author").delete("SM Plan", plan)

    assert facts(plan)["state"] == state


def row_of(plan: str) -> str:
    return frappe.get_all("SM Value Statement", {"parent": plan}, pluck="name", order_by="idx asc")[0]


ROWS: dict[str, Attack] = {
    "change a row": lambda c, p: c.put("SM Value Statement", row_of(p), statement="Nothing"),
    "delete a row": lambda c, p: c.delete("SM Value Statement", row_of(p)),
    "add a row": lambda c, p: c.create(
        "SM Value Statement", parent=p, parenttype="SM Plan", parentfield="value_statements", statement="Mine"
    ),
    "cancel a row": lambda c, p: c.put("SM Value Statement", row_of(p), docstatus=2, statement="Nothing"),
    "reorder rows": lambda c, p: c.put("SM Plan", p, answers=list(reversed(document(c, p)["answers"]))),
}


@pytest.mark.parametrize("state", ["Draft", "To Sign", "Active"])
@pytest.mark.parametrize("door", [door for door in ROWS if door != "reorder rows"])
def test_rows_are_changed_with_their_plan_only(client, make_plan, door, state):
    plan = make_plan(state, signer=client("sponsor"))
    before = facts(plan)

    assert arrived(ROWS[door](client("boss"), plan))

    assert facts(plan) == before


def test_rows_of_a_signed_plan_are_not_reordered(client, make_plan):
    plan = make_plan("Active", signer=client("sponsor"))
    before = facts(plan)

    ROWS["reorder rows"](client("boss"), plan)

    assert facts(plan) == before


@pytest.mark.parametrize("state", ["To Sign", "Active"])
def test_a_row_is_not_taken_away_by_another_plan(client, make_plan, state):
    victim, thief = make_plan(state, signer=client("sponsor")), make_plan("Draft")
    before = facts(victim)

    answer = client("boss").put(
        "SM Plan", thief, value_statements=[{"name": row_of(victim), "statement": "Mine now"}]
    )

    assert answer.status_code == 403
    assert "holds rows of another document" in answer.text
    assert facts(victim) == before


def test_rows_are_hidden_from_who_may_not_read_the_plan(client, make_plan):
    plan = make_plan("Draft")
    row = row_of(plan)

    assert client("nobody").get(f"/api/resource/SM Value Statement/{row}").status_code == 403
    listed = client("nobody").call("frappe.client.get_list", doctype="SM Value Statement", parent="SM Plan")
    assert row not in listed.text
