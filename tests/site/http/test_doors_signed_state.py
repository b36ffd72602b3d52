"""Doors to a signed plan past the signing: every way in which Frappe submits a document or sets its state.

Nobody has the right to submit a plan. The guards are tried behind that right too, as if somebody had given it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import frappe
import pytest
from frappe.utils.verified_command import get_signed_params
from http_kit import (
    BY_LINK,
    NO_RIGHT,
    Door,
    assert_refused,
    call_about,
    document,
    facts,
    fresh,
    put_plan,
    says,
    told,
    without_right,
)

from sm_planner.adapters.evidence import authorship

pytestmark = pytest.mark.commits

BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
WORKFLOW = "frappe.model.workflow"
ACTION = "frappe.workflow.doctype.workflow_action.workflow_action"

ONLY_SIGNING = "Only the executive sponsor puts a plan in force, with the button Sign."
FAILED = 200
"""Frappe's bulk actions answer with 200 and say what failed."""

SUBMIT = (
    Door(
        "C1",
        "client.submit",
        lambda client, plan: client.call("frappe.client.submit", doc=document(client, plan)),
        ONLY_SIGNING,
    ),
    Door(
        "C2",
        "form save with Submit",
        lambda client, plan: client.call(
            "frappe.desk.form.save.savedocs", doc=document(client, plan), action="Submit"
        ),
        ONLY_SIGNING,
    ),
    Door("C3", "PUT docstatus", put_plan(docstatus=1), ONLY_SIGNING),
    Door(
        "C4",
        "run_method submit",
        lambda client, plan: client.post(f"/api/resource/SM Plan/{plan}", run_method="submit"),
        ONLY_SIGNING,
    ),
    Door(
        "C5",
        "API v2 submit",
        lambda client, plan: client.post(f"/api/v2/document/SM Plan/{plan}/method/submit"),
        ONLY_SIGNING,
    ),
    Door(
        "C6",
        "set_value of docstatus in JSON",
        call_about("frappe.client.set_value", "name", doctype="SM Plan", fieldname={"docstatus": 1}),
        ONLY_SIGNING,
    ),
    Door(
        "C7",
        "client.bulk_update",
        lambda client, plan: client.call(
            "frappe.client.bulk_update", docs=[{"doctype": "SM Plan", "docname": plan, "docstatus": 1}]
        ),
        ONLY_SIGNING,
        status=FAILED,
    ),
    Door(
        "C8",
        "bulk submit",
        lambda client, plan: client.call(BULK, doctype="SM Plan", docnames=[plan], action="submit"),
        ONLY_SIGNING,
        status=FAILED,
    ),
    Door(
        "C9",
        "bulk update of docstatus",
        lambda client, plan: client.call(
            BULK, doctype="SM Plan", docnames=[plan], action="update", data={"docstatus": 1}
        ),
        ONLY_SIGNING,
        status=FAILED,
    ),
    Door(
        "C10",
        "client.save with docstatus",
        lambda client, plan: client.call("frappe.client.save", doc=document(client, plan, docstatus=1)),
        ONLY_SIGNING,
    ),
    Door(
        "C11",
        "run_doc_method submit",
        call_about("run_doc_method", "dn", dt="SM Plan", method="submit"),
        ONLY_SIGNING,
    ),
    Door(
        "C12",
        "GET of the bulk submit, as in a link",
        lambda client, plan: client.get(
            f"/api/method/{BULK}", doctype="SM Plan", docnames=[plan], action="submit"
        ),
        BY_LINK,
        status=FAILED,
    ),
)

TO_STATE = (
    Door("A3", "PUT state", put_plan(state="Active"), ONLY_SIGNING),
    Door(
        "A1",
        "set_value of the state",
        call_about("frappe.client.set_value", "name", doctype="SM Plan", fieldname="state", value="Active"),
        ONLY_SIGNING,
    ),
    Door(
        "A2",
        "PUT a state that no step leads to",
        put_plan(state="Superseded"),
        "A plan cannot go from To Sign to Superseded.",
        status=403,
    ),
    Door("A11", "PUT no state", put_plan(state=None), "A plan cannot go from To Sign to", status=403),
    Door(
        "A11",
        "PUT a state in other letters",
        put_plan(state="draft"),
        "“draft” is not a State. Write Draft.",
    ),
)

BY_SPONSOR = (
    Door(
        "C14",
        "GET of the bulk approval, as in a link in a mail",
        lambda client, plan: client.get(
            f"/api/method/{WORKFLOW}.bulk_workflow_approval",
            doctype="SM Plan",
            docnames=[plan],
            action="Sign",
        ),
        says="",  # Frappe tells it over the socket
        status=FAILED,
        by="sponsor",
    ),
    Door(
        "C15",
        "GET of the workflow action",
        lambda client, plan: client.get(
            f"/api/method/{WORKFLOW}.apply_workflow", doc=document(client, plan), action="Sign"
        ),
        BY_LINK,
        status=403,
        by="sponsor",
    ),
    Door(
        "C15",
        "workflow action",
        lambda client, plan: client.call(
            f"{WORKFLOW}.apply_workflow", doc=document(client, plan), action="Sign"
        ),
        ONLY_SIGNING,
        by="sponsor",
    ),
    Door(
        "C18",
        "workflow action with a forged document",
        lambda client, plan: client.call(
            f"{WORKFLOW}.apply_workflow",
            doc=document(client, plan, state="Active", docstatus=1),
            action="Sign",
        ),
        ONLY_SIGNING,
        by="sponsor",
    ),
    Door("B2", "PUT state and docstatus", put_plan(state="Active", docstatus=1), ONLY_SIGNING, by="sponsor"),
)


