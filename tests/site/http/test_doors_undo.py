"""Doors that undo a signature: cancel, amend, delete, rename, and the seal itself.

Nobody has the right to cancel or amend a plan, or to write a seal. The guards are tried behind these rights too.
"""

from __future__ import annotations

import dataclasses

import frappe
import pytest
from http_kit import (
    Door,
    assert_refused,
    call_about,
    delete_plan,
    document,
    draft_beside,
    first,
    fresh,
    put_plan,
    without_right,
)

pytestmark = pytest.mark.commits

SIGNED = "A signed plan cannot be changed. Start a revision instead."
KEEPS = "keeps its ID, because plans and seals refer to it."
SEALED = "SM Plan Seal: the sign-off creates these documents, and they never change."
BULK = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"
FORM_CANCEL = "frappe.desk.form.save.cancel"
SCRIPT = "<script>alert(1)</script>"


def renaming(plan: str, **changes: object) -> dict:
    return {"name": f"{plan}-x", "force": 1, "validate_rename": 0, **changes}


def seal_of(plan: str) -> str:
    return first("SM Plan Seal", plan=plan)


CANCEL = (
    Door("D1", "client.cancel", call_about("frappe.client.cancel", "name", doctype="SM Plan"), SIGNED),
    Door("D2", "PUT docstatus", put_plan(docstatus=2), SIGNED),
    Door("D3", "form cancel", call_about(FORM_CANCEL, "name", doctype="SM Plan"), SIGNED),
    Door(
        "D3",
        "form cancel with a state",
        call_about(
            FORM_CANCEL, "name", doctype="SM Plan", workflow_state_fieldname="state", workflow_state="Draft"
        ),
        SIGNED,
    ),
    Door(
        "D4",
        "run_method cancel",
        lambda client, plan: client.post(f"/api/resource/SM Plan/{plan}", run_method="cancel"),
        SIGNED,
    ),
    Door(
        "D5",
        "bulk cancel",
        lambda client, plan: client.call(BULK, doctype="SM Plan", docnames=[plan], action="cancel"),
        SIGNED,
        status=200,
    ),
    Door(
        "D5'",
        "cancel all linked",
        lambda client, plan: client.call(
            "frappe.desk.form.linked_with.cancel_all_linked_docs",
            docs=[{"doctype": "SM Plan", "name": plan, "docstatus": 1}],
        ),
        SIGNED,
    ),
    Door(
        "D6",
        "GET of the bulk cancel, as in a link",
        lambda client, plan: client.get(
            f"/api/method/{BULK}", doctype="SM Plan", docnames=[plan], action="cancel"
        ),
        SIGNED,
        status=200,
    ),
    Door(
        "D8",
        "cancel with other content",
        put_plan(docstatus=2, vision="Other", value_statements=[]),
        SIGNED,
    ),
    Door(
        "D9",
        "cancel with script",
        lambda client, plan: client.call(
            "frappe.client.save", doc=document(client, plan, docstatus=2, title=SCRIPT)
        ),
        SIGNED,
    ),
)

