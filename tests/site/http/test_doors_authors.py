"""Doors by lost authorship: whoever wrote the plan signs it, under another name or from a copy."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import frappe
import pytest
import requests
from http_kit import (
    PASSWORD,
    Client,
    Door,
    assert_refused,
    document,
    export,
    first,
    fresh,
    import_plan,
    move,
    sign,
    told,
)

from sm_planner.engine.model import Plan

pytestmark = pytest.mark.commits

WROTE_IT = "People who wrote or changed the plan cannot sign it."
TEXT = "Nobody waits for a printer longer than it takes to walk to the next one and back."


def write(client: Client, plan: str) -> None:
    """A hand in the plan, with a text that is nowhere else."""
    assert client.put("SM Plan", plan, vision=f"{TEXT} ({plan})").status_code == 200


def refused(client: Client, plan: str) -> bool:
    """Whether the form says that this user wrote the plan, in any state."""
    answer = client.get("/api/method/sm_planner.api.sign_off_summary", plan=plan)
    return WROTE_IT in told(answer)


def test_an_author_whose_account_was_renamed_does_not_sign(client, server, people, make_plan):
    """W1"""
    fresh()
    writer = {"email": people["boss"].replace("boss", "writer"), "first_name": "Writer"}
    roles = [{"role": role} for role in ("SM Planner Manager", "SM Executive Sponsor")]
    frappe.get_doc(
        {"doctype": "User", **writer, "send_welcome_email": 0, "new_password": PASSWORD, "roles": roles}
    ).insert()
    frappe.db.commit()
    plan = make_plan("Draft", sponsor="sponsor")
    write(Client(server, writer["email"]), plan)
    person = frappe.db.get_value("SM Plan", plan, "executive_sponsor")
    frappe.db.set_value("SM Person", person, "user", writer["email"])
    frappe.db.commit()
    move(client("author"), plan, "Send for Review", "Send to Sponsor")
    renamed = people["boss"].replace("boss", "edith")
    done = client("system-manager").call(
        "frappe.client.rename_doc", doctype="User", old_name=writer["email"], new_name=renamed
    )
    assert done.status_code == 200, told(done)
    fresh()
    assert frappe.db.get_value("SM Person", person, "user") == renamed

    def by_the_new_name(_client: Client, plan: str) -> requests.Response:
        return sign(Client(server, renamed), plan)

    assert_refused(Door("W1", "sign", by_the_new_name, WROTE_IT), client, plan)


SETTERS = (
    ("SM Sign-off Event", "account", "fieldtype", "Int"),
    ("SM Sign-off Event", "act", "options", "Sign"),
    ("SM Plan Seal", "signer_user", "fieldtype", "Int"),
    ("SM Delegation", "given_by", "fieldtype", "Int"),
    ("SM Plan", "lineage", "fieldtype", "Int"),
    ("SM Plan", "state", "options", "Draft"),
    ("SM Person", "user", "fieldtype", "Int"),
    ("SM Person", "user", "fetch_from", "reports_to.user"),
    ("SM Plan", "executive_sponsor", "fetch_from", "plan_owner.reports_to"),
)


@pytest.mark.parametrize(("doctype", "field", "property", "value"), SETTERS)
def test_nobody_bends_a_field_that_is_evidence(client, plan_in, doctype, field, property, value):
    """W2: by the customisation of the site, which a System Manager has."""
    setter = {
        "doctype_or_field": "DocField",
        "doc_type": doctype,
        "field_name": field,
        "property": property,
        "value": value,
        "property_type": "Data",
    }
    create = Door(
        "W2",
        property,
        lambda client, _plan: client.create("Property Setter", **setter),
        "because the sign-off relies on it",
        status=403,
        by="system-manager",
    )
    assert_refused(create, client, plan_in("Active"))
    assert not frappe.db.exists(
        "Property Setter", {"doc_type": doctype, "field_name": field, "property": property}
    )


@pytest.fixture
def bare(make_plan) -> Plan:
    """A plan file of little, which ``boss`` has brought to the site and which can be deleted again."""
    name = f"{make_plan()}-bare"
    return Plan(id=name, title="Bare", lineage=name, vision=f"{TEXT} ({name})")


def test_a_plan_that_was_deleted_and_made_anew_keeps_its_authors(client, bare):
    """W3: by a planner who has no hand in it, and with other words."""
    import_plan(client("boss"), bare)
    assert client("author").delete("SM Plan", bare.id).status_code == 202
    import_plan(client("author"), dataclasses.replace(bare, vision="Other"))

    assert refused(client("boss"), bare.id)
    assert refused(client("author"), bare.id)
    assert not refused(client("sponsor"), bare.id)


@pytest.fixture
def made() -> Iterator[list[str]]:
    """Plans that bear no name of the run: their drafts are deleted after the test."""
    names: list[str] = []
    yield names
    fresh()
    for name in names:
        frappe.db.set_value("SM Plan", name, "state", "Draft")
        frappe.delete_doc("SM Plan", name)
        frappe.db.delete("SM Sign-off Event", {"plan": name})
    frappe.db.commit()


def test_a_draft_that_was_deleted_and_restored_keeps_its_authors(client, bare, made):
    """W4: by an administrator of the site, under a name that Frappe makes."""
    import_plan(client("boss"), bare)
    assert client("author").delete("SM Plan", bare.id).status_code == 202
    fresh()
    deleted = first("Deleted Document", deleted_doctype="SM Plan", deleted_name=bare.id)
    done = client("system-manager").call(
        "frappe.core.doctype.deleted_document.deleted_document.restore", name=deleted
    )
    assert done.status_code == 200, told(done)
    fresh()
    made.append(frappe.db.get_value("Deleted Document", deleted, "new_name"))

    assert refused(client("boss"), made[0])
    assert not refused(client("sponsor"), made[0])


def test_a_copy_under_another_id_has_the_authors_of_its_texts(client, make_plan):
    """W5: by a plan file without its lineage, imported by somebody else."""
    plan = make_plan("Draft", sponsor="boss")
    write(client("boss"), plan)
    source = export(client("author"), plan)
    copy = dataclasses.replace(source, id=f"{plan}-copy", lineage=f"{plan}-copy")
    import_plan(client("author"), copy)
    move(client("author"), copy.id, "Send for Review", "Send to Sponsor")

    assert_refused(Door("W5", "sign", sign, WROTE_IT), client, copy.id)


def test_a_duplicate_of_the_desk_has_the_authors_of_its_texts(client, make_plan, made):
    """W6: the browser sends the fields of the plan as those of a new one, and nothing else tells."""
    plan = make_plan("Draft", sponsor="boss")
    write(client("boss"), plan)
    fields = document(client("author"), plan, name=None, lineage="", version=0)
    created = client("author").call("frappe.client.insert", doc=fields)
    assert created.status_code == 200, told(created)
    made.append(created.json()["message"]["name"])

    assert refused(client("boss"), made[0])
    assert not refused(client("sponsor"), made[0])


def test_who_wrote_other_plans_with_the_same_form_signs(client, make_plan):
    """What is not the same text is nobody's: a template of others keeps nobody from signing."""
    other, plan = make_plan("Draft"), make_plan("Draft", sponsor="boss")
    write(client("boss"), other)
    move(client("author"), plan, "Send for Review", "Send to Sponsor")

    assert sign(client("boss"), plan).status_code == 200