@pytest.mark.parametrize("state", ["Draft", "To Sign"])
@pytest.mark.parametrize("door", SUBMIT, ids=Door.named)
def test_nobody_has_the_right_to_submit_a_plan(client, plan_in, door, state):
    """C16, C17"""
    assert_refused(without_right(door), client, plan_in(state))


@pytest.mark.parametrize("door", TO_STATE, ids=Door.named)
def test_writing_the_state_signs_nothing(client, plan_in, door):
    assert_refused(door, client, plan_in("To Sign"))


def test_a_plan_is_not_born_signed(client, plan_in):
    """C19"""
    plan = plan_in("Draft")
    before = facts(plan)
    born = document(client("boss"), plan, name=None, lineage="", docstatus=1, state="Active")

    answer = client("boss").create("SM Plan", **born)

    assert facts(plan) == before
    assert (answer.status_code, says(answer, NO_RIGHT)) == (403, True)


def test_a_plan_is_born_a_draft_whatever_it_says(client, plan_in, people):
    """A3, E5"""
    boss = client("boss")
    born = document(boss, plan_in("Draft"), name=None, lineage="", state="Active")
    name = boss.create("SM Plan", **born).json()["data"]["name"]
    fresh()
    stored = frappe.db.get_value("SM Plan", name, ["state", "docstatus"])
    wrote = authorship.of(name)

    assert boss.delete("SM Plan", name).status_code == 202
    assert (stored, wrote) == (("Draft", 0), (people["boss"], people["author"])), "whose texts they are"


@pytest.mark.parametrize("share", ["add", "set_permission"])
def test_nobody_shares_the_right_to_submit(client, people, plan_in, share):
    """J6"""
    plan = plan_in("To Sign")
    right = {"write": 1, "submit": 1} if share == "add" else {"permission_to": "submit"}
    before = facts(plan)

    answer = client("boss").call(
        f"frappe.share.{share}", doctype="SM Plan", name=plan, user=people["nobody"], **right
    )

    assert answer.status_code == 403
    assert facts(plan) == before
    assert not frappe.db.exists("DocShare", {"share_name": plan})


def test_who_got_the_right_to_submit_by_a_share_submits_nothing(client, people, plan_in):
    """J7: a share that came about by SQL."""
    plan = plan_in("To Sign")
    share = {"share_doctype": "SM Plan", "share_name": plan, "user": people["nobody"]}
    frappe.get_doc({"doctype": "DocShare", **share, "read": 1, "write": 1, "submit": 1}).db_insert()
    frappe.db.commit()
    try:
        submit = Door("J7", "PUT docstatus", put_plan(docstatus=1), ONLY_SIGNING, by="nobody")
        assert_refused(submit, client, plan)
    finally:
        fresh()
        frappe.db.delete("DocShare", share)
        frappe.db.commit()


@pytest.mark.parametrize("state", ["Draft", "To Sign"])
@pytest.mark.parametrize("door", SUBMIT, ids=Door.named)
def test_with_the_right_to_submit_the_guards_refuse(client, plan_in, every_right, door, state):
    assert_refused(door, client, plan_in(state))


@pytest.mark.parametrize("door", BY_SPONSOR, ids=Door.named)
def test_not_even_the_sponsor_signs_past_the_signing(client, plan_in, every_right, door):
    assert_refused(door, client, plan_in("To Sign"))


def test_a_signed_link_as_in_a_workflow_mail_signs_nothing(client, people, plan_in, every_right):
    """O1: no such mail is sent, and what its link would do is refused."""
    plan = plan_in("To Sign")
    before = facts(plan)
    link = get_signed_params(
        {
            "action": "Sign",
            "doctype": "SM Plan",
            "docname": plan,
            "user": people["sponsor"],
            "current_state": "To Sign",
        }
    )

    answer = client("guest").get(f"/api/method/{ACTION}.confirm_action?{link}")

    assert facts(plan) == before
    assert (answer.status_code, BY_LINK in told(answer)) == (403, True)
    assert not any(frappe.get_all("Workflow", {"document_type": ("like", "SM %")}, pluck="send_email_alert"))


@pytest.fixture
def inactive_workflow(every_right: None) -> Iterator[None]:
    def switch(active: int) -> None:
        fresh()
        frappe.db.set_value("Workflow", "SM Plan Sign-off", "is_active", active)
        frappe.db.commit()
        frappe.clear_cache(doctype="SM Plan")

    switch(0)
    yield
    switch(1)


@pytest.mark.parametrize("door", [*SUBMIT[:3], BY_SPONSOR[-1]], ids=Door.named)
@pytest.mark.parametrize("by", ["boss", "sponsor"])
def test_without_the_workflow_the_guards_hold(client, plan_in, inactive_workflow, door, by):
    """N1"""
    assert_refused(dataclasses.replace(door, by=by), client, plan_in("To Sign"))