BREAK = (
    Door("I1", "delete", delete_plan(), "cannot be deleted"),
    Door(
        "I1",
        "delete from the list",
        lambda client, plan: client.call(
            "frappe.desk.reportview.delete_items", doctype="SM Plan", items=[plan]
        ),
        "cannot be deleted",
        status=200,
    ),
    Door(
        "E3'",
        "amend",
        lambda client, plan: client.create(
            "SM Plan",
            **document(client, plan, name=None, docstatus=0, state="Draft", amended_from=plan, version=2),
        ),
        "cannot be amended",
    ),
    Door("E9", "PUT amended_from", put_plan(amended_from=None), SIGNED),
    Door(
        "H1",
        "rename_doc",
        lambda client, plan: client.call(
            "frappe.client.rename_doc", doctype="SM Plan", old_name=plan, new_name=f"{plan}-x"
        ),
        KEEPS,
    ),
    Door(
        "H2",
        "run_method rename",
        lambda client, plan: client.post(
            f"/api/resource/SM Plan/{plan}", run_method="rename", **renaming(plan)
        ),
        "",
        status=403,
    ),
    Door(
        "H4",
        "merge into a draft",
        lambda client, plan: client.call(
            "frappe.model.rename_doc.update_document_title",
            doctype="SM Plan",
            docname=plan,
            name=draft_beside(plan),
            merge=True,
        ),
        "",
    ),
    Door(
        "H5",
        "merge a draft into it",
        lambda client, plan: client.call(
            "run_doc_method",
            dt="SM Plan",
            dn=draft_beside(plan),
            method="rename",
            args=renaming(plan, name=plan, merge=1),
        ),
        "",
        status=403,
    ),
    Door(
        "H7'",
        "rename by a reader",
        lambda client, plan: client.call(
            "run_doc_method", dt="SM Plan", dn=plan, method="rename", args=renaming(plan)
        ),
        "",
        status=403,
        by="auditor",
    ),
    Door(
        "H7'",
        "rename of a service by a reader",
        lambda client, plan: client.call(
            "run_doc_method",
            dt="SM Service",
            dn=first("SM Service", name=("like", f"{plan}-%")),
            method="rename",
            args=renaming(plan),
        ),
        KEEPS,
        by="auditor",
    ),
    Door(
        "H7'",
        "rename of an objective by a reader",
        lambda client, plan: client.call(
            "run_doc_method",
            dt="SM Objective",
            dn=first("SM Objective", plan=plan),
            method="rename",
            args=renaming(plan),
        ),
        KEEPS,
        by="auditor",
    ),
)

SEAL = (
    Door(
        "S1",
        "PUT a seal",
        lambda client, plan: client.put("SM Plan Seal", seal_of(plan), signer_name="X"),
        SEALED,
        status=403,
    ),
    Door(
        "S2",
        "set_value of a seal",
        lambda client, plan: client.call(
            "frappe.client.set_value",
            doctype="SM Plan Seal",
            name=seal_of(plan),
            fieldname="meaning",
            value="Something else",
        ),
        SEALED,
        status=403,
    ),
    Door(
        "S3",
        "DELETE a seal",
        lambda client, plan: client.delete("SM Plan Seal", seal_of(plan)),
        SEALED,
        status=403,
    ),
    Door(
        "S4",
        "POST a seal",
        lambda client, plan: client.create(
            "SM Plan Seal",
            lineage=plan,
            number=2,
            plan=plan,
            version=2,
            seal_hash="0" * 64,
            previous_hash="x",
        ),
        SEALED,
        status=403,
    ),
    Door(
        "S5",
        "rename a seal",
        lambda client, plan: client.call(
            "run_doc_method", dt="SM Plan Seal", dn=seal_of(plan), method="rename", args=renaming(plan)
        ),
        SEALED,
        status=403,
        by="auditor",
    ),
)


@pytest.mark.parametrize("door", CANCEL, ids=Door.named)
def test_nobody_has_the_right_to_cancel_a_plan(client, plan_in, door):
    assert_refused(without_right(door), client, plan_in("Active"))


@pytest.mark.parametrize("door", SEAL[:4], ids=Door.named)
def test_nobody_has_the_right_to_write_a_seal(client, plan_in, door):
    assert_refused(dataclasses.replace(door, says=""), client, plan_in("Active"))


def test_a_draft_that_was_signed_once_is_not_deleted(client, make_plan):
    """I2: cancel, then delete. Nothing leads there but SQL."""
    plan = make_plan("Active")
    frappe.db.set_value("SM Plan", plan, {"docstatus": 0, "state": "Draft"})
    frappe.db.commit()
    fresh()
    delete = Door("I2", "delete", delete_plan(), "A signed plan cannot be deleted.")

    assert_refused(delete, client, plan)


@pytest.mark.parametrize("door", CANCEL, ids=Door.named)
def test_with_the_right_to_cancel_the_guards_refuse(client, plan_in, every_right, door):
    assert_refused(door, client, plan_in("Active"))


@pytest.mark.parametrize("door", BREAK, ids=Door.named)
def test_a_signed_plan_keeps_its_name_and_stays(client, plan_in, every_right, door):
    plan_in("Draft")
    assert_refused(door, client, plan_in("Active"))


@pytest.mark.parametrize("door", SEAL, ids=Door.named)
def test_a_seal_is_never_changed(client, plan_in, every_right, door):
    assert_refused(door, client, plan_in("Active"))
